import { describe, it } from 'node:test'
import { assert } from 'chai'
import { whyUnverified } from '../../src/evidence/certificate/why-unverified.ts'
import { timelinesOf } from '../../src/evidence/timeline.ts'
import { recordOf, scenario } from './record.ts'

/** A run that saw a limit order in these statuses, one after the other, the first by placing. */
const runOf = (...statuses: readonly string[]) => {
  const { evidence, ...rest } = scenario(1, 1)
  const orders = timelinesOf(
    statuses.map((status, at) => ({
      ...{ orderId: '1', orderType: 'Limit', status, exchange: at + 1, at },
      by: at === 0 ? ('placing' as const) : ('query' as const),
    })),
  )
  const findings = orders.flatMap((order) => order.findings)
  const rulesHeld = orders.flatMap((order) => order.rulesHeld)
  return recordOf([
    { ...rest, ...(evidence && { evidence: { ...evidence, orders, findings, rulesHeld } }) },
  ])
}

describe('why a rule of a lifecycle was not verified', () => {
  it('is not that the state was not seen, where it was: another rule broke there', () =>
    assert.equal(
      whyUnverified('limit.canceled-new', runOf('RECEIVED', 'NEW', 'CANCELED', 'FILLED')),
      'what was seen broke limit.canceled-filled, and does not show it',
    ))

  it('is that it was not seen again, where it was not', () => {
    const why = 'no limit order was seen CANCELED and queried again'
    assert.equal(whyUnverified('limit.canceled-new', runOf('RECEIVED', 'NEW', 'CANCELED')), why)
    assert.equal(whyUnverified('limit.canceled-new', runOf('RECEIVED', 'NEW')), why)
  })

  it('is not that no order was observed, or taken, where one was taken wrongly', () => {
    const run = runOf('FILLED')
    assert.equal(
      whyUnverified('limit.known-status', run),
      'nothing that was observed could show it',
    )
    assert.equal(
      whyUnverified('limit.placed-canceled', run),
      'what was seen broke limit.placed-filled, and does not show it',
    )
    assert.equal(whyUnverified('pq.known-status', run), 'no PQ order was observed')
  })

  it('is that a step was not seen', () =>
    assert.equal(
      whyUnverified('limit.new-expired', runOf('RECEIVED', 'NEW', 'FILLED')),
      'no limit order was seen to go from NEW to EXPIRED',
    ))
})
