import { describe, it } from 'node:test'
import { assert } from 'chai'
import { seen, seenOnRate } from './deals.ts'
import { orderSeen, orderSent, Talk, tradeOf } from './talk.ts'
import { assertFindings, assertHeld, assertNotVerified, assertSilent, toldOf } from './verdicts.ts'

/** What rules found against order 7, and in which exchanges. */
const breach = (code: string, rule: string, detail: string, exchanges = [1, 2]) => ({
  ...{ code, rule, orderId: '7', detail, exchanges },
})

describe('never more than its size is dealt of an order', () => {
  const rule = 'size.never-more'

  it('as it says itself', async () => {
    assertHeld(await seen('NEW', {}, { cumQty: 400 }), rule)
    assertHeld(await seen('EXPIRED', {}, { cumQty: 1000 }), rule)
    assertFindings(await seen('EXPIRED', {}, { cumQty: 1000.01 }), [
      breach('dealt-too-much', rule, 'cumQty 1000.01 of a size of 1000'),
    ])
  })

  it('but for the noise of doubles', async () => {
    const told = { cumQty: 0.1 + 0.2 }
    assertHeld(await seen('FILLED', { size: 0.3 }, told), rule)
  })

  it('and as its trades add up', async () => {
    const talk = await seen('NEW', {}, {})
    await talk.download(tradeOf('7', { tradeId: 'T1', dealtAmount: 600 }))
    assertHeld(talk, rule)
    await talk.download(tradeOf('7', { tradeId: 'T2', dealtAmount: 400.01 }))
    assertFindings(talk, [
      breach('dealt-too-much', rule, 'its trades add up to 1000.01, the size is 1000', [1, 3, 4]),
    ])
  })

  it('a trade that is sent again is dealt once', async () => {
    const talk = await seen('FILLED', {}, {})
    await talk.download(tradeOf('7'))
    await talk.resend()
    await talk.download(tradeOf('7', { event: 'RESEND' }))
    assertHeld(talk, rule)
  })

  it('nothing dealt, and a size that is none, say nothing', async () => {
    assertNotVerified(await seen('NEW', {}, { cumQty: 0 }), rule)
    const none = { cumQty: 0, leavesQty: 0 }
    assertNotVerified(await seen('REJECTED', { size: -1 }, none), rule)
  })
})

describe('all or nothing', () => {
  const rule = 'size.all-or-nothing'

  for (const [kind, sent] of [
    ['PQ', { type: 'PQ' }],
    ['PQ', { type: 'PQ', timeInForce: 'GTC' }],
    ['FOK', { timeInForce: 'FOK' }],
  ] as const) {
    it(`${kind} ${JSON.stringify(sent)}`, async () => {
      assertHeld(await seen('FILLED', sent, { cumQty: 1000 }), rule)
      for (const cumQty of [0, 400]) assertNotVerified(await seen('NEW', sent, { cumQty }), rule)
      const { findings } = (await seen('FILLED', sent, { cumQty: 400 })).evidence()
      assert.deepInclude(
        findings.map(toldOf),
        breach('dealt-in-part', rule, `cumQty 400 of a ${kind} order of 1000`),
      )
    })
  }

  it('is not for others', async () => {
    for (const timeInForce of ['IOC', 'GTC', 'GTT', 'DAY'])
      assertSilent(await seen('EXPIRED', { timeInForce }, { cumQty: 400 }), rule)
  })
})

describe('FILLED is whole', () => {
  const rule = 'size.filled-whole'

  it('by what is told of it', async () => {
    assertHeld(await seen('FILLED', {}, { cumQty: 1000, leavesQty: 0 }), rule)
    assertHeld(await seen('FILLED', {}, { cumQty: 1000 }), rule)
    assertHeld(await seen('FILLED', {}, { leavesQty: 0 }), rule)
    assertNotVerified(await seen('FILLED', {}, {}), rule)
    assertNotVerified(await seen('EXPIRED', {}, { cumQty: 400, leavesQty: 0 }), rule)
  })

  it('and not a part', async () => {
    assertFindings(await seen('FILLED', {}, { cumQty: 999, leavesQty: 0 }), [
      breach('filled-in-part', rule, 'FILLED with cumQty 999 and leavesQty 0 of a size of 1000'),
    ])
    assertFindings(await seen('FILLED', {}, { leavesQty: 1 }), [
      breach('filled-in-part', rule, 'FILLED with leavesQty 1 of a size of 1000'),
    ])
  })
})

