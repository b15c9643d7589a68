import { describe, it } from 'node:test'
import { assert } from 'chai'
import { type Fields, orderSeen, orderSent, Talk } from './talk.ts'
import { assertFindings, assertHeld } from './verdicts.ts'

const other: Fields = {
  coId: 'c8',
  type: 'AtBest',
  timeInForce: 'DAY',
  side: 'Sell',
  currency: 'USD',
  symbol: 'GBP/USD',
  size: 1000.01,
  price: 1.0971677,
}

const mismatch = (
  rule: string,
  field: string,
  sent: Fields,
  answered: Fields,
  exchanges: number[],
) => ({
  code: 'echo-mismatch',
  rule,
  orderId: '7',
  detail: `${field}: sent ${JSON.stringify(sent[field])}, answered ${JSON.stringify(answered[field])}`,
  exchanges,
})

describe('what was sent comes back', () => {
  for (const [field, value] of Object.entries({ ...other, rateId: 'r2', expiryTime: 61 })) {
    const sent = orderSent('7', {
      ...(field === 'rateId' && { type: 'PQ' }),
      ...(field === 'expiryTime' && { expiryTime: 60, timeInForce: 'GTT' }),
    })

    it(`in the answer to the placing: ${field}`, async () => {
      const answered = { ...sent, orderId: '7', status: 'RECEIVED', [field]: value }
      const talk = new Talk()
      await talk.place(sent, answered)
      assertFindings(talk, [mismatch('echo.placing', field, sent, answered, [1])])
    })

    it(`in a later query, once for many: ${field}`, async () => {
      const answered = { ...sent, orderId: '7', status: 'NEW', [field]: value }
      const talk = new Talk()
      await talk.place(sent, { ...sent, orderId: '7', status: 'RECEIVED' })
      await talk.query('7', [answered])
      await talk.query('7', [answered])
      assertFindings(talk, [mismatch('echo.query', field, sent, answered, [1, 2])])
    })
  }

  it('whole, and as decimals', async () => {
    const sent = orderSent('7', { price: '1.10', size: 1e21 })
    const talk = new Talk()
    await talk.place(sent, { ...sent, price: 1.1, orderId: '7', status: 'RECEIVED' })
    await talk.query('7', [{ ...sent, price: 1.1, orderId: '7', status: 'NEW' }])
    assertHeld(talk, 'echo.placing')
    assertHeld(talk, 'echo.query')
  })

  it('in lists too, where the order is our own', async () => {
    const talk = new Talk()
    await talk.order('7', 'Limit', 'RECEIVED')
    const answered = orderSeen('7', 'NEW', { size: 999 })
    await talk.queryActive([orderSeen('8', 'NEW', { size: 1 }), answered])
    assertFindings(talk, [mismatch('echo.query', 'size', orderSent('7'), answered, [1, 2])])
  })

  it('of an order whose answer was lost, from the time it is found', async () => {
    const talk = new Talk()
    await talk.place(orderSent('7'), new Error('reset'))
    const answered = orderSeen('7', 'NEW', { side: 'Sell' })
    await talk.queryByCoId('c7', [answered])
    assertFindings(talk, [mismatch('echo.query', 'side', orderSent('7'), answered, [1, 2])])
  })
})

describe('what is optional comes back too, where it is told', () => {
  for (const [field, one, other] of [
    ['account', 'LE1', 'LE2'],
    ['priceType', 'NDF', 'Spot'],
    ['stopPrice', 1.1, 1.2],
    ['execFlags', ['BidTrigger', 'OfferTrigger'], ['BidTrigger']],
    ['execFlags', ['BidTrigger'], ['BidTrigger', 'OfferTrigger']],
    ['targetStrategy', 'TWAP', 'VWAP'],
    ['minQty', 100, 10],
    ['originalCoId', 'c6', 'c5'],
    ['tradeChannel', 'A', 'B'],
    ['clientOrderTime', '2026-01-05 09:00:00,000 +0000', '2026-01-05 09:00:01,000 +0000'],
  ] as const) {
    it(`${field} as ${JSON.stringify(one)}`, async () => {
      const sent = orderSent('7', { [field]: one })
      const answered = { ...sent, orderId: '7', [field]: other }
      const talk = new Talk()
      await talk.place(sent, { ...answered, status: 'RECEIVED' })
      await talk.query('7', [{ ...answered, status: 'NEW' }])
      assertFindings(talk, [
        mismatch('echo.placing', field, sent, answered, [1]),
        mismatch('echo.query', field, sent, answered, [1, 2]),
      ])
    })
  }

  it('valueDate in the answer to the placing alone: later it is that of the deal', async () => {
    const terms = { type: 'AtBest', timeInForce: 'FOK', valueDate: '2026-01-07' }
    const sent = orderSent('7', terms)
    const answered = { ...sent, orderId: '7', status: 'RECEIVED', valueDate: '20260108' }
    const talk = new Talk()
    await talk.place(sent, answered)
    await talk.query('7', [{ ...answered, status: 'NEW' }])
    assertFindings(talk, [mismatch('echo.placing', 'valueDate', sent, answered, [1])])
  })
})

