import { describe, it } from 'node:test'
import { assert } from 'chai'
import { rules } from '../../src/evidence/rules/catalogue.ts'
import { severityOf } from '../../src/evidence/rules/rule.ts'
import { askRate, pollInVain } from './deals.ts'
import { orderSeen, orderSent, Talk, tradeOf } from './talk.ts'
import { assertFindings, assertHeld, assertNotVerified } from './verdicts.ts'

describe('a filled order has its trade in time', () => {
  const rule = 'trade.in-time'

  it('by limits of our own, so that it only should be so', () => {
    for (const id of [rule, 'trade.empty-is-empty', 'order.gtt-ends', 'order.gtt-not-early']) {
      const source = rules.find((each) => each.id === id)?.source
      assert.equal(source && severityOf(source), 'should')
    }
  })

  const filled = async () => {
    const talk = new Talk()
    await talk.order('7', 'Limit', 'RECEIVED', 'FILLED')
    await pollInVain(talk)
    return talk
  }

  it('one that was not looked for in time has perhaps come late', async () => {
    const unseen = new Talk()
    await unseen.order('7', 'Limit', 'RECEIVED', 'FILLED')
    unseen.pass(300_000)
    await unseen.download(tradeOf('7'))
    assertNotVerified(unseen, rule)
    const polled = new Talk()
    await polled.order('7', 'Limit', 'RECEIVED', 'FILLED')
    for (const ms of [12_000, 8_000]) {
      polled.pass(ms)
      await polled.download()
    }
    polled.pass(20_000)
    await polled.download(tradeOf('7'))
    assertNotVerified(polled, rule)
  })

  it('where it came, late or early', async () => {
    const late = await filled()
    await late.download()
    late.pass(9_000)
    await late.download(tradeOf('7'))
    assertHeld(late, rule)
    const early = new Talk()
    await early.order('7', 'Limit', 'RECEIVED')
    await early.download(tradeOf('7'))
    await early.query('7', [orderSeen('7', 'FILLED')])
    early.pass(20_000)
    await early.download()
    assertHeld(early, rule)
  })

  it('and not where a download of that time or later came to nothing', async () => {
    const talk = await filled()
    talk.pass(9_840)
    await talk.download()
    assertNotVerified(talk, rule)
    talk.pass(80)
    await talk.download()
    assertFindings(talk, [
      {
        code: 'missing-trade',
        rule,
        orderId: '7',
        detail:
          'no trade 10.01 s after FILLED was seen; allowed are 10 s, unless another consumer took it',
        exchanges: [2, 7],
      },
    ])
  })

  it('and only where it may let none pass any more', async () => {
    const talk = new Talk()
    await talk.order('7', 'Limit', 'RECEIVED', 'FILLED')
    talk.pass(20_000)
    await pollInVain(talk)
    assertNotVerified(talk, rule)
    await talk.download()
    assert.deepEqual(
      talk.evidence().findings.map((finding) => finding.rule),
      [rule],
    )
  })

  it('nothing may be said as an empty list, as 204 or with an empty body', async () => {
    for (const answer of [Response.json([]), new Response(null, { status: 204 }), new Response()]) {
      const talk = await filled()
      talk.pass(10_000)
      await talk.call('GET', '/v2/trades/stp/messages', answer)
      assert.deepEqual(
        talk.evidence().findings.map((finding) => finding.rule),
        [rule],
      )
    }
  })

  it('an end that only the answer to the placing told begins no wait', async () => {
    const talk = new Talk()
    await talk.order('7', 'Limit', 'FILLED')
    talk.pass(20_000)
    await talk.download()
    assert.deepEqual(
      talk.evidence().findings.map((finding) => finding.rule),
      ['limit.placed-filled'],
    )
  })

  it('by another bound, where one is set', async () => {
    const talk = await filled()
    talk.pass(440)
    await talk.download()
    assertNotVerified(talk, rule)
    assertFindings(
      talk,
      [
        {
          code: 'missing-trade',
          rule,
          orderId: '7',
          detail:
            'no trade 0.51 s after FILLED was seen; allowed are 0.5 s, unless another consumer took it',
          exchanges: [2, 6],
        },
      ],
      { tradeWithinMs: 500 },
    )
  })

  it('also of a part that was dealt', async () => {
    for (const status of ['EXPIRED', 'CANCELED']) {
      const talk = new Talk()
      await talk.order('7', 'Limit', 'RECEIVED')
      await talk.query('7', [orderSeen('7', status, { cumQty: 400 })])
      await pollInVain(talk)
      talk.pass(9_940)
      await talk.download()
      assertFindings(talk, [
        {
          code: 'missing-trade',
          rule,
          orderId: '7',
          detail: `no trade 10.01 s after ${status} was seen; allowed are 10 s, unless another consumer took it`,
          exchanges: [2, 6],
        },
      ])
    }
  })

  it('an answer that was lost may have held it', async () => {
    for (const answer of [new Error('reset'), new Response('<html>', { status: 502 })]) {
      const talk = await filled()
      await talk.call('GET', '/v2/trades/stp/messages', answer)
      talk.pass(20_000)
      await talk.download()
      assertNotVerified(talk, rule)
    }
  })

  it('but not one that was lost before, or a refusal', async () => {
    const talk = new Talk()
    await talk.call('GET', '/v2/trades/stp/messages', new Error('reset'))
    await talk.order('7', 'Limit', 'RECEIVED', 'FILLED')
    await talk.call('GET', '/v2/trades/stp/messages', new Response('', { status: 429 }))
    await pollInVain(talk)
    talk.pass(20_000)
    await talk.download()
    assert.deepEqual(
      talk.evidence().findings.map((finding) => finding.rule),
      [rule],
    )
  })

  it('a list that holds something else is not the end of the list', async () => {
    const talk = await filled()
    talk.pass(20_000)
    await talk.download(tradeOf('8'))
    assertNotVerified(talk, rule)
  })

  it('a download of another user says nothing', async () => {
    const talk = new Talk()
    await talk.login('Ada')
    await talk.login('Max')
    await talk.order('7', 'Limit', 'RECEIVED', 'FILLED')
    await pollInVain(talk)
    talk.pass(20_000)
    await talk.download()
    assertNotVerified(talk, rule)
  })
})