describe('REJECTED is nothing', () => {
  const rule = 'size.rejected-nothing'

  it('as far as it is told', async () => {
    for (const sent of [{ type: 'PQ' }, { timeInForce: 'FOK' }]) {
      assertHeld(await seen('REJECTED', sent, { cumQty: 0 }), rule)
      assertNotVerified(await seen('REJECTED', sent, {}), rule)
      assertFindings(await seen('REJECTED', sent, { cumQty: 1000 }), [
        breach('rejected-but-dealt', rule, 'REJECTED with cumQty 1000'),
      ])
    }
  })

  it('but for a part that another order had dealt before', async () => {
    for (const sent of [{}, { timeInForce: 'IOC' }]) {
      assertNotVerified(await seen('REJECTED', sent, { cumQty: 400, leavesQty: 0 }), rule)
    }
  })
})

describe('what is dealt and what is open', () => {
  const rule = 'size.adds-up'

  it('are the size while it is NEW', async () => {
    assertHeld(await seen('NEW', {}, { cumQty: 400, leavesQty: 600 }), rule)
    for (const leavesQty of [599, 601]) {
      assertFindings(await seen('NEW', {}, { cumQty: 400, leavesQty }), [
        breach(
          'size-mismatch',
          rule,
          `NEW with cumQty 400 and leavesQty ${leavesQty} of a size of 1000`,
        ),
      ])
    }
  })

  it('whatever a partly dealt order is called', async () => {
    const told = { cumQty: 400, leavesQty: 600 }
    assertHeld(await seen('PARTIALLY_FILLED', {}, told), rule)
  })

  it('and no more than that at any other time', async () => {
    assertHeld(await seen('EXPIRED', {}, { cumQty: 400, leavesQty: 0 }), rule)
    assertHeld(await seen('EXPIRED', {}, { cumQty: 400, leavesQty: 600 }), rule)
    assertHeld(await seen('RECEIVED', {}, { cumQty: 0, leavesQty: 0 }), rule)
    assertFindings(await seen('CANCELED', {}, { cumQty: 400, leavesQty: 601 }), [
      breach('size-mismatch', rule, 'CANCELED with cumQty 400 and leavesQty 601 of a size of 1000'),
    ])
  })

  it('say nothing where one is not told', async () => {
    assertNotVerified(await seen('NEW', {}, { cumQty: 400 }), rule)
    assertNotVerified(await seen('NEW', {}, { leavesQty: 400 }), rule)
  })
})

describe('what is dealt never becomes less', () => {
  const rule = 'size.dealt-grows'

  it('from query to query', async () => {
    const talk = await seen('NEW', {}, { cumQty: 400 })
    assertNotVerified(talk, rule)
    await talk.query('7', [orderSeen('7', 'NEW')])
    assertNotVerified(talk, rule)
    await talk.query('7', [orderSeen('7', 'NEW', { cumQty: 400 })])
    assertHeld(talk, rule)
    await talk.query('7', [orderSeen('7', 'EXPIRED', { cumQty: 399 })])
    assertFindings(talk, [breach('dealt-shrinks', rule, 'cumQty 400, then 399', [4, 5])])
  })

  it('of two queries at once either may have been answered first', async () => {
    const talk = await seen('NEW', {}, { cumQty: 400 })
    const last = talk.transcript.whole.at(-1)
    if (!last) throw new Error('there is a query')
    const body = JSON.stringify([orderSeen('7', 'NEW', { cumQty: 0 })])
    const number = talk.transcript.nextNumber()
    talk.transcript.record({ ...last, number, response: { status: 200, headers: [], body } })
    assertSilent(talk, rule)
  })

  it('nothing cannot become less', async () => {
    const talk = await seen('NEW', {}, { cumQty: 0 })
    await talk.query('7', [orderSeen('7', 'NEW', { cumQty: 0 })])
    assertNotVerified(talk, rule)
  })
})

describe('the last fill', () => {
  const rule = 'size.last-fill'

  it('is a part of what is dealt', async () => {
    assertHeld(await seen('NEW', {}, { cumQty: 400, lastQty: 400 }), rule)
    assertNotVerified(await seen('NEW', {}, { cumQty: 0, lastQty: 0 }), rule)
    assertFindings(await seen('NEW', {}, { cumQty: 400, lastQty: 401 }), [
      breach('last-fill-too-much', rule, 'lastQty 401 of cumQty 400'),
    ])
  })
})

