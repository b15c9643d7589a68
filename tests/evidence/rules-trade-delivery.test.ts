import { describe, it } from 'node:test'
import { assert } from 'chai'
import { pollInVain, seen } from './deals.ts'
import { orderSeen, orderSent, Talk, tradeOf } from './talk.ts'
import { assertFindings, assertHeld, assertNotVerified } from './verdicts.ts'

const PATH = '/v2/trades/stp/messages'
const filled = () => seen('FILLED', {}, { cumQty: 1000 })
const filledLong = async () => {
  const talk = await filled()
  await pollInVain(talk)
  return talk
}
const lost = (talk: Talk) => talk.call('GET', PATH, new Error('reset'))
const rulesOf = (talk: Talk) => talk.evidence().findings.map(({ rule }) => rule)

describe('the first time a trade is NEW', () => {
  const rule = 'trade.first-new'

  it('where it is marked', async () => {
    const talk = await filled()
    await talk.download(tradeOf('7'))
    assertHeld(talk, rule)
    const unmarked = await filled()
    await unmarked.download(tradeOf('7', { event: undefined }))
    assertNotVerified(unmarked, rule)
  })

  it('and nothing else', async () => {
    const talk = await filled()
    await talk.download(tradeOf('7', { event: 'SENT' }))
    assertFindings(talk, [
      {
        code: 'first-not-new',
        rule,
        orderId: '7',
        detail: 'trade FXI7 came for the first time, marked SENT',
        exchanges: [3],
      },
    ])
  })

  it('unless another consumer had it before, and had it sent again, or it was changed meanwhile', async () => {
    for (const event of ['RESEND', 'AMEND', 'Amended', 'CANCEL']) {
      const talk = await filled()
      await talk.download(tradeOf('7', { event }))
      assertNotVerified(talk, rule)
    }
  })

  it('unless something was sent again: it may have been consumed by an answer that was lost', async () => {
    const talk = await filled()
    await talk.resend()
    await talk.download(tradeOf('7', { event: 'RESEND' }))
    assertNotVerified(talk, rule)
  })
})

describe('after a resend a trade is marked RESEND', () => {
  const rule = 'trade.resent-mark'
  const again = async (event: string | undefined, answer: Response | Error = new Response()) => {
    const talk = await filled()
    await talk.download(tradeOf('7'))
    await talk.call('POST', '/v2/trades/stp/resend', answer, { body: {} })
    await talk.download(tradeOf('7', { event }))
    return talk
  }

  it('where it is marked', async () => {
    assertHeld(await again('RESEND'), rule)
    assertHeld(await again('RESEND', new Error('reset')), rule)
    assertNotVerified(await again(undefined), rule)
    assertNotVerified(await again('AMEND'), rule)
  })

  it('and not NEW', async () => {
    assertFindings(await again('NEW'), [
      {
        code: 'resent-not-marked',
        rule,
        orderId: '7',
        detail: 'trade FXI7 came again after a resend, marked NEW',
        exchanges: [3, 4, 5],
      },
    ])
  })

  it('a resend that was refused marks nothing', async () => {
    assertNotVerified(await again('NEW', new Response('', { status: 404 })), rule)
  })

  it('for the second of two users it may be NEW', async () => {
    const talk = new Talk()
    await talk.login('Ada')
    await talk.login('Grace')
    await talk.order('7', 'Limit', 'RECEIVED', 'FILLED')
    await talk.download(tradeOf('7'))
    await talk.resend()
    await talk.download(tradeOf('7'))
    assertNotVerified(talk, rule)
  })
})

describe('a resend brings again what was downloaded before', () => {
  const rule = 'trade.resent'
  const resend = (talk: Talk, startDate: string, endDate: string, status = 200) =>
    talk.call('POST', '/v2/trades/stp/resend', new Response('', { status }), {
      body: { startDate: `${startDate} +0000`, endDate: `${endDate} +0000` },
    })
  const WIDE = ['2026-01-04 00:00:00,000', '2026-01-07 00:00:00,000'] as const
  const downloaded = async () => {
    const talk = await filled()
    await talk.download(tradeOf('7'))
    return talk
  }

  it('as was seen', async () => {
    const talk = await downloaded()
    await resend(talk, ...WIDE)
    await talk.download()
    assertNotVerified(talk, rule)
    await talk.download(tradeOf('7', { event: 'RESEND' }))
    assertHeld(talk, rule)
  })

  it('in the time that a trade may take', async () => {
    const talk = await downloaded()
    await resend(talk, ...WIDE)
    await pollInVain(talk)
    talk.pass(9_920)
    await talk.download()
    assertNotVerified(talk, rule)
    talk.pass(80)
    await talk.download()
    assertFindings(talk, [
      {
        code: 'not-resent',
        rule,
        orderId: '7',
        detail: 'trade FXI7 of 2026-01-05 did not come again after a resend',
        exchanges: [3, 4, 9],
      },
    ])
  })

  for (const [why, start, end, status] of [
    ['begins in the day', '2026-01-05 00:00:00,000', WIDE[1], 200],
    ['begins in the day before', '2026-01-04 00:00:00,001', WIDE[1], 200],
    ['ends in the day after', WIDE[0], '2026-01-06 23:59:59,999', 200],
    ['cannot be read', 'yesterday', WIDE[1], 200],
    ['is refused', ...WIDE, 400],
  ] as const) {
    it(`nothing follows from a range that ${why}`, async () => {
      const talk = await downloaded()
      await resend(talk, start, end, status)
      await pollInVain(talk)
      talk.pass(10_000)
      await talk.download()
      assertNotVerified(talk, rule)
    })
  }

  it('nor where an answer was lost meanwhile, or of two users', async () => {
    const talk = await downloaded()
    await resend(talk, ...WIDE)
    await lost(talk)
    await pollInVain(talk)
    talk.pass(10_000)
    await talk.download()
    assertNotVerified(talk, rule)
    const two = new Talk()
    await two.login('Ada')
    await two.login('Grace')
    await two.order('7', 'Limit', 'RECEIVED', 'FILLED')
    await two.download(tradeOf('7'))
    await resend(two, ...WIDE)
    await pollInVain(two)
    two.pass(10_000)
    await two.download()
    assertNotVerified(two, rule)
  })

  it('what was not downloaded before is not meant', async () => {
    const talk = await filled()
    await resend(talk, ...WIDE)
    await talk.download(tradeOf('7', { event: 'RESEND' }))
    await pollInVain(talk)
    talk.pass(10_000)
    await talk.download()
    assertNotVerified(talk, rule)
  })
})

