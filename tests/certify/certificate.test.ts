import { describe, it } from 'node:test'
import { assert } from 'chai'
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
  'The run is 366 days old, more than 365: run it again.': [
    clean,
    { issuedAt: new Date('2027-03-02T08:00:00Z') },
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

  it('is granted on a run whose placings in doubt were looked up, and 365 days after it', () => {
    const sure = recordOf(one, {}, { inDoubt: [{ coId: 'ih2', result: 'none seen' }] })
    const issuedAt = new Date('2027-03-01T08:00:00Z')
    assert.equal(certificateOf(sure, { ...terms, issuedAt }).result, 'granted')
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
