import { describe, it } from 'node:test'
import { orderSeen, orderSent, Talk } from './talk.ts'
import { assertFindings, assertHeld, assertNotVerified } from './verdicts.ts'

const ERROR = { errorCode: 'X' }
const fresh = (talk: Talk) => talk.query('7', [orderSeen('7', 'NEW')])

/** An order that was seen NEW, as exchange 2. */
async function working(): Promise<Talk> {
  const talk = new Talk()
  await talk.order('7', 'Limit', 'RECEIVED', 'NEW')
  return talk
}

describe('an order that is working is found by its client id', () => {
  const RULE = 'query.client-id-finds'
  const missing = (exchanges: number[]) => ({
    ...{ code: 'missing-order', rule: RULE, orderId: '7', exchanges },
    detail: 'asked for client id c7, received nothing, though its order is NEW',
  })

  it('as by its server id', async () => {
    const talk = await working()
    await talk.queryByCoId('c7', [orderSeen('7', 'NEW')])
    await fresh(talk)
    assertHeld(talk, RULE)
  })

  for (const [what, answer, status] of [
    ['an empty list', [], 200],
    ['404', ERROR, 404],
  ] as const) {
    it(`and not by ${what}, where the query was seen to find something`, async () => {
      const talk = await working()
      await talk.queryByCoId('c7', answer, status)
      await fresh(talk)
      assertNotVerified(talk, RULE)
      await talk.queryByCoId('c7', [orderSeen('7', 'NEW')])
      assertFindings(talk, [missing([2, 3])])
    })
  }

  it('a query that finds another order under its client id was seen to work too', async () => {
    const talk = await working()
    await talk.queryByCoId('c9', [orderSeen('9', 'NEW')])
    await talk.queryByCoId('c7', [])
    await fresh(talk)
    assertFindings(talk, [missing([2, 4])])
  })

  it('while one that may have ended need not be', async () => {
    const talk = await working()
    await talk.queryByCoId('c7', [])
    await talk.query('7', [orderSeen('7', 'EXPIRED')])
    assertNotVerified(talk, RULE)
  })

  it('nor one that is told RECEIVED, which may be old', async () => {
    const talk = new Talk()
    await talk.order('7', 'Limit', 'RECEIVED', 'RECEIVED')
    await talk.queryByCoId('c7', [])
    await talk.query('7', [orderSeen('7', 'RECEIVED')])
    assertNotVerified(talk, RULE)
  })

  it('nor one that another user asks for', async () => {
    const talk = new Talk()
    await talk.login('u')
    await talk.login('v')
    await talk.order('7', 'Limit', 'RECEIVED', 'NEW')
    await talk.queryByCoId('c7', [])
    await talk.queryActive([])
    await fresh(talk)
    assertNotVerified(talk, RULE)
    assertNotVerified(talk, 'query.active-complete')
  })
})

describe('an order that is working is in the list of active orders', () => {
  const RULE = 'query.active-complete'

  it('beside others', async () => {
    const talk = await working()
    await talk.queryActive([orderSeen('9', 'NEW'), orderSeen('7', 'NEW')])
    await fresh(talk)
    assertHeld(talk, RULE)
  })

  it('and not left out', async () => {
    const talk = await working()
    await talk.queryActive([orderSeen('9', 'NEW')])
    await fresh(talk)
    assertFindings(talk, [
      {
        ...{ code: 'missing-order', rule: RULE, orderId: '7', exchanges: [2, 3] },
        detail: 'not among the 1 active orders, though it is NEW',
      },
    ])
  })

  it('while one that ended meanwhile may be there or not', async () => {
    const talk = await working()
    await talk.queryActive([])
    await talk.query('7', [orderSeen('7', 'FILLED')])
    assertNotVerified(talk, RULE)
  })
})