describe('an order settles what it dealt at its average price', () => {
  const rule = 'size.settled'
  const one = (cumQty: number, price: number, settlCurrAmt: number) => ({
    ...{ cumQty, lastQty: cumQty, averagePrice: price, lastPrice: price, settlCurrAmt },
  })
  const size = 100_000
  const usd = { size, currency: 'USD', side: 'Sell', price: 1.1 }
  const yen = { size, symbol: 'USD/JPY', currency: 'USD', price: 150 }

  it('of one fill to a unit of the other currency', async () => {
    for (const [sent, told] of [
      [{ size, price: 1.1 }, one(size, 1.08634, 108_634)],
      [{ size, price: 1.1 }, one(size, 1.08634, 108_634.01)],
      [usd, one(size, 1.08634, 92_052.21)],
      [yen, one(size, 149.3725, 14_937_250)],
      [yen, one(size, 149.3725, 14_937_251)],
    ] as const)
      assertHeld(await seen('FILLED', sent, told), rule)
  })

  it('and not otherwise', async () => {
    const text = (settled: string, sum: string) => `settlCurrAmt ${settled}, though 100000 ${sum}`
    for (const [sent, told, detail] of [
      [{ size, price: 1.1 }, one(size, 1.08634, 108_634.02), ['108634.02', '× 1.08634 is 108634']],
      [usd, one(size, 1.08634, 108_634), ['108634', '÷ 1.08634 is 92052.21']],
      [yen, one(size, 149.372, 14_937_202), ['14937202', '× 149.372 is 14937200']],
    ] as const) {
      assertFindings(await seen('FILLED', sent, told), [
        breach('settled-mismatch', rule, text(detail[0], detail[1])),
      ])
    }
  })

  it('of several fills to their rounding and to that of their average', async () => {
    const told = (settlCurrAmt: number) => ({
      ...{ cumQty: size, lastQty: 40_000, lastPrice: 1.08634, averagePrice: 1.08632 },
      settlCurrAmt,
    })
    const sent = { size, price: 1.1 }
    // One point of the average is 1 here, and a hundred fills may each be a cent off.
    assertHeld(await seenOnRate({}, 'FILLED', sent, told(108_633.9)), rule)
    const wrong = await seenOnRate({}, 'FILLED', sent, told(108_634.1))
    assertFindings(wrong, [
      breach(
        'settled-mismatch',
        rule,
        'settlCurrAmt 108634.1, though 100000 × 1.08632 is 108632',
        [2, 3],
      ),
    ])
  })

  it('of whose average a pip is open where no rate was seen, however round it is', async () => {
    const told = (settlCurrAmt: number) => ({ cumQty: size, averagePrice: 1.1, settlCurrAmt })
    const sent = { size, price: 1.2 }
    assertHeld(await seen('FILLED', sent, told(110_010)), rule)
    assertFindings(await seen('FILLED', sent, told(110_012)), [
      breach('settled-mismatch', rule, 'settlCurrAmt 110012, though 100000 × 1.1 is 110000'),
    ])
  })

  it('of which fewer are off, once their trades are known', async () => {
    const told = { cumQty: size, averagePrice: 1.08632, settlCurrAmt: 108_633.5 }
    const sent = { size, price: 1.1 }
    const talk = await seenOnRate({}, 'FILLED', sent, told)
    assertHeld(talk, rule)
    await talk.download(
      ...[60_000, 40_000].map((dealtAmount, at) =>
        tradeOf('7', { tradeId: `T${at}`, dealtAmount }),
      ),
    )
    assert.deepEqual(
      talk.evidence().findings.map((finding) => finding.rule),
      [rule],
    )
  })

  it('where all of it is told, and something was dealt', async () => {
    const sent = { size, price: 1.1 }
    for (const missing of ['cumQty', 'averagePrice', 'settlCurrAmt']) {
      const told = { ...one(size, 1.08634, 1), [missing]: undefined }
      assertNotVerified(await seen('FILLED', sent, told), rule)
    }
    assertNotVerified(await seen('NEW', sent, one(0, 0, 0)), rule)
  })

  it('in amounts of any size, sent as text or not', async () => {
    const talk = new Talk()
    const sent = { size: '9000000', price: '1.2' }
    await talk.place(orderSent('7', sent), orderSeen('7', 'RECEIVED', { size: 9e6, price: 1.2 }))
    const told = { size: 9e6, price: 1.2, ...one(9e6, 1.1652, 10_486_800) }
    await talk.query('7', [orderSeen('7', 'FILLED', told)])
    assert.include(talk.evidence().rulesHeld, rule)
  })
})
