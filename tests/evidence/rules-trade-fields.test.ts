import { describe, it } from 'node:test'
import { bareTrade, seen, seenOnRate } from './deals.ts'
import { orderSeen, Talk, tradeOf } from './talk.ts'
import { assertFindings, assertHeld, assertNotVerified, assertSilent } from './verdicts.ts'

describe('a trade settles what it dealt at its price', () => {
  const rule = 'trade.settled'
  const finding = { code: 'trade-settled-mismatch', rule, orderId: '7' }
  const trade = (fields: object) => bareTrade({ dealtAmount: 1000, ...fields })

  it('to a unit of the other currency', async () => {
    for (const settledAmount of [1086.34, 1086.33, 1086.35]) {
      const talk = await seen('FILLED', { price: 1.1 }, {})
      await talk.download(trade({ rate: 1.08634, settledAmount }))
      assertHeld(talk, rule)
    }
    const wrong = await seen('FILLED', { price: 1.1 }, {})
    await wrong.download(trade({ rate: 1.08634, settledAmount: 1086.36 }))
    assertFindings(wrong, [
      {
        ...finding,
        detail: 'trade FXI7: settledAmount 1086.36, though 1000 × 1.08634 is 1086.34',
        exchanges: [3],
      },
    ])
  })

  it('divided where the term currency is dealt', async () => {
    const sent = { currency: 'USD', side: 'Sell', price: 1.1 }
    const talk = await seen('FILLED', sent, {})
    await talk.download(trade({ ...sent, rate: 1.1, settledAmount: 909.09 }))
    assertHeld(talk, rule)
    const wrong = await seen('FILLED', sent, {})
    await wrong.download(trade({ ...sent, rate: 1.1, settledAmount: 1100 }))
    assertFindings(wrong, [
      {
        ...finding,
        detail: 'trade FXI7: settledAmount 1100, though 1000 ÷ 1.1 is 909.09',
        exchanges: [3],
      },
    ])
  })

  it('and nothing is known where it tells no price', async () => {
    const talk = await seen('FILLED', {}, {})
    await talk.download(trade({ tradeType: 'Outright', rate: 1.09, settledAmount: 1 }))
    await talk.download(trade({ tradeId: 'T', dealtAmount: undefined, rate: 1.09 }))
    assertNotVerified(talk, rule)
  })

  it('all trades together what the order settles', async () => {
    const told = { cumQty: 1000, settlCurrAmt: 1086.34 }
    const parts = (one: number, other: number) =>
      [one, other].map((settledAmount, at) =>
        tradeOf('7', { tradeId: `T${at}`, dealtAmount: 500, settledAmount }),
      )
    const talk = await seen('FILLED', {}, told)
    await talk.download(...parts(543.17, 543.19))
    assertHeld(talk, rule)
    const wrong = await seen('FILLED', {}, told)
    await wrong.download(...parts(543.17, 543.2))
    assertFindings(wrong, [
      { ...finding, detail: 'the order settles 1086.34, its trades 1086.37', exchanges: [2, 3] },
    ])
    const some = await seen('FILLED', {}, told)
    await some.download(...parts(1, 1).slice(1))
    assertNotVerified(some, rule)
  })

  it('but for the rounding of an average of several prices', async () => {
    const told = { cumQty: 1000, averagePrice: 1.0863, settlCurrAmt: 1086.3 }
    const parts = [543.1, 543.23].map((settledAmount, at) =>
      tradeOf('7', { tradeId: `T${at}`, dealtAmount: 500, settledAmount }),
    )
    const talk = await seenOnRate({}, 'FILLED', { price: 1.1 }, told)
    await talk.download(...parts)
    assertHeld(talk, rule)
  })
})

