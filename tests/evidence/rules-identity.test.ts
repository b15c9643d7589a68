import { describe, it } from 'node:test'
import { orderSeen, orderSent, Talk } from './talk.ts'
import { assertFindings, assertHeld, assertNotVerified } from './verdicts.ts'

describe('a query by server id is about the order asked for', () => {
  it('bare, or in a list of one', async () => {
    for (const answer of [orderSeen('7', 'NEW'), [orderSeen('7', 'NEW')]]) {
      const talk = new Talk()
      await talk.query('7', answer)
      assertHeld(talk, 'query.by-server-id')
      assertHeld(talk, 'query.one-order')
    }
  })

  it('and not about another', async () => {
    const talk = new Talk()
    await talk.query('7', [orderSeen('8', 'NEW')])
    assertFindings(talk, [
      {
        code: 'foreign-order',
        rule: 'query.by-server-id',
        orderId: '7',
        detail: 'asked for 7, answered about 8',
        exchanges: [1],
      },
    ])
  })

  it('nor about several', async () => {
    const talk = new Talk()
    await talk.query('7', [orderSeen('8', 'NEW'), orderSeen('7', 'NEW')])
    assertFindings(talk, [
      {
        code: 'several-orders',
        rule: 'query.one-order',
        orderId: '7',
        detail: 'asked for 7, answered with 2 orders: 8, 7',
        exchanges: [1],
      },
    ])
  })
})

describe('an order that was accepted is there', () => {
  it('and seen', async () => {
    const talk = new Talk()
    await talk.order('7', 'Limit', 'RECEIVED')
    talk.pass(2_000)
    await talk.query('7', [orderSeen('7', 'NEW')])
    assertHeld(talk, 'query.known-order')
  })

  it('and not an empty list', async () => {
    const talk = new Talk()
    await talk.order('7', 'Limit', 'RECEIVED')
    talk.pass(2_000)
    await talk.query('7', [])
    assertFindings(talk, [
      {
        code: 'missing-order',
        rule: 'query.known-order',
        orderId: '7',
        detail: 'answered with an empty list, though the order exists',
        exchanges: [1, 2],
      },
    ])
  })

  it('but may be so a moment after its placing, empty or 404', async () => {
    const talk = new Talk()
    await talk.order('7', 'Limit', 'RECEIVED')
    talk.pass(1_900)
    await talk.query('7', [])
    await talk.query('7', { errorCode: 'X' }, 404)
    await talk.query('7', [orderSeen('7', 'NEW')])
    assertNotVerified(talk, 'query.known-order')
  })

  it('but what nobody placed may be an empty list', async () => {
    const talk = new Talk()
    await talk.query('7', [])
    assertNotVerified(talk, 'query.known-order')
  })
})

describe('a query by client id is about that client id', () => {
  it('whether we placed it or not', async () => {
    const talk = new Talk()
    await talk.queryByCoId('c7', [orderSeen('7', 'NEW')])
    assertHeld(talk, 'query.by-client-id')
  })

  it('and not about another', async () => {
    const talk = new Talk()
    await talk.queryByCoId('c7', [orderSeen('7', 'NEW'), orderSeen('8', 'NEW')])
    assertFindings(talk, [
      {
        code: 'foreign-order',
        rule: 'query.by-client-id',
        orderId: '8',
        detail: 'asked for client id c7, answered about c8',
        exchanges: [1],
      },
    ])
  })

  it('while the list of active orders may name any', async () => {
    const talk = new Talk()
    await talk.queryActive([orderSeen('7', 'NEW'), orderSeen('8', 'WORKING')])
    assertNotVerified(talk, 'query.by-client-id')
  })
})

describe('a client id leads to the order of its placing', () => {
  it('and to no other', async () => {
    const talk = new Talk()
    await talk.order('7', 'Limit', 'RECEIVED')
    await talk.queryByCoId('c7', [orderSeen('7', 'NEW')])
    assertHeld(talk, 'order.id-stable')
    await talk.queryByCoId('c7', [orderSeen('9', 'NEW', { coId: 'c7' })])
    assertFindings(talk, [
      {
        code: 'id-changed',
        rule: 'order.id-stable',
        orderId: '9',
        detail: 'client id c7 was placed as 7, and leads to 9',
        exchanges: [1, 3],
      },
    ])
  })

  it('to either of two that were accepted under it', async () => {
    const talk = new Talk()
    await talk.order('7', 'Limit', 'RECEIVED')
    const second = orderSent('8', { coId: 'c7' })
    await talk.place(second, { ...second, orderId: '8', status: 'RECEIVED' })
    for (const orderId of ['7', '8']) {
      await talk.queryByCoId('c7', [orderSeen(orderId, 'NEW', { coId: 'c7' })])
    }
    assertHeld(talk, 'order.id-stable')
  })

  for (const [what, place] of [
    ['is in doubt', (talk: Talk) => talk.place(orderSent('7'), new Error('reset'))],
    ['failed with 503', (talk: Talk) => talk.place(orderSent('7'), { errorCode: 'X' }, 503)],
  ] as const) {
    it(`to a third where another placing under it ${what}`, async () => {
      const talk = new Talk()
      await talk.order('7', 'Limit', 'RECEIVED')
      await place(talk)
      await talk.queryByCoId('c7', [orderSeen('9', 'NEW', { coId: 'c7' })])
      assertNotVerified(talk, 'order.id-stable')
    })
  }

  it('but not to a third where the other placing was refused', async () => {
    const talk = new Talk()
    await talk.order('7', 'Limit', 'RECEIVED')
    await talk.place(orderSent('7'), { errorCode: 'DUPLICATE' }, 400)
    await talk.queryByCoId('c7', [orderSeen('9', 'NEW', { coId: 'c7' })])
    assertFindings(talk, [
      {
        code: 'id-changed',
        rule: 'order.id-stable',
        orderId: '9',
        detail: 'client id c7 was placed as 7, and leads to 9',
        exchanges: [1, 2, 3],
      },
    ])
  })
})
