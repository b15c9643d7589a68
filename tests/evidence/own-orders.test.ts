import { describe, it } from 'node:test'
import { assert } from 'chai'
import { orderSeen, orderSent, Talk } from './talk.ts'

const ordersIn = (talk: Talk) => talk.evidence().orders.map(({ orderId }) => orderId)

describe('only own orders are judged', () => {
  it('those that were placed, and those that were asked for by server id', async () => {
    const talk = new Talk()
    await talk.order('7', 'Limit', 'RECEIVED')
    await talk.query('8', orderSeen('8', 'NEW'))
    assert.deepEqual(ordersIn(talk), ['7', '8'])
  })

  it('not those of others among the active, whatever becomes of them', async () => {
    const talk = new Talk()
    await talk.order('7', 'Limit', 'RECEIVED')
    const others = [orderSeen('8', 'FILLED'), { orderId: '9', status: 'ODD' }]
    await talk.queryActive([...others, orderSeen('7', 'NEW')])
    await talk.queryActive([orderSeen('8', 'NEW'), { orderId: '9', status: 'OTHER' }])
    assert.deepEqual(ordersIn(talk), ['7'])
    assert.deepEqual(talk.evidence().findings, [])
  })

  it('but an own order there is judged as anywhere', async () => {
    const talk = new Talk()
    await talk.order('7', 'Limit', 'RECEIVED', 'FILLED')
    await talk.queryActive([orderSeen('8', 'NEW'), orderSeen('7', 'NEW')])
    assert.deepEqual(
      talk.evidence().findings.map(({ rule }) => rule),
      ['limit.filled-new'],
    )
  })

  it('and an own order of the wrong shape there, too', async () => {
    const talk = new Talk()
    await talk.order('7', 'Limit', 'RECEIVED')
    await talk.queryActive([{ orderId: '8' }, { ...orderSeen('7', 'NEW'), size: undefined }])
    assert.deepEqual(
      talk.evidence().findings.map(({ rule, detail }) => `${rule} ${detail}`),
      ['shape.query-orders [1].size: expected number, received undefined'],
    )
  })

  it('one whose answer was lost is known by its client id', async () => {
    const talk = new Talk()
    await talk.place(orderSent('7'), new Error('reset'))
    await talk.queryByCoId('c7', [orderSeen('7', 'NEW')])
    await talk.queryActive([orderSeen('7', 'WORKING')])
    assert.deepEqual(ordersIn(talk), ['7'])
    assert.deepEqual(
      talk.evidence().findings.map(({ rule }) => rule),
      ['limit.known-status'],
    )
  })

  it('so is one that was refused, and yet is there', async () => {
    const talk = new Talk()
    await talk.place(orderSent('7'), { errorCode: 'X' }, 503)
    await talk.queryByCoId('c7', [orderSeen('7', 'NEW')])
    assert.deepEqual(ordersIn(talk), ['7'])
  })

  it('another order under a client id whose own order is known is not ours', async () => {
    const talk = new Talk()
    await talk.order('7', 'Limit', 'RECEIVED')
    await talk.queryActive([orderSeen('9', 'ODD', { coId: 'c7' })])
    assert.deepEqual(ordersIn(talk), ['7'])
    assert.deepEqual(talk.evidence().findings, [])
  })
})
