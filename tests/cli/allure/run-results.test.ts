import { test } from 'node:test'
import type { TestResult } from 'allure-js-commons'
import { assert } from 'chai'
import type { AllureFile } from '../../../src/cli/allure/attachments.ts'
import { Budget, MAX_PAGE_SCENARIOS, SCENARIOS_OF_VERY_MANY } from '../../../src/cli/allure/caps.ts'
import { pageTitle } from '../../../src/cli/allure/page.ts'
import { pageStoryOf } from '../../../src/cli/allure/page-story.ts'
import { type RunResults, runResults } from '../../../src/cli/allure/run-results.ts'
import { runVariables } from '../../../src/cli/allure/run-variables.ts'
import { exchangesBySteps } from '../../../src/cli/allure/step-exchanges.ts'
import type { Exchange } from '../../../src/evidence/exchange.ts'
import type { RunRecord } from '../../../src/evidence/record/run-record.ts'
import type { ScenarioRecord, StepRecord } from '../../../src/evidence/record/scenario-record.ts'
import { catalogue } from '../../../src/evidence/rules/catalogue.ts'
import { documentationOf } from '../../../src/evidence/rules/documentation.ts'
import { verdictOf } from '../../../src/evidence/verdict-tally.ts'

const step = (text: string): StepRecord => ({
  ...{ keyword: 'Given', kind: 'context', text, status: 'passed' },
})
const exchange = (number: number, made: string): Exchange => ({
  ...{ number, at: 1_000 * number, tookMs: 10, step: made },
  request: { method: 'GET', url: `http://127.0.0.1/v2/${number}`, headers: [] },
})
const scenario = (name: string, rest: Partial<ScenarioRecord> = {}): ScenarioRecord => ({
  ...{ uri: 'a.feature', line: 1, name, feature: 'A', tags: [], status: 'passed' },
  steps: [step('one')],
  ...rest,
})
const evidence = (exchanges: readonly Exchange[]): NonNullable<ScenarioRecord['evidence']> => ({
  ...{ scenario: { uri: 'a.feature', name: 'A', line: 1 }, target: 'uat', baseUrl: '', seed: 's' },
  ...{ exchanges, orders: [], refused: [], rulesHeld: [], findings: [], variants: [] },
})
const facts = { target: 'uat', startedAt: '2026-01-05T09:00:00.000Z', seed: 's' }
const record = (scenarios: readonly ScenarioRecord[], target = 'uat'): RunRecord => ({
  run: {
    ...{ ...facts, target, id: `${target}-1`, selection: [], settings: {}, software: {} },
    ...{ platform: 'linux x64', digests: { model: '', rules: '', api: '', features: '' } },
  },
  verdict: verdictOf({ ...facts, target }, scenarios),
  scenarios,
})

const filesOf = ({ scenarios }: RunResults): AllureFile[] => scenarios.flatMap(({ files }) => files)

async function resultsOf(run: RunRecord, budget?: Budget): Promise<TestResult[]> {
  const results = await runResults(pageStoryOf(run), budget && { budget })
  return filesOf(results)
    .filter(({ name }) => name.endsWith('-result.json'))
    .map(({ content }) => JSON.parse(content))
}

test('an assertion fails a scenario, anything else breaks it, and what could not be checked is skipped', async () => {
  const failure = { step: 'one', message: 'It is otherwise.' }
  const results = await resultsOf(
    record([
      scenario('a', { status: 'failed', failure: { ...failure, isAssertion: true } }),
      scenario('b', { status: 'failed', failure }),
      scenario('c', { status: 'notVerified', notVerified: 'the market is closed' }),
    ]),
  )
  assert.deepEqual(
    results.map(({ status, statusDetails }) => [String(status), statusDetails]),
    [
      ['failed', { message: 'It is otherwise.' }],
      ['broken', { message: 'It is otherwise.' }],
      ['skipped', { message: 'Not verified: the market is closed' }],
    ],
  )
})

test('scenarios of the same words are told apart, and known again on another target', async () => {
  const both = [scenario('a'), scenario('a')]
  const here = await resultsOf(record(both))
  const there = await resultsOf(record(both, 'simulation'))
  assert.lengthOf(new Set(here.map(({ testCaseId }) => testCaseId)), 2)
  assert.deepEqual(
    here.map(({ testCaseId }) => testCaseId),
    there.map(({ testCaseId }) => testCaseId),
  )
  assert.notEqual(here[0]?.uuid, there[0]?.uuid)
})

