import { describe, it } from 'node:test'
import { assert } from 'chai'
import { pollInVain } from './deals.ts'
import { orderSeen, orderSent, Talk, tradeOf } from './talk.ts'
import { assertFindings, assertHeld, assertNotVerified, assertSilent } from './verdicts.ts'

/** An order of 1000 that ended so; the placing is exchange 1, the end exchange 2. */
async function ended(status: string, cumQty?: number, type = 'Limit'): Promise<Talk> {
  const talk = new Talk()
  await talk.order('7', type, 'RECEIVED')
  await talk.query('7', [orderSeen('7', status, { type, cumQty })])
  return talk
}

describe('a trade agrees with its order', () => {
  it('in all that both tell', async () => {
    const talk = await ended('FILLED', 1000)
    await talk.download(tradeOf('7'))
    assertHeld(talk, 'trade.agrees')
  })

  it('and little of both shows nothing', async () => {
    const talk = await ended('FILLED', 1000)
    await talk.download({ orderId: '7', tradeId: 'T', coId: 'c7' })
    assertSilent(talk, 'trade.agrees')
  })

  for (const [field, value, detail] of [
    ['coId', 'c8', 'coId: the order has c7, the trade c8'],
    ['side', 'Sell', 'side: the order has Buy, the trade Sell'],
    ['symbol', 'USD/JPY', 'symbol: the order has EUR/USD, the trade USD/JPY'],
    ['currency', 'USD', 'currency: the order has EUR, the trade USD'],
  ] as const) {
    it(`and not otherwise: ${field}`, async () => {
      const talk = await ended('FILLED', 1000)
      await talk.download(tradeOf('7', { [field]: value }))
      assertFindings(talk, [
        {
          code: 'trade-mismatch',
          rule: 'trade.agrees',
          orderId: '7',
          detail: `trade FXI7: ${detail}`,
          exchanges: [1, 3],
        },
      ])
    })
  }

  it('of an order that was only asked for, too', async () => {
    const talk = new Talk()
    await talk.query('7', [orderSeen('7', 'FILLED')])
    await talk.download(tradeOf('7', { side: 'Sell' }))
    assert.deepEqual(
      talk.evidence().findings.map(({ rule }) => rule),
      ['trade.agrees'],
    )
  })

  it('while trades of others may be as they like', async () => {
    const talk = await ended('FILLED', 1000)
    await talk.download(tradeOf('8', { status: 'Odd', side: 7 }), { orderId: '9' }, tradeOf('7'))
    assertHeld(talk, 'trade.agrees')
  })
})

describe('trades add up to what was dealt', () => {
  const parts = (...amounts: readonly number[]) =>
    amounts.map((dealtAmount, at) => tradeOf('7', { tradeId: `T${at}`, dealtAmount }))

  it('to the last digit', async () => {
    const talk = await ended('EXPIRED', 0.3)
    await talk.download(...parts(0.1, 0.2))
    assertHeld(talk, 'trade.amount')
  })

  it('in several downloads, and again after a resend', async () => {
    const talk = await ended('FILLED', 1000)
    await talk.download(...parts(400))
    await talk.download(...parts(0, 600).slice(1))
    await talk.resend()
    await talk.download(tradeOf('7', { tradeId: 'T1', dealtAmount: 600, event: 'RESEND' }))
    assertHeld(talk, 'trade.amount')
  })

  it('to the size where a filled order tells no amount', async () => {
    const talk = await ended('FILLED')
    await talk.download(...parts(1000))
    assertHeld(talk, 'trade.amount')
  })

  it('and never to more', async () => {
    const talk = await ended('EXPIRED', 900)
    await talk.download(...parts(400))
    await talk.download(...parts(0, 501).slice(1))
    assertFindings(talk, [
      {
        code: 'trade-amount',
        rule: 'trade.amount',
        orderId: '7',
        detail: 'the order dealt 900, its trades 901',
        exchanges: [2, 3, 4],
      },
    ])
  })

  it('where nothing may have been lost on the way', async () => {
    const talk = await ended('FILLED', 1000)
    await talk.download(...parts(400))
    await talk.call('GET', '/v2/trades/stp/messages', new Error('reset'))
    await pollInVain(talk)
    talk.pass(10_000)
    await talk.download()
    assertNotVerified(talk, 'trade.amount')
  })

  it('to the size of a filled order that told a part before, and then no more', async () => {
    const talk = await ended('NEW', 400)
    await talk.query('7', [orderSeen('7', 'FILLED')])
    await talk.download(...parts(400, 600))
    assertHeld(talk, 'trade.amount')
  })

  it('nor to less, once all that is to come has had its time', async () => {
    const talk = await ended('FILLED', 1000)
    await talk.download(...parts(400))
    await talk.download()
    talk.pass(10_000)
    await talk.download()
    assertNotVerified(talk, 'trade.amount')
    await talk.download()
    assertFindings(talk, [
      {
        code: 'trade-amount',
        rule: 'trade.amount',
        orderId: '7',
        detail: 'the order dealt 1000, its trades 400',
        exchanges: [2, 3, 6],
      },
    ])
  })

  it('where the trades tell amounts at all, and the order has ended', async () => {
    const silent = await ended('FILLED', 1000)
    await silent.download(...parts(400), tradeOf('7', { dealtAmount: undefined }))
    silent.pass(20_000)
    await silent.download()
    assertNotVerified(silent, 'trade.amount')
    const working = await ended('NEW', 600)
    await working.download(...parts(700))
    assertNotVerified(working, 'trade.amount')
  })
})

