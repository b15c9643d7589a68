import { describe, it } from 'node:test'
import { assert } from 'chai'
import { askRate, bareTrade, seen, seenOnRate } from './deals.ts'
import { orderSeen, orderSent, Talk } from './talk.ts'
import { assertFindings, assertHeld, assertNotVerified, assertSilent } from './verdicts.ts'

/** Side, dealt currency, and whether the limit is the most that may be paid for the base currency. */
const SIDES = [
  ['Buy', 'EUR', true],
  ['Sell', 'EUR', false],
  ['Buy', 'USD', false],
  ['Sell', 'USD', true],
] as const

describe('a limit order deals at its limit or better', () => {
  const rule = 'price.limit-or-better'
  const finding = { code: 'beyond-limit', rule, orderId: '7', exchanges: [1, 2] }

  for (const [side, currency, isCeiling] of SIDES) {
    const rule = currency === 'EUR' ? 'price.limit-or-better' : 'price.limit-or-better-term'
    const finding = { code: 'beyond-limit', rule, orderId: '7', exchanges: [1, 2] }
    const better = isCeiling ? 1.0999 : 1.1001
    const worse = isCeiling ? 1.1001 : 1.0999
    const sent = { side, currency, price: 1.1 }
    const bound = `${isCeiling ? 'at most' : 'at least'} 1.1`

    it(`${side} ${currency}: exactly or better`, async () => {
      for (const price of [1.1, better]) {
        const prices = { averagePrice: price, lastPrice: price }
        assertHeld(await seen('FILLED', sent, { cumQty: 1000, ...prices }), rule)
      }
    })

    it(`${side} ${currency}: and never worse`, async () => {
      assertFindings(await seen('FILLED', sent, { cumQty: 1000, averagePrice: worse }), [
        { ...finding, detail: `averagePrice ${worse}, allowed is ${bound}` },
      ])
      const told = { cumQty: 400, averagePrice: 1.1, lastPrice: worse }
      assertFindings(await seen('NEW', sent, told), [
        { ...finding, detail: `lastPrice ${worse}, allowed is ${bound}` },
      ])
    })
  }

  it('as the order tells its limit itself, where it was only asked for', async () => {
    const talk = new Talk()
    const told = { price: 1.1, cumQty: 1000, averagePrice: 1.2 }
    await talk.query('7', [orderSeen('7', 'FILLED', told)])
    assertFindings(talk, [
      { ...finding, detail: 'averagePrice 1.2, allowed is at most 1.1', exchanges: [1] },
    ])
  })

  it('but for the rounding of prices that are told in fewer decimals, to a pip', async () => {
    const sent = { price: 1.0971678 }
    for (const rounded of [1.09717, 1.0972])
      assertNotVerified(await seen('FILLED', sent, { averagePrice: rounded }), rule)
    assertFindings(await seen('FILLED', sent, { averagePrice: 1.09721 }), [
      { ...finding, detail: 'averagePrice 1.09721, allowed is at most 1.0971678' },
    ])
    const fine = await seenOnRate({}, 'FILLED', sent, { averagePrice: 1.09717 })
    assertNotVerified(fine, rule)
    const wrong = await seenOnRate({}, 'FILLED', sent, { averagePrice: 1.09718 })
    assertFindings(wrong, [
      {
        ...finding,
        detail: 'averagePrice 1.09718, allowed is at most 1.0971678',
        exchanges: [2, 3],
      },
    ])
    const finer = await seenOnRate({ offer: 1.0971678 }, 'FILLED', sent, { averagePrice: 1.09717 })
    assertFindings(finer, [
      {
        ...finding,
        detail: 'averagePrice 1.09717, allowed is at most 1.0971678',
        exchanges: [2, 3],
      },
    ])
  })

  it('however round the price is', async () => {
    const yen = { symbol: 'USD/JPY', currency: 'USD' }
    for (const [sent, averagePrice, bound] of [
      [{ price: 1.05 }, 1.1, 'at most 1.05'],
      [{ price: 1.1971678, side: 'Sell' }, 1.1, 'at least 1.1971678'],
      [{ ...yen, price: 150.51 }, 151, 'at most 150.51'],
      [{ ...yen, price: 150.511 }, 150.53, 'at most 150.511'],
    ] as const) {
      assertFindings(await seen('FILLED', sent, { averagePrice }), [
        { ...finding, detail: `averagePrice ${averagePrice}, allowed is ${bound}` },
      ])
    }
    const rounded = { averagePrice: 150.52 }
    assertNotVerified(await seen('FILLED', { ...yen, price: 150.511 }, rounded), rule)
    const sent = { price: 1.05 }
    const rate = { bid: 1, offer: 1.1 }
    assertFindings(await seenOnRate(rate, 'FILLED', sent, { averagePrice: 1.1 }), [
      { ...finding, detail: 'averagePrice 1.1, allowed is at most 1.05', exchanges: [2, 3] },
    ])
  })

  it('and for the noise of doubles', async () => {
    assertHeld(await seen('FILLED', { price: 1.1 }, { averagePrice: 1.1000000000000003 }), rule)
  })

  it('nothing dealt has no price, whatever stands there', async () => {
    const sent = { side: 'Sell', price: 1.1 }
    for (const status of ['NEW', 'EXPIRED', 'REJECTED']) {
      assertNotVerified(await seen(status, sent, { averagePrice: 0, cumQty: 0 }), rule)
      assertNotVerified(await seen(status, sent, { averagePrice: 0 }), rule)
    }
  })

  it('other types have other prices, and what is no pair has none', async () => {
    const told = { cumQty: 1000, averagePrice: 2 }
    assertSilent(await seen('FILLED', { type: 'AtBest', timeInForce: 'FOK' }, told), rule)
    assertSilent(await seen('FILLED', { type: 'Stop' }, told), rule)
    assertSilent(await seen('FILLED', { currency: 'GBP' }, told), rule)
    assertSilent(await seen('FILLED', { symbol: 'BRENT' }, told), rule)
  })
})