describe('a download is as large as was asked for', () => {
  const rule = 'trade.batch-size'
  const batch = async (query: string, count: number) => {
    const talk = new Talk()
    const trades = Array.from({ length: count }, (_, at) => tradeOf(`${at}`))
    await talk.call('GET', PATH + query, Response.json(trades))
    return talk
  }

  it('at most', async () => {
    assertHeld(await batch('?maxCount=2', 2), rule)
    assertNotVerified(await batch('?maxCount=2', 1), rule)
    assertFindings(await batch('?maxCount=2', 3), [
      {
        code: 'batch-too-large',
        rule,
        orderId: '',
        detail: 'asked for 2 trades, answered with 3',
        exchanges: [1],
      },
    ])
  })

  it('where a number was asked for: how many come otherwise may change', async () => {
    assertNotVerified(await batch('', 51), rule)
    for (const wrong of ['0', '-1', 'x', '1.5', '']) {
      assertNotVerified(await batch(`?maxCount=${wrong}`, 2), rule)
    }
  })
})

describe('an empty download means nothing more', () => {
  const rule = 'trade.empty-is-empty'
  const late = async (status = 'FILLED', told: object = {}) => {
    const talk = await seen(status, {}, { cumQty: 1000, ...told })
    await pollInVain(talk)
    talk.pass(9_940)
    await talk.download()
    return talk
  }

  it('what was due has come before', async () => {
    const talk = await filled()
    await talk.download(tradeOf('7'))
    await pollInVain(talk)
    talk.pass(10_000)
    await talk.download()
    assertNotVerified(talk, rule)
    await talk.download()
    assertHeld(talk, rule)
  })

  it('and does not come after, which is not called missing then', async () => {
    const talk = await late()
    await talk.download(tradeOf('7'))
    assertFindings(talk, [
      {
        code: 'trade-after-empty',
        rule,
        orderId: '7',
        detail:
          'trade FXI7 came after a download that was empty 10.01 s after FILLED was seen; allowed are 10 s',
        exchanges: [2, 6, 7],
      },
    ])
    assert.notInclude(talk.evidence().rulesHeld, 'trade.in-time')
  })

  it('of a part that was dealt neither', async () => {
    const talk = await late('CANCELED', { cumQty: 400 })
    await talk.download(tradeOf('7', { dealtAmount: 400 }))
    assert.deepEqual(rulesOf(talk), [rule])
  })

  it('what was not due yet may come', async () => {
    const talk = await filledLong()
    talk.pass(9_900)
    await talk.download()
    await talk.download(tradeOf('7'))
    assertNotVerified(talk, rule)
  })

  it('and what may let some downloads pass, too', async () => {
    const talk = await filled()
    talk.pass(10_000)
    await pollInVain(talk)
    await talk.download(tradeOf('7'))
    assertNotVerified(talk, rule)
  })

  it('and what may have been freed by a resend, or was lost before', async () => {
    const resent = await late()
    await resent.download(tradeOf('7', { event: 'RESEND' }))
    assert.notInclude(rulesOf(resent), rule)
    const asked = await late()
    await asked.resend()
    await asked.download(tradeOf('7'))
    assertNotVerified(asked, rule)
    const given = await filled()
    await lost(given)
    await pollInVain(given)
    given.pass(10_000)
    await given.download()
    await given.download(tradeOf('7'))
    assertNotVerified(given, rule)
  })

  it('a trade that another download had, answered later, came before', async () => {
    const talk = await late()
    const empty = talk.transcript.whole.at(-1)
    if (!empty) throw new Error('there is an empty download')
    const body = JSON.stringify([tradeOf('7')])
    const number = talk.transcript.nextNumber()
    const response = { status: 200, headers: [], body }
    talk.transcript.record({ ...empty, number, response, sharedFrom: 'another scenario' })
    assertNotVerified(talk, rule)
  })

  it('of two users each may have had it', async () => {
    const talk = new Talk()
    await talk.login('Ada')
    await talk.login('Grace')
    await talk.place(orderSent('7'), orderSeen('7', 'RECEIVED'))
    await talk.query('7', [orderSeen('7', 'FILLED')])
    await pollInVain(talk)
    talk.pass(10_000)
    await talk.download()
    await talk.download(tradeOf('7'))
    assertNotVerified(talk, rule)
  })
})
