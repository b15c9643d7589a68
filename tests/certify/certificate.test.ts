import { describe, it } from 'node:test'
import { assert } from 'chai'
import { cautionsOf } from '../../src/cli/certify/cautions.ts'
import { certificateText } from '../../src/cli/certify/certificate-text.ts'
import { milderSettings } from '../../src/cli/certify/milder-settings.ts'
import { certificateOf, hasObjections } from '../../src/evidence/certificate/certificate.ts'
import type { CertificateTerms } from '../../src/evidence/certificate/certificate-terms.ts'
import type { RunRecord } from '../../src/evidence/record/run-record.ts'
import { recordOf, scenario, terms } from './record.ts'

const one = [scenario(3, 2)]
const clean = recordOf(one)

/** Why nothing is certified, and what makes it so. */
const obstacles: Readonly<Record<string, readonly [RunRecord, Partial<CertificateTerms>?]>> = {
  'Judged on a simulation written from the documentation: no provider was tested.': [
    recordOf(one, { target: 'simulation' }),
  ],
  'Not all scenarios were run: --name "x".': [recordOf(one, { selection: ['--name "x"'] })],
  'Assumptions were changed: ioc.unfilledStatus.': [
    recordOf(one, { target: 'served', settings: { 'ioc.unfilledStatus': 'CANCELED' } }),
  ],
  'It was judged more mildly than by default: trade.withinMs=60000.': [
    clean,
    { milder: ['trade.withinMs=60000'] },
  ],
  'The run broke off: it was interrupted by SIGINT.': [
    recordOf(one, {}, { interrupted: 'it was interrupted by SIGINT' }),
  ],
  'The run could not be judged: only 1 of 2 scenarios were run.': [
    { ...clean, verdict: { ...clean.verdict, notJudged: 'only 1 of 2 scenarios were run' } },
  ],
  'The simulation deviated on purpose: price.worse.': [
    { ...clean, verdict: { ...clean.verdict, deviation: 'price.worse' } },
  ],
  'Orders may be working still: 4820 (client id ih1).': [
    recordOf(
      one,
      {},
      { leftWorking: [{ orderId: '4820', coId: 'ih1', status: 'NEW', why: 'no answer' }] },
    ),
  ],
  'Of some placings nobody knows what became: client id ih2.': [
    recordOf(one, {}, { inDoubt: [{ coId: 'ih2', result: 'unknown' }] }),
  ],
  'The evidence is not intact: altered scenarios.ndjson.': [
    clean,
    { evidence: { problems: ['altered scenarios.ndjson'], signature: 'none' } },
  ],
  'The rules changed since the run: run it again.': [
    clean,
    { digests: { ...terms.digests, rules: 'other' } },
  ],
  'The order models and the contract changed since the run: run it again.': [
    clean,
    { digests: { ...terms.digests, model: 'other', api: 'other' } },
  ],
  'The 365 days from the day of the run ended on 2027-02-28: run it again.': [
    clean,
    { issuedAt: new Date('2027-03-01T00:00:00Z') },
  ],
  'No scenario was verified.': [
    recordOf([{ ...scenario(3, 1), status: 'notVerified', notVerified: 'no chance' }]),
  ],
}

