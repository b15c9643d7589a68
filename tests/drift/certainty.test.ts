import { describe, it } from 'node:test'
import { assert } from 'chai'
import { errorCodes } from '../../src/evidence/drift/calibration/error-codes.ts'
import { skipping } from '../../src/evidence/drift/calibration/weigh.ts'
import { differenceId } from '../../src/evidence/drift/difference.ts'
import type { DriftReport } from '../../src/evidence/drift/drift-report.ts'

const reason = (scenario: string, here: string, there: string) => {
  const difference = {
    ...{ rule: 'drift.reason' as const, subject: 'placeOrder' },
    simulation: { value: here, exchanges: [1] },
    endpoint: { value: there, exchanges: [1] },
  }
  return { ...difference, scenario, id: differenceId(difference) }
}

describe('how sure a calibration is', () => {
  it('is told for each error code, and contradictions for their key alone', () => {
    const occurrences = [
      reason('a', 'MISSING_FIELD', 'E1'),
      reason('b', 'MISSING_FIELD', 'E1'),
      reason('c', 'BAD_VALUE', 'E2'),
      reason('d', 'UNKNOWN_SYMBOL', 'E3'),
      reason('e', 'UNKNOWN_SYMBOL', 'E1'),
    ]
    const groups = [{ rule: 'drift.reason', occurrences }] as unknown as DriftReport['groups']
    const { proposal, contradictions } = errorCodes({ groups } as DriftReport)
    assert.deepEqual(
      proposal?.keys?.map(({ key, certainty, scenarios }) => [key, certainty, scenarios]),
      [
        ['missing-field', 'sure', 2],
        ['bad-value', 'seen once', 1],
      ],
    )
    assert.equal(proposal?.certainty, 'seen once')
    assert.deepEqual(
      contradictions.map(({ key }) => key),
      ['unknown-symbol'],
    )
  })

  it('is less where orders never said NEW that others said', () => {
    const setting = 'advance.skipNew'
    const seen = (scenario: string, value: boolean) => ({ setting, value, scenario, exchange: 1 })
    const both = skipping(setting, [seen('a', false), seen('b', false), seen('c', true)])
    assert.equal(both?.kind, 'proposal')
    if (both?.kind !== 'proposal') return
    assert.deepInclude(both.proposal, { value: false, certainty: 'likely', scenarios: 2 })
    assert.match(both.proposal.because ?? '', /of such orders in 1 scenario none did/)
  })
})
