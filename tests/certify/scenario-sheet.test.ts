import { describe, it } from 'node:test'
import { assert } from 'chai'
import { scenarioSheet } from '../../src/evidence/certificate/scenario-sheet.ts'
import { isSilent } from '../../src/evidence/record/scenario-record.ts'
import { scenario } from './record.ts'

/** Two steps, an action and an outcome, and of their exchanges only so many. */
const withExchanges = (count: number) => {
  const { evidence, ...rest } = scenario(1, 2)
  return evidence
    ? { ...rest, evidence: { ...evidence, exchanges: evidence.exchanges.slice(0, count) } }
    : rest
}
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
