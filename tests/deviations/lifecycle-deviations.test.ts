import { describe, it } from 'node:test'
import { assert } from 'chai'
import { lifecycleRules } from '../../src/machines/lifecycle-rules.ts'
import type { Deviating, Fields, KnownOrder } from '../../src/mocks/deviations/deviation.ts'
import { deviationNamed, deviations } from '../../src/mocks/deviations/deviations.ts'
import { lifecycleDeviations } from '../../src/mocks/deviations/lifecycle-deviations.ts'
import { answerOf, callOf, orderKnown } from './scenes.ts'

describe('the deviations of the lifecycles', () => {
  it('break each forbidden step and each known-status rule, once, and nothing else', () => {
    const breakable = lifecycleRules.filter(({ kind }) => kind !== 'arrow').map(({ id }) => id)
    assert.sameMembers(
      lifecycleDeviations.map(({ breaks }) => breaks),
      breakable,
    )
  })

  it('are the first of all deviations', () => {
    assert.deepEqual(deviations.slice(0, lifecycleDeviations.length), [...lifecycleDeviations])
  })
})

describe('a wrong step', () => {
  it('is told once, in the first query by server id after the status it starts from', () => {
    assert.deepEqual(told('limit.filled-turns-new', ['RECEIVED', 'NEW', 'FILLED']), 'NEW')
    assert.deepEqual(told('limit.filled-turns-new', ['RECEIVED', 'NEW', 'FILLED', 'NEW']), 'FILLED')
    assert.deepEqual(
      told('limit.filled-turns-new', ['RECEIVED', 'NEW', 'FILLED', 'NEW', 'FILLED']),
      'FILLED',
    )
    assert.deepEqual(told('limit.filled-turns-new', ['RECEIVED', 'NEW']), 'FILLED')
  })

  it('that leads back is told once too, though the order comes to its beginning again', () => {
    assert.deepEqual(told('limit.new-turns-received', ['RECEIVED', 'NEW']), 'RECEIVED')
    assert.deepEqual(
      told('limit.new-turns-received', ['RECEIVED', 'NEW', 'RECEIVED', 'NEW']),
      'FILLED',
    )
  })

  it('is told of orders of its type only', () => {
    assert.deepEqual(told('pq.filled-turns-new', ['RECEIVED', 'FILLED']), 'FILLED')
    assert.deepEqual(told('pq.filled-turns-new', ['RECEIVED', 'FILLED'], 'PQ'), 'NEW')
  })

  it('comes without amounts, which would contradict something else', () => {
    const answer = asked('limit.filled-turns-expired', ['RECEIVED', 'FILLED'])
    assert.deepEqual(JSON.parse(JSON.stringify(answer.body)), { orderId: '7', status: 'EXPIRED' })
  })
})

describe('a wrong first status', () => {
  it('is kept up by queries, lists and downloads, so that nothing else is contradicted', () => {
    const { alter } = begun('limit.placed-as-rejected', orderKnown('7', 'Limit', []))
    const filled = { orderId: '7', status: 'FILLED', cumQty: 1000 }
    const placed = answerOf(202, { orderId: '7', status: 'RECEIVED' })
    assert.deepEqual(alter(callOf('placeOrder'), placed).body, { orderId: '7', status: 'REJECTED' })
    const [seen] = alter(callOf('queryOrder', { id: '7' }), answerOf(200, [filled]))
      .body as readonly Fields[]
    assert.include(seen, { status: 'REJECTED' })
    assert.isUndefined(seen?.cumQty)
    const others = { orderId: '8', status: 'NEW' }
    const listed = alter(callOf('queryOrders'), answerOf(200, [filled, others]))
    assert.deepEqual(listed.body, [others])
    const download = answerOf(200, [{ orderId: '7' }, { orderId: '8' }])
    assert.deepEqual(alter(callOf('downloadTrades'), download).body, [{ orderId: '8' }])
  })

  it('FILLED has a trade once, within the batch that was asked for', () => {
    const { alter } = begun('limit.placed-as-filled', orderKnown('7', 'Limit', []))
    alter(callOf('placeOrder'), answerOf(202, { orderId: '7', status: 'RECEIVED' }))
    const others = { orderId: '8', tradeId: 'x' }
    const download = (maxCount: number, body: unknown) => {
      const url = new URL(`https://host.invalid/?maxCount=${maxCount}`)
      const { body: told } = alter({ ...callOf('downloadTrades'), url }, answerOf(200, body))
      return (told as readonly Fields[]).map(({ orderId }) => orderId)
    }
    assert.deepEqual(download(1, [others]), ['8'])
    assert.deepEqual(download(2, [others]), ['8', '7'])
    assert.deepEqual(download(2, [{ orderId: '7', tradeId: 'true' }]), [])
  })

  it('that no query may tell either is told by the placing alone', () => {
    const { alter } = begun('pq.placed-as-expired', orderKnown('7', 'PQ', []))
    const answer = answerOf(200, [{ orderId: '7', status: 'NEW' }])
    assert.strictEqual(alter(callOf('queryOrder', { id: '7' }), answer), answer)
  })

  it('NEW is followed by what is true', () => {
    const { alter } = begun('limit.placed-as-new', orderKnown('7', 'Limit', []))
    const query = (status: string) =>
      alter(callOf('queryOrder', { id: '7' }), answerOf(200, { orderId: '7', status })).body
    assert.deepEqual(query('RECEIVED'), { orderId: '7', status: 'NEW' })
    assert.deepEqual(query('FILLED'), { orderId: '7', status: 'FILLED' })
  })
})

/** What a query of a FILLED order tells, given what was told before. */
function told(id: string, before: readonly string[], type = 'Limit'): unknown {
  return (asked(id, before, type).body as Fields).status
}

function asked(id: string, before: readonly string[], type = 'Limit') {
  const answer = answerOf(200, { orderId: '7', status: 'FILLED', cumQty: 1000, leavesQty: 0 })
  return begun(id, orderKnown('7', type, before)).alter(callOf('queryOrder', { id: '7' }), answer)
}

function begun(id: string, order: KnownOrder): Required<Pick<Deviating, 'alter'>> {
  const orders = new Map([[order.orderId, order]])
  const { alter } = deviationNamed(id).begin({ now: () => 0, orders })
  if (!alter) throw new Error(`${id} alters nothing`)
  return { alter }
}