describe('what was not dealt has no trade', () => {
  for (const [status, cumQty] of [
    ['REJECTED', undefined],
    ['EXPIRED', 0],
    ['CANCELED', 0],
  ] as const) {
    const name = `${status}, ${cumQty ?? 'nothing'} dealt`

    it(`${name}: none comes`, async () => {
      const talk = await ended(status, cumQty)
      await pollInVain(talk)
      talk.pass(9_900)
      await talk.download()
      assertNotVerified(talk, 'trade.only-dealt')
      talk.pass(80)
      await talk.download()
      assertHeld(talk, 'trade.only-dealt')
    })

    it(`${name}: one that comes is a finding`, async () => {
      const talk = await ended(status, cumQty)
      await talk.download(tradeOf('7', { dealtAmount: 400 }))
      assertFindings(talk, [
        {
          code: 'trade-for-unfilled',
          rule: 'trade.only-dealt',
          orderId: '7',
          detail: `the order ended ${status}${status === 'REJECTED' ? '' : ' with nothing dealt'}, and has trade FXI7`,
          exchanges: [2, 3],
        },
      ])
    })
  }

  it('and where nobody told what was dealt before the end, a part may have been', async () => {
    const talk = await ended('EXPIRED', undefined)
    await talk.download(tradeOf('7', { dealtAmount: 400 }))
    assertNotVerified(talk, 'trade.only-dealt')
    await pollInVain(talk)
    talk.pass(20_000)
    await talk.download()
    assertNotVerified(talk, 'trade.only-dealt')
  })

  it('a limit order may be REJECTED after a part was dealt, and has the trade of the part', async () => {
    const talk = await ended('NEW', 400)
    await talk.query('7', [orderSeen('7', 'REJECTED', { cumQty: 400 })])
    await talk.download(tradeOf('7', { dealtAmount: 400 }))
    assertNotVerified(talk, 'trade.only-dealt')
    assertHeld(talk, 'trade.amount')
    assertHeld(talk, 'trade.in-time')
  })

  it('but one that is dealt whole or not at all has none then, whatever it says', async () => {
    const talk = await ended('REJECTED', 400, 'PQ')
    await talk.download(tradeOf('7', { dealtAmount: 400 }))
    assert.deepEqual(
      talk.evidence().findings.map(({ rule }) => rule),
      ['size.all-or-nothing', 'size.rejected-nothing', 'trade.only-dealt'],
    )
  })

  it('and where an answer was lost, it does not show that there was none', async () => {
    const talk = await ended('EXPIRED', 0)
    await talk.call('GET', '/v2/trades/stp/messages', new Response('', { status: 504 }))
    await pollInVain(talk)
    talk.pass(10_000)
    await talk.download()
    assertNotVerified(talk, 'trade.only-dealt')
  })

  for (const status of ['EXPIRED', 'CANCELED']) {
    it(`${status} with a part dealt has the trade of the part`, async () => {
      const talk = await ended(status, 400)
      await talk.download(tradeOf('7', { dealtAmount: 400 }))
      assertNotVerified(talk, 'trade.only-dealt')
      assertHeld(talk, 'trade.amount')
    })
  }

  it('an amount that was told before the end counts', async () => {
    const talk = await ended('NEW', 400)
    await talk.query('7', [orderSeen('7', 'EXPIRED')])
    await talk.download(tradeOf('7', { dealtAmount: 400 }))
    assertHeld(talk, 'trade.amount')
  })
})

describe('what may be downloaded', () => {
  const rule = 'trade.verified'

  it('is Verified', async () => {
    const talk = await ended('FILLED', 1000)
    await talk.download(tradeOf('7'))
    assertHeld(talk, rule)
  })

  it('and nothing else', async () => {
    const talk = await ended('FILLED', 1000)
    await talk.download(tradeOf('7', { status: 'Pending' }))
    assertFindings(talk, [
      {
        code: 'trade-not-verified',
        rule,
        orderId: '7',
        detail: 'trade FXI7: its status is Pending',
        exchanges: [3],
      },
    ])
  })
})

