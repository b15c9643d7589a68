import { describe, it } from 'node:test'
import { assert } from 'chai'
import { type Coverage, coverageOf, gapsIn } from '../../src/evidence/coverage.ts'
import { orderSent, Talk } from './talk.ts'

async function covered(...orders: readonly (readonly string[])[]): Promise<readonly Coverage[]> {
  const talk = new Talk()
  for (const [at, [type = '', ...statuses]] of orders.entries()) {
    await talk.order(String(at + 1), type, ...statuses)
  }
  return coverageOf([talk.evidence()])
}

const ofPq = (coverage: readonly Coverage[]) =>
  coverage.find(({ lifecycle }) => lifecycle === 'PQ') as Coverage

describe('the coverage of a lifecycle', () => {
  it('is what was seen: statuses, arrows at both ends, and two arrows after each other', async () => {
    const { states, transitions, pairs } = ofPq(await covered(['PQ', 'RECEIVED', 'NEW', 'FILLED']))
    assert.deepEqual(states, { observed: 3, of: 5, missing: ['REJECTED', 'refused'] })
    assert.deepEqual(transitions, {
      observed: 3,
      of: 6,
      missing: ['placed → refused', 'RECEIVED → REJECTED', 'NEW → REJECTED'],
    })
    assert.deepEqual(pairs, {
      observed: 2,
      of: 4,
      missing: ['placed → RECEIVED → REJECTED', 'RECEIVED → NEW → REJECTED'],
    })
  })

  it('has no status that was passed between two queries', async () => {
    const { states, transitions, pairs } = ofPq(await covered(['PQ', 'RECEIVED', 'FILLED']))
    assert.include(states.missing, 'NEW')
    assert.includeMembers([...transitions.missing], ['RECEIVED → NEW', 'NEW → FILLED'])
    assert.equal(pairs.observed, 0)
  })

  it('has no pair that was seen on two orders', async () => {
    const coverage = await covered(['PQ', 'RECEIVED', 'NEW'], ['PQ', 'NEW', 'FILLED'])
    assert.include(ofPq(coverage).pairs.missing, 'RECEIVED → NEW → FILLED')
  })

  it('sees a pair through queries that said the same', async () => {
    const coverage = await covered(['PQ', 'RECEIVED', 'RECEIVED', 'NEW', 'NEW', 'NEW', 'REJECTED'])
    assert.notInclude(ofPq(coverage).pairs.missing, 'RECEIVED → NEW → REJECTED')
  })

  it('has nothing that no document allows', async () => {
    const { states, transitions } = ofPq(await covered(['PQ', 'RECEIVED', 'NEW', 'RECEIVED']))
    assert.deepEqual(states.missing, ['FILLED', 'REJECTED', 'refused'])
    assert.equal(transitions.observed, 2)
    assert.equal(ofPq(await covered(['PQ', 'FILLED'])).states.observed, 0)
  })

  it('has the placing that was refused', async () => {
    const talk = new Talk()
    await talk.place(orderSent('7', { type: 'PQ' }), { errorCode: 'E' }, 400)
    const { states, transitions } = ofPq(coverageOf([talk.evidence()]))
    assert.notInclude(states.missing, 'refused')
    assert.notInclude(transitions.missing, 'placed → refused')
  })

  it('is shown by no order of another type', async () => {
    const coverage = await covered(['AtBest', 'RECEIVED', 'NEW', 'FILLED'])
    assert.deepEqual(
      coverage.map(({ states }) => states.observed),
      [0, 0],
    )
  })

  it('is summed up over scenarios, and its gaps have names', async () => {
    const [one, other] = [new Talk(), new Talk()]
    await one.order('7', 'PQ', 'RECEIVED', 'NEW', 'FILLED')
    await one.place(orderSent('9', { type: 'PQ' }), { errorCode: 'E' }, 400)
    await other.order('8', 'PQ', 'RECEIVED', 'NEW', 'REJECTED')
    const coverage = coverageOf([one.evidence(), other.evidence()])
    assert.deepEqual(gapsIn(coverage), [
      'RECEIVED → REJECTED, placed → RECEIVED → REJECTED of a PQ order',
      'RECEIVED, NEW, FILLED, REJECTED and 17 more of a Limit order',
    ])
    await other.order('10', 'PQ', 'RECEIVED', 'REJECTED')
    const whole = coverageOf([one.evidence(), other.evidence()])
    assert.deepEqual(gapsIn(whole).length, 1)
    assert.notMatch(gapsIn(whole).join(), /PQ/)
  })
})