describe('an order that may not wait is final in time', () => {
  const rule = 'order.final-in-time'

  for (const [kind, fields] of [
    ['PQ', { type: 'PQ' }],
    ['IOC', { timeInForce: 'IOC' }],
    ['FOK', { timeInForce: 'FOK' }],
  ] as const) {
    const placed = async () => {
      const talk = new Talk()
      await talk.place(orderSent('7', fields), orderSeen('7', 'RECEIVED', fields))
      return talk
    }

    it(`${kind}: where it was seen to be`, async () => {
      const talk = await placed()
      await talk.query('7', orderSeen('7', 'NEW', fields))
      assertNotVerified(talk, rule)
      talk.pass(14_000)
      await talk.query('7', orderSeen('7', 'FILLED', fields))
      assertHeld(talk, rule)
    })

    it(`${kind}: and not where it went on, even if it came to its end later`, async () => {
      const talk = await placed()
      await talk.query('7', orderSeen('7', 'NEW', fields))
      talk.pass(15_000)
      await talk.query('7', orderSeen('7', 'NEW', fields))
      talk.pass(5_000)
      await talk.query('7', orderSeen('7', 'NEW', fields))
      await talk.query('7', orderSeen('7', 'REJECTED', fields))
      assertFindings(talk, [
        {
          code: 'late-final-status',
          rule,
          orderId: '7',
          detail: `${kind} order still NEW 15.04 s after it was placed; allowed are 15 s`,
          exchanges: [1, 3],
        },
      ])
    })
  }

  it('by another bound, where one is set', async () => {
    const talk = new Talk()
    await talk.order('7', 'PQ', 'RECEIVED', 'NEW')
    talk.pass(1_000)
    await talk.query('7', orderSeen('7', 'NEW', { type: 'PQ' }))
    assertNotVerified(talk, rule)
    assertFindings(
      talk,
      [
        {
          code: 'late-final-status',
          rule,
          orderId: '7',
          detail: 'PQ order still NEW 1.04 s after it was placed; allowed are 1 s',
          exchanges: [1, 3],
        },
      ],
      { finalWithinMs: 1_000 },
    )
  })

  it('an end that was not looked for in time has perhaps come late', async () => {
    const fields = { timeInForce: 'IOC' }
    for (const looks of [[], ['NEW']]) {
      const talk = new Talk()
      await talk.place(orderSent('7', fields), orderSeen('7', 'RECEIVED', fields))
      for (const status of looks) await talk.query('7', orderSeen('7', status, fields))
      talk.pass(300_000)
      await talk.query('7', orderSeen('7', 'FILLED', fields))
      assertNotVerified(talk, rule)
    }
  })

  it('what comes back from its end has been final', async () => {
    const talk = new Talk()
    await talk.order('7', 'PQ', 'RECEIVED', 'FILLED')
    talk.pass(20_000)
    await talk.query('7', orderSeen('7', 'NEW', { type: 'PQ' }))
    assert.deepEqual(
      talk.evidence().findings.map((finding) => finding.rule),
      ['pq.filled-new'],
    )
  })

  it('while nobody asks, it need not move', async () => {
    const talk = new Talk()
    await talk.order('7', 'PQ', 'RECEIVED')
    talk.pass(86_400_000)
    await talk.query('7', orderSeen('7', 'NEW', { type: 'PQ' }))
    await talk.query('7', orderSeen('7', 'FILLED', { type: 'PQ' }))
    assertHeld(talk, rule)
  })

  it('a limit order may wait for as long as it likes', async () => {
    const talk = new Talk()
    await talk.order('7', 'Limit', 'RECEIVED', 'NEW')
    talk.pass(86_400_000)
    await talk.query('7', orderSeen('7', 'NEW'))
    assertNotVerified(talk, rule)
  })
})