describe('a trade comes once', () => {
  const twice = (first: object, second: object) => async (talk: Talk) => {
    await talk.download(tradeOf('7', { ...first }))
    await talk.download(tradeOf('7', { ...second }))
  }

  it('and not again', async () => {
    const talk = await ended('FILLED', 1000)
    await talk.download(tradeOf('7'))
    assertNotVerified(talk, 'trade.once')
    await talk.download()
    assertHeld(talk, 'trade.once')
  })

  for (const event of ['NEW', undefined]) {
    it(`marked ${event ?? 'nothing'} again, it is a finding`, async () => {
      const talk = await ended('FILLED', 1000)
      await twice({ event }, { event })(talk)
      assertFindings(talk, [
        {
          code: 'duplicate-trade',
          rule: 'trade.once',
          orderId: '7',
          detail: 'trade FXI7 came again without a resend',
          exchanges: [3, 4],
        },
      ])
    })
  }

  it('twice in one answer is twice', async () => {
    const talk = await ended('FILLED', 1000)
    await talk.download(tradeOf('7'), tradeOf('7'))
    assert.deepEqual(
      talk.evidence().findings.map(({ rule }) => rule),
      ['trade.once'],
    )
  })

  it('but again after a resend, also one whose answer was lost', async () => {
    for (const answer of [new Response(), new Error('reset')]) {
      const talk = await ended('FILLED', 1000)
      await talk.download(tradeOf('7', { event: undefined }))
      await talk.call('POST', '/v2/trades/stp/resend', answer, { body: {} })
      await talk.download(tradeOf('7', { event: undefined }))
      await talk.download()
      assertHeld(talk, 'trade.once')
    }
  })

  it('or marked RESEND, which another consumer may have asked for', async () => {
    const talk = await ended('FILLED', 1000)
    await twice({}, { event: 'RESEND' })(talk)
    await talk.download()
    assertHeld(talk, 'trade.once')
  })

  it('a resend that comes later is no excuse', async () => {
    const talk = await ended('FILLED', 1000)
    await twice({}, {})(talk)
    await talk.resend()
    assert.deepEqual(
      talk.evidence().findings.map(({ rule, exchanges }) => ({ rule, exchanges })),
      [{ rule: 'trade.once', exchanges: [3, 4] }],
    )
  })

  it('after one resend only once again', async () => {
    const talk = await ended('FILLED', 1000)
    await talk.download(tradeOf('7'))
    await talk.resend()
    await twice({ event: 'RESEND' }, { event: 'NEW' })(talk)
    assertFindings(talk, [
      {
        code: 'duplicate-trade',
        rule: 'trade.once',
        orderId: '7',
        detail: 'trade FXI7 came again without a resend',
        exchanges: [5, 6],
      },
    ])
  })

  it('to each session of a user, which may count by itself, and no more', async () => {
    const PATH = '/v2/trades/stp/messages'
    const of = (token: string) => ({ headers: { SSO_TOKEN: token } })
    const talk = new Talk()
    await talk.order('7', 'Limit', 'RECEIVED', 'FILLED')
    for (const token of ['one', 'other']) {
      await talk.call('GET', PATH, Response.json([tradeOf('7')]), of(token))
    }
    assertSilent(talk, 'trade.once')
    await talk.call('GET', PATH, Response.json([]), of('third'))
    assertSilent(talk, 'trade.once')
    await talk.call('GET', PATH, Response.json([tradeOf('7')]), of('one'))
    const found = talk.evidence().findings.filter(({ rule }) => rule === 'trade.once')
    assert.deepEqual(
      found.map(({ exchanges }) => exchanges),
      [[3, 6]],
    )
  })

  it('and again when it was amended', async () => {
    const talk = await ended('FILLED', 1000)
    await twice({}, { event: 'AMEND' })(talk)
    await talk.download()
    assertHeld(talk, 'trade.once')
  })

  it('to each of two users, who may count as two, and no more', async () => {
    const talk = new Talk()
    await talk.login('Ada')
    await talk.login('Grace')
    await talk.order('7', 'Limit', 'RECEIVED', 'FILLED')
    await twice({}, {})(talk)
    assertNotVerified(talk, 'trade.once')
    await talk.download(tradeOf('7'))
    assert.deepEqual(
      talk.evidence().findings.map(({ rule, exchanges }) => ({ rule, exchanges })),
      [{ rule: 'trade.once', exchanges: [5, 6, 7] }],
    )
  })

  it('also of an order whose answer was lost, while trades of others do not matter', async () => {
    const talk = new Talk()
    await talk.place(orderSent('7'), new Error('reset'))
    await talk.download(tradeOf('7'), tradeOf('8'))
    await talk.download(tradeOf('7'), tradeOf('8'))
    assert.deepEqual(
      talk.evidence().findings.map(({ rule, orderId }) => ({ rule, orderId })),
      [{ rule: 'trade.once', orderId: '7' }],
    )
  })
})
