import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { inFolder } from '../backends/temporary-folder.ts'
import { KeptServer } from './kept-server.ts'
import { START, serving } from './served.ts'
import { TenantRun } from './tenant-run.ts'
import { type Step, script } from './tenant-script.ts'

const SEED = 20_250_612
const names = ['Acme', 'Globex', 'Initech', 'Org ¼', 'Umbrella', 'Wayne']
/** Without their last step, which looks at the journal: that is not kept. */
const scripts = fc
  .sample(script, { seed: SEED, numRuns: names.length })
  .map((steps) => steps.slice(0, -1))
const tenants = names.map((org, at): [string, readonly Step[]] => [org, scripts[at] ?? []])

const withoutJournal = (transcript: readonly string[]) =>
  transcript.map((line) => line.replaceAll(/"journal":\{[^}]*\}/g, ''))

function undisturbed([org, steps]: (typeof tenants)[number]): Promise<readonly string[]> {
  return serving({}, async (served) => {
    const run = new TenantRun(served, org, steps)
    while (!run.isOver) await run.next()
    return withoutJournal(run.transcript)
  })
}

describe('a server that was killed again and again', () => {
  it('answers every organisation as one does that never was', () =>
    inFolder(async (folder) => {
      const kept = await KeptServer.begin(folder, START)
      const runs = tenants.map(([org, steps]) => new TenantRun(kept, org, steps))
      const [draws = []] = fc.sample(fc.infiniteStream(fc.boolean()), { seed: SEED, numRuns: 1 })
      const chance = draws[Symbol.iterator]()
      let kills = 0
      for (let open = runs; open.length > 0; open = open.filter(({ isOver }) => !isOver)) {
        await Promise.all(open.filter(() => chance.next().value).map((run) => run.next()))
        if (!chance.next().value) continue
        kills += 1
        await kept.killAndRestart()
      }
      await kept.end()
      for (const [at, run] of runs.entries())
        assert.deepEqual(
          withoutJournal(run.transcript),
          await undisturbed(tenants[at] ?? ['', []]),
          names[at],
        )
      assert.isAbove(kills, 10)
    }))
})
