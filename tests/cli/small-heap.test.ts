import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { test } from 'node:test'
import { assert } from 'chai'

const module = join(import.meta.dirname, '../../src/cli/small-heap.ts')

/** How large the young heap of a process gets that makes much and keeps it for a while, in bytes, before and after. */
function youngHeap(scenarios: number): readonly [before: number, after: number] {
  const program = `
    import { getHeapSpaceStatistics } from 'node:v8'
    import { holdYoungHeap, SmallHeap } from ${JSON.stringify(module)}
    const young = () =>
      getHeapSpaceStatistics().find(({ space_name }) => space_name === 'new_space').space_size
    holdYoungHeap()
    new SmallHeap(${scenarios})
    const before = young()
    const kept = new Array(150_000)
    for (let at = 0; at < 6_000_000; at++) kept[at % kept.length] = { at, list: [at] }
    console.log(JSON.stringify([before, young()]))`
  const args = ['--input-type=module', '--eval', program]
  return JSON.parse(execFileSync(process.execPath, args, { encoding: 'utf8' }))
}

test('the young heap grows as usual in a run, and not in one of very many scenarios', () => {
  const [small, grown] = youngHeap(1_000)
  assert.isAbove(grown, 2 * small)
  const [, held] = youngHeap(1_001)
  assert.isAbove(grown, 2 * held)
})