describe('what may differ', () => {
  it('how a day, a time and a set are written', async () => {
    const sent = orderSent('7', {
      valueDate: '2026-01-07',
      clientOrderTime: '2026-01-05 09:00:00,123 +0000',
      execFlags: ['BidTrigger', 'OfferTrigger'],
    })
    const answered = {
      valueDate: '20260107',
      clientOrderTime: '2026-01-05 10:00:00,000 +0100',
      execFlags: ['OfferTrigger', 'BidTrigger'],
    }
    const talk = new Talk()
    await talk.place(sent, { ...sent, ...answered, orderId: '7', status: 'RECEIVED' })
    assertHeld(talk, 'echo.placing')
  })

  it('what cannot be compared, and the organisation', async () => {
    const sent = orderSent('7', {
      valueDate: '2026-01-07',
      clientOrderTime: '2026-01-05 09:00:00,123 +0000',
      execFlags: ['BidTrigger'],
      org: 'One',
    })
    const answered = {
      valueDate: 'SPOT',
      clientOrderTime: 'just now',
      execFlags: 'BidTrigger',
      org: 'Other',
    }
    const talk = new Talk()
    await talk.place(sent, { ...sent, ...answered, orderId: '7', status: 'RECEIVED' })
    assert.deepEqual(
      talk.evidence().findings.filter(({ rule }) => rule.startsWith('echo.')),
      [],
    )
  })

  for (const [price, rounded, others] of [
    [1.0971678, [1.09716, 1.09717, 1.097168], [1.09715, 1.09718, 1.0971677, 1.0972, 1.097]],
    [1.09996, [1.09996], [1.1, 1.09995, 1.09997]],
    [1.0999999, [1.1], [1.09998]],
    ['150.5126', [150.512, 150.513], [150.51, 150.52, 150.5125]],
  ] as const) {
    it(`how ${price} is rounded, to a tenth of a pip or finer`, async () => {
      const symbol = typeof price === 'string' ? 'USD/JPY' : 'EUR/USD'
      const sent = orderSent('7', { symbol, currency: symbol.slice(0, 3), price, stopPrice: price })
      const echoedAs = async (value: number) => {
        const answered = { ...sent, price: value, stopPrice: value }
        const talk = new Talk()
        await talk.place(sent, { ...answered, orderId: '7', status: 'RECEIVED' })
        return { talk, answered }
      }
      for (const value of rounded) assertHeld((await echoedAs(value)).talk, 'echo.placing')
      for (const value of others) {
        const { talk, answered } = await echoedAs(value)
        assertFindings(talk, [
          mismatch('echo.placing', 'price', sent, answered, [1]),
          mismatch('echo.placing', 'stopPrice', sent, answered, [1]),
        ])
      }
    })
  }

  it('capitals of what is on a list, and they alone', async () => {
    const sent = orderSent('7', { side: 'buy', timeInForce: 'ioc', symbol: 'eur/usd' })
    const answered = { side: 'Buy', timeInForce: 'IOC', symbol: 'EUR/USD' }
    const talk = new Talk()
    await talk.place(sent, { ...sent, ...answered, orderId: '7', status: 'RECEIVED' })
    assertFindings(talk, [mismatch('echo.placing', 'symbol', sent, answered, [1])])
  })

  it('fields that were not sent, or are not answered where they are optional', async () => {
    const talk = new Talk()
    const { price: _, ...sent } = orderSent('7', { type: 'PQ' })
    const { rateId: __, ...answered } = orderSeen('7', 'RECEIVED', { type: 'PQ', price: 1.5 })
    await talk.place(sent, { ...answered, org: 'o', account: 'a' })
    assertHeld(talk, 'echo.placing')
  })

  it('the time in force of a PQ order that said another than FOK', async () => {
    const talk = new Talk()
    const sent = orderSent('7', { type: 'PQ', timeInForce: 'GTC' })
    await talk.place(sent, { ...sent, timeInForce: 'FOK', orderId: '7', status: 'RECEIVED' })
    assertHeld(talk, 'echo.placing')
  })

  it('two orders under one client id, each with its own fields', async () => {
    const talk = new Talk()
    await talk.order('7', 'Limit', 'RECEIVED')
    const second = orderSent('8', { coId: 'c7', size: 5 })
    await talk.place(second, { ...second, orderId: '8', status: 'RECEIVED' })
    await talk.query('8', [{ ...second, orderId: '8', status: 'NEW' }])
    await talk.query('7', [orderSeen('7', 'NEW')])
    assertHeld(talk, 'echo.query')
  })

  for (const [what, answer, status] of [
    ['no answer', new Error('reset'), 0],
    ['502 from a gateway', 'bad gateway', 502],
  ] as const) {
    it(`after ${what}, a duplicate that was refused is not what the order is held against`, async () => {
      const talk = new Talk()
      await talk.place(orderSent('7'), answer, status)
      await talk.place(orderSent('7', { size: 5 }), { errorCode: 'DUPLICATE' }, 400)
      await talk.queryByCoId('c7', [orderSeen('7', 'NEW')])
      assertHeld(talk, 'echo.query')
    })
  }

  it('and where it cannot be told which of two it is, nothing is held against it', async () => {
    const talk = new Talk()
    await talk.place(orderSent('7'), new Error('reset'))
    await talk.place(orderSent('7', { size: 5 }), new Error('reset'))
    await talk.queryByCoId('c7', [orderSeen('7', 'NEW')])
    assert.deepEqual(talk.evidence().findings, [])
    assert.notInclude(talk.evidence().rulesHeld, 'echo.query')
  })
})