test('where a page is full, what has passed loses its attachments first, and says so', async () => {
  const seen = { evidence: evidence([exchange(1, 'one')]) }
  const failed = { ...seen, status: 'failed', failure: { step: 'one', message: 'no' } } as const
  const [passed, lost] = await resultsOf(
    record([
      scenario('passed', { ...seen, evidence: evidence([exchange(2, 'one')]) }),
      scenario('failed', failed),
    ]),
    new Budget(200),
  )
  assert.lengthOf(lost?.steps[0]?.attachments ?? [], 1)
  assert.lengthOf(passed?.steps[0]?.attachments ?? [], 0)
  assert.match(
    passed?.steps.at(-1)?.name ?? '',
    /^Cut: 1 attachment is left out here, .* evidence\/transcript\.ndjson$/,
  )
})

test('each exchange stands in the step that made it, also where a step comes twice', () => {
  const steps = ['ask', 'wait', 'ask'].map(step)
  const exchanges = [
    exchange(1, 'login'),
    exchange(2, 'ask'),
    exchange(3, 'wait'),
    exchange(4, 'ask'),
  ]
  const { before, during } = exchangesBySteps(steps, exchanges)
  assert.deepEqual(
    before.map(({ number }) => number),
    [1],
  )
  assert.deepEqual(
    during.map((each) => each.map(({ number }) => number)),
    [[2], [3], [4]],
  )
})

test('every rule has a page of the documentation', () => {
  for (const entry of catalogue) {
    assert.match(documentationOf(entry), /^https:\/\/docs\.fxinside\.net\/[\w/.-]+$/, entry.id)
  }
})

test('of very many scenarios a page holds what failed, and some of the others; all are written', async () => {
  const failed = { status: 'failed', failure: { step: 'one', message: 'no' } } as const
  const all = Array.from({ length: MAX_PAGE_SCENARIOS + 1 }, (_, at) =>
    scenario(`number ${at}`, { line: at + 1, ...(at === MAX_PAGE_SCENARIOS && failed) }),
  )
  const written: string[] = []
  const folder = {
    write(files: readonly AllureFile[]) {
      written.push(...files.map(({ name }) => name))
    },
    remove: () => assert.fail('nothing was written before'),
  }
  const results = await runResults(pageStoryOf(record(all)), { folder })
  const { leftOut } = results
  const shown = filesOf(results).map(({ content }): TestResult => JSON.parse(content))
  assert.lengthOf(written, all.length)
  assert.lengthOf(shown, SCENARIOS_OF_VERY_MANY)
  assert.equal(leftOut.wholly, all.length - SCENARIOS_OF_VERY_MANY)
  assert.equal(shown[0]?.name, 'number 0')
  assert.equal(shown.at(-1)?.name, `number ${MAX_PAGE_SCENARIOS}`)
  assert.equal(leftOut.failed, 0)
  const most = await runResults(pageStoryOf(record(all.slice(1))))
  assert.lengthOf(most.scenarios, MAX_PAGE_SCENARIOS)
})

test('of what failed a page holds as much as it can, and says how much it leaves out', async () => {
  const failed = { status: 'failed', failure: { step: 'one', message: 'no' } } as const
  const very = (count: number, failing: number) =>
    record(
      Array.from({ length: count }, (_, at) =>
        scenario(`number ${at}`, { line: at + 1, ...(at >= count - failing && failed) }),
      ),
    )
  const some = await runResults(pageStoryOf(very(MAX_PAGE_SCENARIOS + 2, 150)))
  assert.lengthOf(some.scenarios, 150)
  assert.include(some.leftOut, { wholly: MAX_PAGE_SCENARIOS + 2 - 150, failed: 0 })
  const { run, ...rest } = very(MAX_PAGE_SCENARIOS + 2, MAX_PAGE_SCENARIOS + 1)
  const results = await runResults(pageStoryOf({ run, ...rest }))
  assert.lengthOf(results.scenarios, MAX_PAGE_SCENARIOS)
  assert.match(
    runVariables(run, results.leftOut)['not on this page'] ?? '',
    /^2 scenarios, of which 1 failed; all stand in /,
  )
  assert.equal(
    pageTitle('Of uat', [{ run, leftOut: results.leftOut }]),
    'Of uat, without 2 scenarios',
  )
})
