import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it } from 'node:test'
import { assert } from 'chai'
import { assertIntact, judgementIn, verdictIn } from './compared-run.ts'
import { runCommand } from './run-verify.ts'
import { atUat } from './uat/uat.ts'
import { waitUntil } from './uat/wait-until.ts'

/* Rounds of the same scenarios: each with evidence of its own, and one verdict on all of them. */

const folder = mkdtempSync(join(tmpdir(), 'harness-repeat-'))
const at = (...names: string[]) => join(folder, ...names)
after(() => rmSync(folder, { recursive: true }))

const SCENARIOS = ['features/orders/limit-orders.feature', '--name', 'far from the market']
const END = `--import ${import.meta.resolve('./end-at.ts')}`

/** What the verdict on rounds says, whatever they were called, and however long they took. */
function overviewIn(out: string) {
  const overview = JSON.parse(readFileSync(join(out, 'verdict.json'), 'utf8'))
  const { run: _, startedAt: __, repeat, ...rest } = overview
  return { ...rest, limit: repeat.limit, state: repeat.state }
}

describe('rounds on the simulation', () => {
  it('are runs of their own, each with a seed and sealed evidence, and no pages where all held', async () => {
    const args = ['verify', '--out', at('whole'), '--repeat', '3x', ...SCENARIOS]
    const { code, stdout, stderr } = await runCommand(args)
    assert.equal(code, 0, stderr)
    assert.include(stdout, '3 rounds: 3 held, 0 broken, 0 not judged')
    for (const round of [1, 2, 3]) {
      const out = at('whole', 'rounds', `0000${round}`)
      assert.equal(verdictIn(out).seed, `integral.${round}`)
      await assertIntact(out)
      assert.isFalse(existsSync(join(out, 'allure.html')))
      assert.isFalse(existsSync(join(out, 'messages.ndjson')))
    }
    const [first, second] = ['00001', '00002'].map((round) => {
      return readFileSync(at('whole', 'rounds', round, 'evidence', 'transcript.ndjson'), 'utf8')
    })
    assert.notEqual(first, second)
    const { rounds, scenarios } = overviewIn(at('whole'))
    assert.deepEqual(rounds, { ended: 3, held: 3, broken: 0, notJudged: 0 })
    assert.equal(scenarios.passed, 3 * verdictIn(at('whole', 'rounds', '00001')).scenarios.passed)
  })

  it('are resumed where they were broken off, and say what they would have said', async () => {
    const count = verdictIn(at('whole', 'rounds', '00001')).scenarios.passed
    const args = ['verify', '--out', at('run')]
    const killed = { NODE_OPTIONS: END, END_AT: String(count + 2), END_TORN: '1' }
    const { code } = await runCommand([...args, '--repeat', '3x', ...SCENARIOS], killed)
    assert.isNull(code)
    assert.deepInclude(overviewIn(at('run')), { state: 'under way' })
    const other = await runCommand([...args, '--resume', '--repeat', '4x'])
    assert.equal(other.code, 2)
    assert.match(other.stderr, /^--repeat 4x is not what the rounds in \S+ were made with, which/)
    const stopped = { NODE_OPTIONS: END, END_AT: String(count), END_WITH: 'SIGINT' }
    const interrupted = await runCommand([...args, '--resume'], stopped)
    // Within a round it ends the process; between two there is nothing to break off.
    assert.include([2, 130], interrupted.code)
    assert.deepInclude(overviewIn(at('run')), {
      ...{ state: 'interrupted', notJudged: 'it was interrupted by SIGINT' },
    })
    const resumed = await runCommand([...args, '--resume'])
    assert.equal(resumed.code, 0, resumed.stderr)
    assert.deepEqual(overviewIn(at('run')), overviewIn(at('whole')))
    for (const round of ['00001', '00002', '00003']) {
      const [own, whole] = ['run', 'whole'].map((run) => at(run, 'rounds', round))
      assert.deepEqual(judgementIn(own ?? ''), judgementIn(whole ?? ''))
    }
    const again = await runCommand([...args, '--resume'])
    assert.equal(again.code, 2)
    assert.match(again.stderr, /^Nothing to resume: the 3 rounds in \S+ came to their end/)
  })

  it('tell in which of them something failed, and keep their pages', async () => {
    writeFileSync(at('settings.json'), '{"ioc.unfilledStatus":"CANCELED"}')
    const { code, stdout } = await runCommand([
      ...['verify', '--out', at('broken'), '--repeat', '2x', '--config', at('settings.json')],
      ...SCENARIOS,
    ])
    assert.equal(code, 1)
    assert.include(stdout, '2 rounds: 0 held, 2 broken, 0 not judged')
    const { failures } = overviewIn(at('broken'))
    assert.isNotEmpty(failures)
    for (const { rounds, first } of failures)
      assert.deepEqual({ rounds, first }, { rounds: 2, first: [1, 2] })
    assert.isTrue(existsSync(at('broken', 'rounds', '00002', 'allure.html')))
    // What is run there next takes their place.
    await runCommand(['verify', '--out', at('broken'), ...SCENARIOS])
    assert.isFalse(existsSync(at('broken', 'rounds', '00001')))
  })
})

describe('rounds on an endpoint', () => {
  it('cancel what works when a signal comes, and are resumed with the round that was broken off', () =>
    atUat({}, async (uat) => {
      const patient = { settings: { 'order.finalWithinMs': 30_000, 'cancel.withinMs': 300 } }
      const { child, ended } = await uat.start(['--repeat', '3x', ...SCENARIOS], patient)
      await waitUntil(async () => (uat.has('rounds/00002/evidence/run.json') ? true : undefined))
      await uat.standIn.admin.change({ neverFinish: true })
      await waitUntil(async () => ((await uat.working()).length > 0 ? true : undefined))
      child.kill('SIGINT')
      const { code, stderr } = await ended
      assert.equal(code, 2, stderr)
      assert.match(stderr, /It could not be judged: it was interrupted by SIGINT/)
      assert.isEmpty(await uat.working())
      await uat.standIn.admin.change({ neverFinish: false })
      const resumed = await uat.verify(['--resume'], patient)
      assert.equal(resumed.code, 0, resumed.stderr)
      const { rounds, state } = overviewIn(uat.out)
      assert.equal(state, 'complete')
      assert.deepEqual(rounds, { ended: 3, held: 3, broken: 0, notJudged: 0 })
      for (const round of ['00001', '00002', '00003'])
        await assertIntact(join(uat.out, 'rounds', round))
      assert.isTrue(uat.has('journal.ndjson'))
      assert.isFalse(uat.has('rounds/00001/journal.ndjson'))
    }))
})
