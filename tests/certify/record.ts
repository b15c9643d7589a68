import type { CertificateTerms } from '../../src/evidence/certificate/certificate-terms.ts'
import type { RunRecord } from '../../src/evidence/record/run-record.ts'
import type { ScenarioRecord } from '../../src/evidence/record/scenario-record.ts'
import { verdictOf } from '../../src/evidence/verdict-tally.ts'

const BASE_URL = 'https://uat.fxinside.net'

/** A scenario of as many steps, each with a query of an order, that passes unless a step is to fail. */
export function scenario(line: number, steps: number, failing?: number): ScenarioRecord {
  const place = { uri: 'features/a.feature', name: `Number ${line}`, line }
  const texts = Array.from(
    { length: steps },
    (_, at) => `step ${at + 1} of scenario ${line} is made`,
  )
  return {
    ...place,
    feature: 'Many scenarios',
    tags: [],
    status: failing === undefined ? 'passed' : 'failed',
    ...(failing !== undefined && {
      failure: { step: texts[failing] ?? '', message: 'it was not so' },
    }),
    steps: texts.map((text, at) => ({
      keyword: at % 2 === 0 ? 'When' : 'Then',
      kind: at % 2 === 0 ? 'action' : 'outcome',
      text,
      status: at === failing ? 'failed' : 'passed',
      ...(at === failing && { message: 'it was not so' }),
    })),
    evidence: {
      scenario: place,
      target: 'uat',
      baseUrl: BASE_URL,
      seed: 'integral',
      exchanges: texts.map((step, at) => ({
        number: at + 1,
        at: 1_800_000_000_000 + at,
        tookMs: 3,
        step,
        request: { method: 'GET', url: `${BASE_URL}/v2/orders/${line}`, headers: [] },
        response: { status: 200, headers: [], body: '[]' },
      })),
      orders: [],
      refused: [],
      rulesHeld: ['http.query-order'],
      findings: [],
      variants: [],
    },
  }
}

const digests = { model: 'm', rules: 'r', api: 'a', features: 'f' }

/** A run on UAT of these scenarios, with nothing else to say. */
export function recordOf(
  scenarios: readonly ScenarioRecord[],
  run: Partial<RunRecord['run']> = {},
  report: Partial<Parameters<typeof verdictOf>[0]> = {},
): RunRecord {
  const facts = {
    target: 'uat',
    baseUrl: BASE_URL,
    startedAt: '2026-03-01T08:00:00.000Z',
    seed: 'integral',
    selection: [],
    settings: {},
    ...run,
  }
  return {
    run: {
      id: 'uat-20260301T080000Z-012345',
      software: { 'integral-harness': '0.1.0' },
      platform: 'linux x64',
      digests,
      ...facts,
    },
    verdict: verdictOf({ ...facts, ...report }, scenarios),
    scenarios,
  }
}

/** On the day after the run, with evidence that is intact. */
export const terms: CertificateTerms = {
  provider: 'Example Bank',
  waivers: [],
  issuedAt: new Date('2026-03-02T10:00:00Z'),
  evidence: { problems: [], manifestSha256: 'ab'.repeat(32), signature: 'none' },
  cautions: [],
  recordOf: () => undefined,
  digests,
  milder: [],
}
