import { describe, it } from 'node:test'
import { assert } from 'chai'
import { orderSeen, orderSent, Talk, tradeOf } from './talk.ts'
import { assertFindings, assertHeld, assertNotVerified } from './verdicts.ts'

describe('a filled order has its trade in time', () => {
  const rule = 'trade.in-time'
  const filled = async () => {
    const talk = new Talk()
    await talk.order('7', 'Limit', 'RECEIVED', 'FILLED')
    return talk
  }

  it('where it came, however late or early', async () => {
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
    talk.pass(9_900)
    await talk.download()
    assertNotVerified(talk, rule)
    talk.pass(80)
    await talk.download()
    assertFindings(talk, [
      {
        code: 'missing-trade',
        rule,
        orderId: '7',
        detail: 'no trade 10.01 s after FILLED was seen; allowed are 10 s',
        exchanges: [2, 4],
      },
    ])
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
    talk.pass(500)
    await talk.download()
    assertNotVerified(talk, rule)
    assertFindings(
      talk,
      [
        {
          code: 'missing-trade',
          rule,
          orderId: '7',
          detail: 'no trade 0.51 s after FILLED was seen; allowed are 0.5 s',
          exchanges: [2, 3],
        },
      ],
      { tradeWithinMs: 500 },
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
