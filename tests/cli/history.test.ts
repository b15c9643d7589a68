import { appendFile, mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { assert } from 'chai'
import { type History, readHistory } from '../../src/evidence/history/history-file.ts'
import type { HistoryLine } from '../../src/evidence/history/history-line.ts'
import { type Ran, Workplace } from './workplace.ts'

const GOOD = `Feature: Trading
  Scenario: Ada trades
    Given Ada is signed in
    When Ada places a PQ order
    And its status is FILLED
`
/** The same scenario, after which nothing is as it was. */
const WRONG = `${GOOD}    And its status is NEW\n`
const OTHER = `Feature: Other
  Scenario: Ada looks on
    Given Ada is signed in
`

describe('the history that runs leave', () => {
  let workplace: Workplace
  const ran: Ran[] = []
  const historyOf = (file: string): Promise<History> => readHistory(join(workplace.path, file))
  before(async () => {
    workplace = await Workplace.of({ 'a.feature': GOOD, 'b.feature': OTHER })
    ran.push(await workplace.verify(), await workplace.verify())
    await workplace.write('features/a.feature', WRONG)
    ran.push(await workplace.verify('--name', 'trades'), await workplace.verify())
  })
  after(() => workplace.remove())

  test('has a line for each, which tells what came of it', async () => {
    const { runs, notes } = await historyOf('reports/history/simulation.ndjson')
    assert.deepEqual(notes, [])
    assert.deepEqual(
      runs.map(({ exitCode, counts, selection }) => [exitCode, counts.failed, selection]),
      [
        // A full run that downloads no trade.
        [2, 0, []],
        // A full run that downloads no trade.
        [2, 0, []],
        [1, 1, ['--name "trades"']],
        [1, 1, []],
      ],
    )
    assert.equal(runs.at(-1)?.run, (await workplace.verdict()).run)
    assert.deepEqual(runs[3]?.findings, [
      {
        ...{ code: 'illegal-transition', rule: 'pq.filled-new' },
        ...{ uri: 'features/a.feature', name: 'Ada trades' },
      },
    ])
  })

  test('lets a run say what has changed, and since when', async () => {
    const { runs } = await historyOf('reports/history/simulation.ndjson')
    const since = ({ run }: Partial<HistoryLine> = {}) => `\nSince the last run (${run}, `
    assert.notInclude(ran[0]?.stdout, 'Since the last run')
    assert.include(ran[1]?.stdout, since(runs[0]))
    assert.match(ran[1]?.stdout ?? '', /^Since .* UTC\): no change$/m)
    // A selection is compared with the last full run, on what both ran.
    assert.include(ran[2]?.stdout, since(runs[1]))
    assert.match(ran[2]?.stdout ?? '', /UTC; on the one scenario that both ran\)\n {2}newly broken/)
    // A full run is compared with the last full one.
    assert.include(ran[3]?.stdout, since(runs[1]))
    for (const line of [
      / {2}newly broken +pq\.filled-new/,
      / {2}new findings\n {4}illegal-transition in features\/a\.feature Ada trades\n/,
      / {2}scenarios newly failing\n {4}features\/a\.feature Ada trades\n/,
    ]) {
      assert.match(ran[3]?.stdout ?? '', line)
    }
  })

  test('lies below the directory of a run that has one of its own', async () => {
    const before = await historyOf('reports/history/simulation.ndjson')
    await workplace.verify('--out', 'mine')
    assert.lengthOf((await historyOf('mine/history/simulation.ndjson')).runs, 1)
    assert.deepEqual(await historyOf('reports/history/simulation.ndjson'), before)
  })

  test('is passed over where it is torn, and the summary says so', async () => {
    await mkdir(join(workplace.path, 'torn/history'), { recursive: true })
    const file = join(workplace.path, 'torn/history/simulation.ndjson')
    await appendFile(file, '{"history":1,"run":"x')
    const { stdout } = await workplace.verify('--out', 'torn')
    assert.match(stdout, /^In .*simulation\.ndjson: line 1 of the history tells of no run/m)
    assert.lengthOf((await historyOf('torn/history/simulation.ndjson')).runs, 1)
  })

  test('makes a run unjudged, and no less, that cannot be kept there', async () => {
    await workplace.write('features/a.feature', GOOD)
    await mkdir(join(workplace.path, 'full'))
    await workplace.write('full/history', 'no directory')
    const { code, stderr } = await workplace.verify('features/a.feature', '--out', 'full')
    assert.equal(code, 2)
    // The first that cannot be kept is told: Allure has a history there too.
    assert.match(stderr, /could not be (?:kept|made), because .*history/)
    assert.equal((await workplace.verdict('full')).scenarios.passed, 1)
  })

  test('of UAT says on a simulation when each scenario was last validated there', async () => {
    const { runs } = await historyOf('reports/history/simulation.ndjson')
    const uat = { ...runs[1], target: 'uat', startedAt: '2026-02-03T23:30:00.000Z' }
    await workplace.write('reports/history/uat.ndjson', `${JSON.stringify(uat)}\n`)
    await workplace.write('features/b.feature', OTHER.replace('looks on', 'is new'))
    await workplace.verify()
    const page = await workplace.read('reports/simulation/cucumber.html')
    assert.include(page, 'last validated on UAT: 2026-02-03, passed"')
    assert.include(page, 'last validated on UAT: never"')
    const verdict = await workplace.read('reports/simulation/verdict.json')
    assert.notInclude(verdict, 'validated')
  })
})
