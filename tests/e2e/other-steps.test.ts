import {
  appendFileSync,
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { assert } from 'chai'
import { runCommand } from './run-verify.ts'

/* Shards of which somebody has changed the project in between are no parts of one run. */

const root = join(import.meta.dirname, '..', '..')
const folder = mkdtempSync(join(tmpdir(), 'harness-steps-'))
after(() => rmSync(folder, { recursive: true }))

const CHOSEN = ['--name', 'It ends on the second', '--name', 'Its time ends']
const run = (...args: string[]) => runCommand(args, {}, folder)

async function shard(index: number, out: string): Promise<void> {
  const { code, stderr } = await run('verify', ...CHOSEN, `--shard=${index}/2`, '--out', out)
  assert.equal(code, 0, stderr)
}

describe('a project that was changed between two shards', () => {
  it('is refused when they are merged, and the file named', async () => {
    for (const name of ['features', 'steps']) mkdirSync(join(folder, name))
    const [feature, steps] = ['features/own.feature', 'steps/own.steps.mts'].map((name) =>
      join(folder, name),
    )
    assert(feature && steps)
    copyFileSync(join(root, 'features/orders/limit-orders.feature'), feature)
    writeFileSync(steps, '// Steps of our own.\n')
    const imported = [join(root, 'src/steps/**/!(*.test).ts'), 'steps/**/*.mts']
    const configuration = { paths: ['features/**/*.feature'], import: imported }
    const configure = (remark = '') =>
      writeFileSync(
        join(folder, 'cucumber.mjs'),
        `export default ${JSON.stringify(configuration)}\n${remark}`,
      )
    configure()
    await shard(1, 'one')
    await shard(2, 'two')
    const merged = await run('report', '--merge', 'one', 'two', '--out', 'merged')
    assert.equal(merged.code, 0, merged.stderr)
    configure('// Otherwise.\n')
    await shard(2, 'configured')
    configure()
    const configured = await run('report', '--merge', 'one', 'configured', '--out', 'merged')
    assert.equal(configured.code, 2)
    assert.match(configured.stderr, /their files of steps differ, cucumber\.mjs; run all/)
    appendFileSync(steps, '// And one more.\n')
    await shard(2, 'later')
    const other = await run('report', '--merge', 'one', 'later', '--out', 'merged')
    assert.equal(other.code, 2)
    assert.match(
      other.stderr,
      /are no parts of one run: their files of steps differ, steps\/own\.steps\.mts; run all/,
    )
    appendFileSync(feature, '\n# A remark.\n')
    await shard(2, 'last')
    const changed = await run('report', '--merge', 'one', 'last', '--out', 'merged')
    assert.match(changed.stderr, /one run: their text of features\/own\.feature differs; run all/)
    assert.equal(changed.code, 2)
  })
})