/** A look at order 7 as it was placed. */
const see = (talk: Talk, status: string) => talk.query('7', [orderSeen('7', status, sentIn(talk))])

function sentIn(talk: Talk): Record<string, unknown> {
  const placing = talk.transcript.whole.find(({ operation }) => operation === 'placeOrder')
  return JSON.parse(placing?.request.body ?? '{}')
}

describe('a good-till-time order ends in time', () => {
  const rule = 'order.gtt-ends'
  const placed = async (fields: object = {}) => {
    const talk = new Talk()
    const sent = { timeInForce: 'GTT', expiryTime: 30, ...fields }
    await talk.place(orderSent('7', sent), orderSeen('7', 'RECEIVED', sent))
    return talk
  }

  it('as is seen after its time', async () => {
    for (const status of ['EXPIRED', 'FILLED', 'CANCELED']) {
      const talk = await placed()
      await see(talk, 'NEW')
      assertNotVerified(talk, rule)
      talk.pass(30_000)
      await see(talk, status)
      assertHeld(talk, rule)
    }
  })

  it('one that was not looked for in time has perhaps ended late, or long before', async () => {
    const late = await placed()
    late.pass(3_600_000)
    await see(late, 'EXPIRED')
    assertNotVerified(late, rule)
    const early = await placed()
    await see(early, 'FILLED')
    early.pass(30_000)
    await see(early, 'FILLED')
    assertNotVerified(early, rule)
  })

  it('with the time that its end may take, from when somebody looks', async () => {
    const talk = await placed()
    talk.pass(50_000)
    await see(talk, 'NEW')
    talk.pass(14_900)
    await see(talk, 'NEW')
    await see(talk, 'EXPIRED')
    assertHeld(talk, rule)
  })

  it('and not later', async () => {
    const talk = await placed()
    talk.pass(30_000)
    await see(talk, 'NEW')
    talk.pass(15_000)
    await see(talk, 'NEW')
    await see(talk, 'EXPIRED')
    assertFindings(talk, [
      {
        code: 'gtt-too-long',
        rule,
        orderId: '7',
        detail: 'still NEW 45.04 s after it was placed for 30 s; allowed are 15 s more',
        exchanges: [1, 3],
      },
    ])
  })

  it('a status that nobody knows, others, and a life that is none say nothing', async () => {
    const unknown = await placed()
    const others = await placed({ timeInForce: 'DAY' })
    const wrong = await placed({ expiryTime: 86_400 })
    for (const talk of [others, wrong]) {
      await see(talk, 'NEW')
      talk.pass(86_500_000)
      await see(talk, 'NEW')
      talk.pass(86_500_000)
      await see(talk, 'NEW')
      assertNotVerified(talk, rule)
    }
    for (let look = 0; look < 2; look++) {
      unknown.pass(60_000)
      await see(unknown, 'SUSPENDED')
    }
    assert.notInclude(
      unknown.evidence().findings.map((finding) => finding.rule),
      rule,
    )
  })
})