describe('a trade names the rate of its order', () => {
  const rule = 'trade.rate-id'
  const pq = { type: 'PQ', timeInForce: 'FOK', rateId: 'r1' }

  it('where it names one', async () => {
    const talk = await seen('FILLED', pq, {})
    await talk.download(tradeOf('7', { rateId: '' }))
    assertNotVerified(talk, rule)
    await talk.download(tradeOf('7', { tradeId: 'T', dealtAmount: 0, rateId: 'r1' }))
    assertHeld(talk, rule)
    const wrong = await seen('FILLED', pq, {})
    await wrong.download(tradeOf('7', { rateId: 'r2' }))
    assertFindings(wrong, [
      {
        code: 'trade-of-other-rate',
        rule,
        orderId: '7',
        detail: 'trade FXI7: names rate r2, its order r1',
        exchanges: [1, 3],
      },
    ])
  })

  it('which rate the trade of a limit order may name, nobody says', async () => {
    const talk = await seen('FILLED', { rateId: 'r1' }, {})
    await talk.download(tradeOf('7', { rateId: 'r2' }))
    assertNotVerified(talk, rule)
  })
})

describe('a trade id belongs to one order', () => {
  const rule = 'trade.id-unique'
  const two = async () => {
    const talk = new Talk()
    for (const id of ['7', '8']) await talk.order(id, 'Limit', 'RECEIVED', 'FILLED')
    await talk.download(tradeOf('7'))
    return talk
  }

  it('as two orders show', async () => {
    const talk = await two()
    assertNotVerified(talk, rule)
    await talk.download(tradeOf('8'))
    assertHeld(talk, rule)
  })

  it('or to both sides of it, where they were dealt with each other', async () => {
    const talk = await two()
    await talk.download(tradeOf('8', { tradeId: 'FXI7', maker: true }))
    assertSilent(talk, rule)
  })

  it('and not to two', async () => {
    const talk = await two()
    await talk.download(tradeOf('8', { tradeId: 'FXI7' }))
    assertFindings(talk, [
      {
        code: 'trade-id-reused',
        rule,
        orderId: '8',
        detail: 'trade FXI7 is of order 7, and of 8',
        exchanges: [5, 6],
      },
    ])
  })

  it('what the trades of others are called is theirs', async () => {
    const talk = await two()
    await talk.download(tradeOf('9', { tradeId: 'FXI7' }))
    assertNotVerified(talk, rule)
  })
})

describe('a trade was executed between its placing and its download', () => {
  const rule = 'trade.execution'
  const at = async (executionTime: string, headers: Record<string, string> = {}) => {
    const talk = await seen('FILLED', {}, {})
    const trades = Response.json([tradeOf('7', { executionTime })], { headers })
    await talk.call('GET', '/v2/trades/stp/messages', trades)
    return talk
  }
  const finding = { code: 'wrong-execution-time', rule, orderId: '7' }

  it('by clocks that may be ten minutes apart', async () => {
    for (const time of ['09:00:00,020', '08:50:10,000', '09:09:50,000'])
      assertHeld(await at(`2026-01-05 ${time} +0000`), rule)
    assertHeld(await at('2026-01-05 11:00:00,020 +0200'), rule)
  })

  it('not before', async () => {
    assertFindings(await at('2026-01-05 08:49:00,000 +0000'), [
      {
        ...finding,
        detail: 'trade FXI7: executed 2026-01-05 08:49:00,000 +0000, before its order was placed',
        exchanges: [1, 3],
      },
    ])
  })

  it('and not after', async () => {
    assertFindings(await at('2026-01-05 09:11:00,000 +0000'), [
      {
        ...finding,
        detail: 'trade FXI7: executed 2026-01-05 09:11:00,000 +0000, after it was downloaded',
        exchanges: [3],
      },
    ])
  })

  it('by the clock of the server, where it tells its date', async () => {
    const headers = { Date: 'Mon, 05 Jan 2026 12:00:00 GMT' }
    assertHeld(await at('2026-01-05 12:00:00,000 +0000', headers), rule)
  })

  it('where it is told, and the placing is known', async () => {
    const silent = await seen('FILLED', {}, {})
    await silent.download(tradeOf('7'))
    assertNotVerified(silent, rule)
    const talk = new Talk()
    await talk.query('7', [orderSeen('7', 'FILLED')])
    await talk.download(tradeOf('7', { executionTime: '2025-01-05 09:00:00,000 +0000' }))
    assertNotVerified(talk, rule)
  })
})