describe('a list of orders', () => {
  it('holds each once', async () => {
    const talk = await working()
    await talk.queryActive([orderSeen('7', 'NEW')])
    assertHeld(talk, 'query.no-twice')
    await talk.queryActive([orderSeen('7', 'NEW'), orderSeen('9', 'NEW'), orderSeen('7', 'NEW')])
    assertFindings(talk, [
      {
        ...{ code: 'order-listed-twice', rule: 'query.no-twice', orderId: '7', exchanges: [4] },
        detail: 'listed 2 times',
      },
    ])
  })

  it('says what the query of an order says', async () => {
    const talk = new Talk()
    await talk.query('7', [orderSeen('7', 'NEW', { org: 'One' })])
    await talk.queryActive([orderSeen('7', 'FILLED', { org: 'One', cumQty: 1000 })])
    assertHeld(talk, 'query.lists-agree')
    await talk.queryActive([orderSeen('7', 'FILLED', { org: 'Other' })])
    assertFindings(talk, [
      {
        ...{ code: 'list-mismatch', rule: 'query.lists-agree', orderId: '7', exchanges: [1, 3] },
        detail: 'org: its query says "One", the list "Other"',
      },
    ])
  })

  it('also where the query came later, and numbers as decimals', async () => {
    const talk = new Talk()
    await talk.queryActive([orderSeen('7', 'NEW', { size: 1000.0, side: 'Sell' })])
    await talk.query('7', [orderSeen('7', 'NEW', { size: 1e3 })])
    assertFindings(talk, [
      {
        ...{ code: 'list-mismatch', rule: 'query.lists-agree', orderId: '7', exchanges: [1, 2] },
        detail: 'side: its query says "Buy", the list "Sell"',
      },
    ])
  })

  it('of others is not ours', async () => {
    const talk = await working()
    await talk.queryActive([orderSeen('9', 'NEW'), orderSeen('9', 'NEW')])
    assertNotVerified(talk, 'query.no-twice')
    assertNotVerified(talk, 'query.lists-agree')
  })
})

describe('a client id under which nothing was placed', () => {
  const RULE = 'query.before-placing'

  for (const [what, answer, status] of [
    ['an empty list', [], 200],
    ['404', ERROR, 404],
  ] as const) {
    it(`leads to no order: ${what} counts where the query was seen to find something`, async () => {
      const talk = new Talk()
      await talk.queryByCoId('c7', answer, status)
      await talk.order('7', 'Limit', 'RECEIVED')
      assertNotVerified(talk, RULE)
      await talk.queryByCoId('c7', [orderSeen('7', 'NEW')])
      assertHeld(talk, RULE)
    })
  }

  it('and not to one', async () => {
    const talk = new Talk()
    await talk.queryByCoId('c7', [orderSeen('9', 'NEW', { coId: 'c7' })])
    await talk.order('7', 'Limit', 'RECEIVED')
    assertFindings(talk, [
      {
        ...{ code: 'order-before-placing', rule: RULE, orderId: '9', exchanges: [1, 2] },
        detail: 'client id c7 led to an order, and was placed only then',
      },
    ])
  })

  it('one that was placed before is there, whatever the clock says', async () => {
    const talk = new Talk()
    await talk.order('7', 'Limit', 'RECEIVED')
    talk.pass(-1_000)
    await talk.queryByCoId('c7', [orderSeen('7', 'NEW')])
    assertNotVerified(talk, RULE)
  })

  it('unless the placing was refused: somebody else may have used it', async () => {
    const talk = new Talk()
    await talk.queryByCoId('c7', [orderSeen('9', 'NEW', { coId: 'c7' })])
    await talk.place(orderSent('7'), ERROR, 400)
    assertNotVerified(talk, RULE)
  })
})

describe('orders under different client ids have different server ids', () => {
  const RULE = 'order.id-unique'
  const placeAs = (talk: Talk, orderId: string, coId: string) => {
    const sent = orderSent(orderId, { coId })
    return talk.place(sent, { ...sent, orderId, status: 'RECEIVED' })
  }

  it('each its own', async () => {
    const talk = new Talk()
    await placeAs(talk, '7', 'c7')
    assertNotVerified(talk, RULE)
    await placeAs(talk, '8', 'c8')
    assertHeld(talk, RULE)
  })

  it('and not one for both', async () => {
    const talk = new Talk()
    await placeAs(talk, '7', 'c7')
    await placeAs(talk, '7', 'c8')
    assertFindings(talk, [
      {
        ...{ code: 'id-twice', rule: RULE, orderId: '7', exchanges: [1, 2] },
        detail: 'client ids c7 and c8 were both placed as 7',
      },
    ])
  })

  it('what a repeated client id leads to is left open', async () => {
    const talk = new Talk()
    await placeAs(talk, '7', 'c7')
    await placeAs(talk, '7', 'c7')
    assertNotVerified(talk, RULE)
  })
})