describe('a previously quoted order deals at its quote or better', () => {
  const rule = 'price.pq-at-quote'
  const pq = { type: 'PQ', timeInForce: 'FOK', rateId: 'r1' }
  const finding = { code: 'off-quote', rule, orderId: '7', exchanges: [1, 2, 3] }

  for (const [side, currency, isOffer] of SIDES) {
    const [quoted, better, worse] = isOffer
      ? [1.08634, 1.08633, 1.08635]
      : [1.0863, 1.08631, 1.08629]
    const sent = { ...pq, side, currency, price: quoted }

    it(`${side} ${currency}: on its side, or better`, async () => {
      for (const price of [quoted, better]) {
        const told = { cumQty: 1000, averagePrice: price, lastPrice: price }
        assertHeld(await seenOnRate({}, 'FILLED', sent, told), rule)
      }
    })

    it(`${side} ${currency}: and not worse`, async () => {
      const told = { cumQty: 1000, averagePrice: worse }
      assertFindings(await seenOnRate({}, 'FILLED', sent, told), [
        {
          ...finding,
          detail: `averagePrice ${worse}, though the ${isOffer ? 'offer' : 'bid'} was quoted at ${quoted}`,
        },
      ])
    })

    it(`${side} ${currency}: as much as it was quoted for`, async () => {
      const told = { averagePrice: worse }
      const [quotedFor, other] = isOffer ? ['offerLimit', 'bidLimit'] : ['bidLimit', 'offerLimit']
      assertSilent(await seenOnRate({ [quotedFor]: 900 }, 'FILLED', sent, told), rule)
      const { findings } = (await seenOnRate({ [other]: 900 }, 'FILLED', sent, told)).evidence()
      assert.include(
        findings.map((each) => each.rule),
        rule,
      )
    })
  }

  it('also where another price was sent, which nobody quoted', async () => {
    const sent = { ...pq, price: 1.09 }
    assertHeld(await seenOnRate({}, 'FILLED', sent, { averagePrice: 1.08634 }), rule)
    assertFindings(await seenOnRate({}, 'FILLED', sent, { averagePrice: 1.09 }), [
      { ...finding, detail: 'averagePrice 1.09, though the offer was quoted at 1.08634' },
    ])
  })

  it('a rate that was told otherwise later may be either', async () => {
    const talk = new Talk()
    await askRate(talk)
    await askRate(talk, { offer: 1.0864 })
    const sent = { ...pq, price: 1.0864 }
    await talk.place(orderSent('7', sent), orderSeen('7', 'RECEIVED', sent))
    await talk.query('7', [orderSeen('7', 'FILLED', { ...sent, averagePrice: 1.0864 })])
    const { rulesHeld, findings } = talk.evidence()
    assert.include(rulesHeld, rule)
    assert.deepEqual(
      findings.map((each) => each.rule),
      ['rate.id-distinct'],
    )
  })

  it('of a market data set, where it tells bid and offer', async () => {
    const rates = [{ rateId: 'r1', symbol: 'EUR/USD', bid: 1.1, offer: 1.2 }, { rateId: 'r2' }]
    const talk = new Talk()
    await talk.call('GET', '/marketdataset?id=x', Response.json([{ id: 'x', rates }]))
    const sent = { ...pq, price: 1.2 }
    await talk.place(orderSent('7', sent), orderSeen('7', 'RECEIVED', sent))
    await talk.query('7', [orderSeen('7', 'FILLED', { ...sent, averagePrice: 1.3 })])
    assertFindings(talk, [
      { ...finding, detail: 'averagePrice 1.3, though the offer was quoted at 1.2' },
    ])
  })

  it('of a rate that nobody saw, or of another pair, nothing is known', async () => {
    const told = { cumQty: 1000, averagePrice: 3 }
    assertNotVerified(await seen('FILLED', pq, told), rule)
    assertNotVerified(await seenOnRate({ symbol: 'GBP/USD' }, 'FILLED', pq, told), rule)
    assertNotVerified(await seenOnRate({ rateId: 'r2' }, 'FILLED', pq, told), rule)
    assertNotVerified(await seenOnRate({}, 'REJECTED', pq, { averagePrice: 0 }), rule)
  })
})

