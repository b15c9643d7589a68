import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, describe, it, mock } from 'node:test'
import { assert } from 'chai'
import { Budget } from '../../../src/cli/allure/caps.ts'
import { AllurePage } from '../../../src/cli/allure/page.ts'
import { PageScenarios, pageStoryOf } from '../../../src/cli/allure/page-story.ts'
import { RunPage } from '../../../src/cli/allure/run-page.ts'
import { type ResultsFolder, runResults } from '../../../src/cli/allure/run-results.ts'
import type { Exchange } from '../../../src/evidence/exchange.ts'
import type { RunFacts } from '../../../src/evidence/record/run-facts.ts'
import type { ScenarioRecord } from '../../../src/evidence/record/scenario-record.ts'
import type { ScenarioEvidence } from '../../../src/evidence/scenario-evidence.ts'
import { inFileOrder } from '../../../src/evidence/verdict.ts'
import { verdictOf } from '../../../src/evidence/verdict-tally.ts'

const top = mkdtempSync(join(tmpdir(), 'run-page-'))
after(() => rmSync(top, { recursive: true }))

const facts = { target: 'uat', startedAt: '2026-01-05T09:00:00.000Z', seed: 's' }
const run: RunFacts = {
  ...{ ...facts, id: 'uat-1', selection: [], settings: {}, software: {}, platform: 'linux x64' },
  digests: { model: '', rules: '', api: '', features: '' },
}
const exchange = (number: number, path: string): Exchange => ({
  ...{ number, at: 1_000 * number, tookMs: 10, step: 'one' },
  request: { method: 'GET', url: `http://127.0.0.1/v2/${path}`, headers: [] },
})
const evidence = (exchanges: readonly Exchange[]): ScenarioEvidence => ({
  ...{ scenario: { uri: 'a.feature', name: 'A', line: 1 }, target: 'uat', baseUrl: '', seed: 's' },
  ...{ exchanges, orders: [], refused: [], rulesHeld: [], findings: [], variants: [] },
})
const scenario = (line: number, rest: Partial<ScenarioRecord> = {}): ScenarioRecord => ({
  ...{ uri: 'a.feature', line, name: `number ${line}`, feature: 'A', tags: [], status: 'passed' },
  steps: [{ keyword: 'Given', kind: 'context', text: 'one', status: 'passed' }],
  evidence: evidence([exchange(1, `${line}`), exchange(2, `${line}/more`)]),
  ...rest,
})
const { evidence: _, ...unseen } = scenario(4)
const failure = { status: 'failed', failure: { step: 'one', message: 'no' } } as const

interface Case {
  /** As they end. */
  readonly ended: readonly ScenarioRecord[]
  readonly own?: ScenarioEvidence
  readonly bytes?: number
  /** What is known of the run in the end, and was not at its beginning. */
  readonly more?: Partial<RunFacts>
}

/** What a page shows, without what differs between two pages of the same. */
function shownIn(html: string): string {
  return html
    .replaceAll(/"(?:createdAt|cacheKey|reportUuid)":"?[\w-]+"?/g, '')
    .replaceAll(/\bd\("([^"]+)","([A-Za-z0-9+/=]+)"\)/g, (_, name: string, content: string) =>
      plain(`${name} ${Buffer.from(content, 'base64')}`),
    )
    .replaceAll(/<script[^>]*src="data:[^>]*>/g, '')
}

/** Ids that Allure draws anew for each page. */
function plain(text: string): string {
  return text.replaceAll(/[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}|[0-9a-f]{32}/g, 'ID')
}

function folderAt(path: string): ResultsFolder {
  mkdirSync(path, { recursive: true })
  return {
    write(files) {
      for (const { name, content } of files) writeFileSync(join(path, name), content)
    },
    remove(names) {
      for (const name of names) rmSync(join(path, name), { force: true })
    },
  }
}

function contentOf(path: string): string[][] {
  return readdirSync(path)
    .sort()
    .map((name) => [name, readFileSync(join(path, name), 'utf8')])
}

let count = 0

