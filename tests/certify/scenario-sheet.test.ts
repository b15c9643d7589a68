import { describe, it } from 'node:test'
import { assert } from 'chai'
import { certificateOf } from '../../src/evidence/certificate/certificate.ts'
import { scenarioSheet } from '../../src/evidence/certificate/scenario-sheet.ts'
import { isSilent, type ScenarioRecord } from '../../src/evidence/record/scenario-record.ts'
import { recordOf, scenario, terms } from './record.ts'

/** Two steps, an action and an outcome, and of their exchanges only so many. */
const withExchanges = (count: number) => {
  const { evidence, ...rest } = scenario(1, 2)
  return evidence
    ? { ...rest, evidence: { ...evidence, exchanges: evidence.exchanges.slice(0, count) } }
    : rest
}
/** Its second step was begun and skipped, and something was found in that exchange, or nothing. */
const skipped = (found: boolean): ScenarioRecord => {
  const { evidence, ...rest } = scenario(1, 3)
  const finding = {
    ...{ code: 'illegal-transition', rule: 'limit.canceled-filled', orderId: '1' },
    ...{ expected: 'What is CANCELED is final.', detail: 'CANCELED → FILLED', exchanges: [1, 2] },
  }
  return {
    ...rest,
    status: found ? 'failed' : 'notVerified',
    ...(found && { failure: { step: 'what was observed', message: 'illegal-transition: so' } }),
    steps: rest.steps.map((step, at) => (at === 0 ? step : { ...step, status: 'skipped' })),
    ...(evidence && {
      evidence: {
        ...evidence,
        exchanges: evidence.exchanges.slice(0, 2),
        findings: found ? [finding] : [],
      },
    }),
  }
}
const sheetOf = (each: ScenarioRecord) => {
  const certificate = certificateOf(recordOf([each]), terms)
  const rows = scenarioSheet(each, certificate.findings).rows
  return { certificate, rows: rows.map(({ status, observed }) => [status, observed.at(-1)]) }
}

describe('a step that was begun and not brought to its end', () => {
  it('has failed, where something was found in it, and counts as such', () => {
    const { certificate, rows } = sheetOf(skipped(true))
    assert.deepEqual(rows.slice(1), [
      ['failed', 'broken off; what it expects was not seen'],
      ['skipped', 'not run'],
    ])
    assert.deepEqual(
      certificate.failures.map(({ step }) => step),
      ['Then step 2 of scenario 1 is made'],
    )
    assert.include(certificate.reasons, '1 scenario failed at a step.')
  })

  it('is not verified, where nothing was found', () => {
    const { certificate, rows } = sheetOf(skipped(false))
    assert.equal(rows[1]?.[0], 'notVerified')
    assert.equal(rows[2]?.[0], 'skipped')
    assert.isEmpty(certificate.failures)
  })
})

const observedIn = (count: number) =>
  scenarioSheet(withExchanges(count), []).rows.map(({ observed }) => observed.join())

describe('a step that expects something and sends nothing', () => {
  it('rests on what was observed before', () =>
    assert.equal(observedIn(1)[1], 'as expected, by what was observed before'))

  it('is not taken for an observation, where nothing was sent at all', () => {
    assert.deepEqual(observedIn(0), ['done; nothing was sent', 'as expected; nothing was sent'])
    assert.isTrue(isSilent(withExchanges(0)))
    assert.isFalse(isSilent(withExchanges(1)))
  })
})