describe('a trade is at the price of its order', () => {
  const rule = 'price.trade'
  const finding = { code: 'trade-off-price', rule, orderId: '7' }

  for (const [side, currency, isCeiling] of SIDES) {
    const sent = { side, currency, price: 1.1 }
    const worse = isCeiling ? 1.1001 : 1.0999
    const bound = `${isCeiling ? 'at most' : 'at least'} 1.1`

    it(`${side} ${currency}: by the rates that it tells`, async () => {
      const talk = await seen('FILLED', sent, {})
      await talk.download(bareTrade({ side, currency, spotRate: 1.1, rate: 1.1 }))
      assertHeld(talk, rule)
      const wrong = await seen('FILLED', sent, {})
      await wrong.download(bareTrade({ side, currency, rate: worse }))
      assertFindings(wrong, [
        {
          ...finding,
          detail: `trade FXI7: rate ${worse}, allowed is ${bound}`,
          exchanges: [1, 3],
        },
      ])
    })

    it(`${side} ${currency}: by its amounts, where it tells no rate`, async () => {
      const at = (price: number) => (currency === 'EUR' ? 1000 * price : 1000 / price)
      const told = (amount: number) => Number(amount.toFixed(2))
      const trade = (settledAmount: number) =>
        bareTrade({ side, currency, dealtAmount: 1000, settledAmount })
      for (const settled of [told(at(1.1)), told(at(isCeiling ? 1.09 : 1.11))]) {
        const talk = await seen('FILLED', sent, { cumQty: 1000 })
        await talk.download(trade(settled))
        assertHeld(talk, rule)
      }
      const wrong = await seen('FILLED', sent, { cumQty: 1000 })
      await wrong.download(trade(told(at(worse))))
      assertFindings(wrong, [
        {
          ...finding,
          detail: `trade FXI7: dealt 1000 for ${told(at(worse))}, allowed is ${bound}`,
          exchanges: [1, 3],
        },
      ])
    })
  }

  it('but for the rounding of a limit that is finer, as its order may', async () => {
    for (const fields of [{ rate: 1.09717 }, { dealtAmount: 100_000, settledAmount: 109_717 }]) {
      const sent = { price: 1.0971678, size: 100_000 }
      const talk = await seenOnRate({}, 'FILLED', sent, { averagePrice: 1.09717 })
      await talk.download(bareTrade(fields))
      assertNotVerified(talk, rule)
    }
    const wrong = await seenOnRate({}, 'FILLED', { price: 1.0971678 }, {})
    await wrong.download(bareTrade({ rate: 1.09718 }))
    assertFindings(wrong, [
      {
        ...finding,
        detail: 'trade FXI7: rate 1.09718, allowed is at most 1.0971678',
        exchanges: [2, 4],
      },
    ])
  })

  it('of a previously quoted order at its quote', async () => {
    const pq = { type: 'PQ', timeInForce: 'FOK', rateId: 'r1', price: 1.08634 }
    const talk = await seenOnRate({}, 'FILLED', pq, {})
    await talk.download(bareTrade({ rate: 1.08634 }))
    assertHeld(talk, rule)
    const better = await seenOnRate({}, 'FILLED', pq, {})
    await better.download(bareTrade({ rate: 1.0863 }))
    assertHeld(better, rule)
    const large = await seenOnRate({ offerLimit: 900 }, 'FILLED', pq, {})
    await large.download(bareTrade({ rate: 1.08635 }))
    assertSilent(large, rule)
    const amounts = await seenOnRate({}, 'FILLED', pq, {})
    await amounts.download(bareTrade({ dealtAmount: 1000, settledAmount: 1086.4 }))
    assertFindings(amounts, [
      {
        ...finding,
        detail: 'trade FXI7: dealt 1000 for 1086.4, though the offer was quoted at 1.08634',
        exchanges: [1, 2, 4],
      },
    ])
    const wrong = await seenOnRate({}, 'FILLED', pq, {})
    await wrong.download(bareTrade({ rate: 1.08635 }))
    assertFindings(wrong, [
      {
        ...finding,
        detail: 'trade FXI7: rate 1.08635, though the offer was quoted at 1.08634',
        exchanges: [1, 2, 4],
      },
    ])
  })

  it('what is more than a spot trade has more than one price', async () => {
    const rated = await seen('FILLED', { price: 1.1 }, {})
    await rated.download(bareTrade({ tradeType: 'Outright', rate: 1.2 }))
    assertNotVerified(rated, rule)
    const talk = await seen('FILLED', { price: 1.1 }, {})
    await talk.download(
      bareTrade({ tradeType: 'Outright', dealtAmount: 1000, settledAmount: 9999 }),
    )
    assertNotVerified(talk, rule)
  })
})