describe('a certificate', () => {
  it('is granted where nothing stands against it', () => {
    const certificate = certificateOf(clean, terms)
    assert.equal(certificate.result, 'granted')
    assert.isFalse(hasObjections(certificate))
    assert.include(certificate.reasons[0], '1 of 1 scenario passed')
  })

  it('is granted on a run whose placings in doubt were looked up, and on the last of its 365 days', () => {
    const sure = recordOf(one, {}, { inDoubt: [{ coId: 'ih2', result: 'none seen' }] })
    const issuedAt = new Date('2027-02-28T23:59:59Z')
    const { result, validity } = certificateOf(sure, { ...terms, issuedAt })
    assert.equal(result, 'granted')
    assert.deepEqual([validity.from, validity.until], ['2026-03-01', '2027-02-28'])
  })

  for (const [why, [record, change]] of Object.entries(obstacles)) {
    it(`is not granted, and cannot be judged: ${why}`, () => {
      const certificate = certificateOf(record, { ...terms, ...change })
      assert.equal(certificate.result, 'not granted')
      assert.include(certificate.reasons, why)
      assert.isFalse(hasObjections(certificate))
    })
  }

  it('is not granted where a scenario failed, which counts before what cannot be judged', () => {
    const record = recordOf([scenario(3, 2), scenario(9, 2, 1)], { selection: ['a.feature'] })
    const certificate = certificateOf(record, terms)
    assert.isTrue(hasObjections(certificate))
    assert.match(certificate.reasons[0] ?? '', /^1 scenario failed at a step/)
    assert.lengthOf(certificate.reasons, 2)
  })

  it('leaves what is no rule of the documentation to those who compare runs', () => {
    const day = { granted: '2026-01-01', expires: '2026-01-02' }
    const waiver = { rule: 'drift.fields', owner: 'x', reason: 'y', ...day }
    const { result, exceptions } = certificateOf(clean, { ...terms, waivers: [waiver] })
    assert.equal(result, 'granted')
    assert.isEmpty(exceptions)
  })
})

describe('settings of a run', () => {
  it('are mild where a deadline of the judge is later than by default', () => {
    assert.deepEqual(milderSettings({ 'trade.withinMs': 10_001, 'poll.mostMs': 86_400_000 }), [
      'trade.withinMs=10001',
    ])
    assert.deepEqual(milderSettings({ 'trade.withinMs': 10_000, 'order.finalWithinMs': 1 }), [])
  })
})

describe('what is to be known before a certificate is believed', () => {
  const at = (baseUrl: string, target = 'uat') =>
    cautionsOf({ target, baseUrl }, { keyid: 'k' }, true)
  const loopback = 'The endpoint is loopback: what lies behind it is not known.'
  const plain = 'The endpoint was reached without TLS: nothing shows who answered.'

  it('is that the endpoint is loopback, or without TLS', () => {
    assert.deepEqual(at('http://127.0.0.1:8080'), [loopback, plain])
    assert.deepEqual(at('https://localhost:8443'), [loopback])
    assert.deepEqual(at('http://uat.example'), [plain])
    assert.deepEqual(at('https://uat.example'), [])
    assert.deepEqual(at('http://127.0.0.1:8080', 'served'), [])
  })

  it('is that nobody signed the evidence, or nobody checked by whom', () => {
    const run = { target: 'uat', baseUrl: 'https://uat.example' }
    assert.deepEqual(cautionsOf(run, {}, false), ['Nobody has signed the evidence.'])
    assert.match(cautionsOf(run, { keyid: 'k' }, false).join(), /not checked: no --key was given/)
  })
})

describe('what a certificate comes to, at a terminal', () => {
  it('names the first scenarios that failed at a step, and the remedy', () => {
    const failed = Array.from({ length: 6 }, (_, at) => scenario(at + 1, 2, 1))
    const text = certificateText(certificateOf(recordOf(failed), terms), [], undefined)
    assert.include(text, '\n  features/a.feature:1 Number 1: step 2 of scenario 1 is made\n')
    assert.include(text, 'features/a.feature:4 ')
    assert.notInclude(text, 'features/a.feature:5 ')
    assert.include(text, '… and 2 more')
    assert.match(
      text,
      /waive its rule in a waiver that names the scenario: see docs\/certificate\.md/,
    )
  })

  it('says of a waiver that is to come that it is not yet in force, and no more', () => {
    const day = { granted: '2026-04-01', expires: '2026-12-31' }
    const waivers = [{ rule: 'trade.once', owner: 'x', reason: 'y', ...day }]
    const text = certificateText(certificateOf(clean, { ...terms, waivers }), [], undefined)
    assert.include(text, 'The waiver of trade.once is not yet in force: it counts from 2026-04-01.')
    assert.notInclude(text, 'matches no finding')
  })
})