/** Makes the page of a run. @param isInOrder - Whether as the scenarios end, or of all of them in the end. */
async function pageOf({ ended, own, bytes, more }: Case, isInOrder: boolean) {
  const out = join(top, String(++count))
  const results = join(out, 'results')
  const folder = folderAt(results)
  const html = join(out, 'allure.html')
  const page = await RunPage.begin({
    ...{ run, planned: ended.length, isInOrder, out, html, folder },
    ...{ scratch: out, budget: () => new Budget(bytes) },
  })
  for (const each of ended) await page.add(each, () => each)
  await page.end({ run: { ...run, ...more }, own, findings: [] })
  rmSync(join(results, 'environment.properties'))
  return { shown: shownIn(readFileSync(html, 'utf8')), results: contentOf(results) }
}

/** Its results, as who knows all of them from the first writes them. */
async function resultsOf({ ended, own, more }: Case) {
  const path = join(top, String(++count))
  const folder = folderAt(path)
  const told = pageStoryOf(recordOf(inFileOrder(ended)))
  await runResults({ ...told, run: { ...run, ...more }, own }, { folder })
  return contentOf(path)
}

const three = [scenario(1), scenario(2), scenario(3)]
const CASES: Readonly<Record<string, Case & { readonly isMadeAnew?: boolean }>> = {
  'in the order of the files': { ended: three },
  'in another order': { ended: three.toReversed(), isMadeAnew: true },
  'with one that failed': { ended: [...three, scenario(4, failure)] },
  'of which a full page leaves the last out': { ended: three, bytes: 500 },
  'that a server answered': { ended: three, more: { baseUrl: 'http://127.0.0.1:1234' } },
  'of which the last failed, and finds the page full': {
    ended: [...three, scenario(4, failure)],
    bytes: 500,
    isMadeAnew: true,
  },
  'of the same words, the second first': {
    isMadeAnew: true,
    ended: [
      scenario(2, { name: 'same' }),
      scenario(1, { name: 'same', evidence: evidence([exchange(1, 'only')]) }),
    ],
  },
  'of the same words, of a run of which not everything was known': {
    isMadeAnew: true,
    ended: [
      scenario(2, { name: 'same' }),
      scenario(1, { name: 'same', evidence: evidence([exchange(1, 'only')]) }),
    ],
    more: { startedAt: '2026-01-05T09:00:01.000Z' },
  },
  'and of what the run did of itself': {
    ended: three,
    own: evidence([{ ...exchange(1, 'login'), step: 'Preflight' }]),
  },
  'of which not everything was known at first': {
    isMadeAnew: true,
    ended: [...three, unseen],
    more: { startedAt: '2026-01-05T09:00:01.000Z', baseUrl: 'http://127.0.0.1:1234' },
  },
}

describe('A page that is made while scenarios end', () => {
  for (const [name, each] of Object.entries(CASES)) {
    it(`shows what one that is made of all of them does: ${name}`, async () => {
      const begin = mock.method(AllurePage, 'begin')
      const early = await pageOf(each, true)
      assert.equal(begin.mock.callCount(), each.isMadeAnew === true ? 2 : 1)
      begin.mock.restore()
      const late = await pageOf(each, false)
      assert.deepEqual(early.results, await resultsOf(each))
      assert.equal(early.shown, late.shown)
      assert.include(early.shown, each.ended[0]?.name ?? 'a scenario')
    })
  }

  it('makes nothing twice', async () => {
    const made = async (ended: readonly ScenarioRecord[], bytes: number) => {
      const scenarios = new PageScenarios()
      const all = ended.map((each) => scenarios.add(each, () => each))
      const story = { ...pageStoryOf(recordOf(ended)), ...scenarios.told }
      const first = await runResults(story, { budget: new Budget(bytes) })
      const early = new Map(
        all.map((each, at) => [
          each,
          { identity: identityIn(first, at), made: first.scenarios[at] },
        ]),
      )
      const again = await runResults(story, { budget: new Budget(bytes), early })
      return again.scenarios.map((each, at) => each === first.scenarios[at])
    }
    assert.deepEqual(await made(three, 1_000_000), [true, true, true])
    assert.deepEqual(await made(three, 500), [true, true, true])
  })
})

function recordOf(scenarios: readonly ScenarioRecord[]) {
  return { run, verdict: verdictOf(facts, scenarios), scenarios }
}

function identityIn({ scenarios }: Awaited<ReturnType<typeof runResults>>, at: number): string {
  const file = scenarios[at]?.files.at(-1)
  return JSON.parse(file?.content ?? '{}').testCaseId
}