describe('an order that waits does not expire before its time', () => {
  const waiting = async (fields: object, rate: object = {}) => {
    const talk = new Talk()
    await askRate(talk, { ...rate })
    await talk.place(orderSent('7', { ...fields }), orderSeen('7', 'RECEIVED', { ...fields }))
    return talk
  }
  const GTT = { timeInForce: 'GTT', expiryTime: 30 }

  it('good for some seconds: to the second', async () => {
    const rule = 'order.gtt-not-early'
    const talk = await waiting(GTT)
    await see(talk, 'NEW')
    talk.pass(28_980)
    await see(talk, 'EXPIRED')
    assertHeld(talk, rule)
    const early = await waiting(GTT)
    talk.pass(28_000)
    await see(early, 'EXPIRED')
    assertFindings(early, [
      {
        code: 'gtt-too-short',
        rule,
        orderId: '7',
        detail: 'EXPIRED 0.03 s after it was placed for 30 s',
        exchanges: [2, 3],
      },
    ])
  })

  it('good till cancelled: never', async () => {
    const rule = 'order.gtc-stays'
    for (const status of ['FILLED', 'CANCELED', 'REJECTED']) {
      const talk = await waiting({})
      await see(talk, status)
      assertNotVerified(talk, rule)
    }
    const talk = await waiting({})
    await see(talk, 'NEW')
    assertHeld(talk, rule)
    const expired = await waiting({})
    expired.pass(86_400_000)
    await see(expired, 'EXPIRED')
    assertFindings(expired, [
      {
        code: 'gtc-expired',
        rule,
        orderId: '7',
        detail: 'good till cancelled, and EXPIRED',
        exchanges: [2, 3],
      },
    ])
  })

  for (const [fields, rule] of [
    [GTT, 'order.gtt-not-early'],
    [{}, 'order.gtc-stays'],
  ] as const) {
    it(`${rule}: unless the market was not seen to be good for it`, async () => {
      const unseen = new Talk()
      await unseen.place(orderSent('7', fields), orderSeen('7', 'RECEIVED', fields))
      const small = await waiting(fields, { offerLimit: 999 })
      const other = await waiting(fields, { symbol: 'GBP/USD' })
      const untold = await waiting(fields, { offerLimit: undefined })
      const term = await waiting({ ...fields, currency: 'USD' }, { bidLimit: 920 })
      for (const talk of [unseen, small, other, term]) {
        await see(talk, 'EXPIRED')
        assertNotVerified(talk, rule)
      }
      await see(untold, 'EXPIRED')
      assert.notInclude(
        untold.evidence().findings.map((finding) => finding.rule),
        rule,
      )
      const enough = await waiting({ ...fields, currency: 'USD' }, { bidLimit: 921 })
      await see(enough, 'EXPIRED')
      assert.deepEqual(
        enough.evidence().findings.map((finding) => finding.rule),
        [rule],
      )
    })

    it(`${rule}: unless somebody cancelled it`, async () => {
      const talk = await waiting(fields)
      await talk.call('DELETE', '/v2/orders/7', new Response(null, { status: 202 }))
      await see(talk, 'EXPIRED')
      assertNotVerified(talk, rule)
    })
  }
})
