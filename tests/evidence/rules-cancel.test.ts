import { describe, it } from 'node:test'
import { assert } from 'chai'
import { pollInVain } from './deals.ts'
import { type Fields, orderSeen, Talk, tradeOf } from './talk.ts'
import { assertFindings, assertHeld, assertNotVerified, toldOf } from './verdicts.ts'

const see = (talk: Talk, status: string, fields: Fields = {}) =>
  talk.query('7', [orderSeen('7', status, fields)])

/** An order that was seen as `status`, then cancelled, as exchange 3. */
async function cancelled(status: string, answer = 202, fields: Fields = {}): Promise<Talk> {
  const talk = new Talk()
  await talk.order('7', 'Limit', 'RECEIVED')
  await see(talk, status, fields)
  const body = answer === 204 ? null : '{}'
  await talk.call('DELETE', '/v2/orders/7', new Response(body, { status: answer }))
  return talk
}

const about = (talk: Talk, rule: string) =>
  talk
    .evidence()
    .findings.filter((finding) => finding.rule === rule)
    .map(toldOf)

describe('a cancellation ends the order in time', () => {
  const RULE = 'cancel.in-time'

  for (const status of ['CANCELED', 'FILLED', 'EXPIRED']) {
    it(`which is ${status} then`, async () => {
      const talk = await cancelled('NEW')
      talk.pass(20_000)
      await see(talk, 'NEW')
      await see(talk, status)
      assertHeld(talk, RULE)
    })
  }

  it('an end that was not looked for in time has perhaps come late', async () => {
    for (const looks of [[], ['NEW']]) {
      const talk = await cancelled('NEW')
      for (const status of looks) await see(talk, status)
      talk.pass(300_000)
      await see(talk, 'CANCELED')
      assertNotVerified(talk, RULE)
    }
  })

  it('and not working for ever', async () => {
    const talk = await cancelled('NEW')
    await see(talk, 'NEW')
    talk.pass(14_000)
    await see(talk, 'NEW')
    assertNotVerified(talk, RULE)
    talk.pass(2_000)
    await see(talk, 'NEW')
    assertFindings(talk, [
      {
        ...{ code: 'late-cancellation', rule: RULE, orderId: '7', exchanges: [3, 6] },
        detail: 'still NEW 16.05 s after its cancellation was accepted; allowed are 15 s',
      },
    ])
  })

  it('a word that nobody knows may be one for cancelled', async () => {
    for (const fields of [{}, { cumQty: 400 }]) {
      const talk = await cancelled('NEW')
      await see(talk, 'CXLD', fields)
      talk.pass(20_000)
      await see(talk, 'CXLD', fields)
      assert.deepEqual(about(talk, RULE), [])
    }
  })

  it('one that was refused ends nothing, nor one of what had ended', async () => {
    const talk = await cancelled('NEW', 400)
    await see(talk, 'NEW')
    talk.pass(20_000)
    await see(talk, 'NEW')
    assertNotVerified(talk, RULE)
    const ended = await cancelled('EXPIRED')
    await see(ended, 'EXPIRED')
    assertNotVerified(ended, RULE)
  })
})

describe('after a cancellation that was confirmed, nothing is dealt', () => {
  const RULE = 'cancel.nothing-after'
  const breach = (detail: string, exchanges: number[]) => [
    { code: 'dealt-after-cancel', rule: RULE, orderId: '7', detail, exchanges },
  ]

  it('neither more nor anything', async () => {
    const talk = await cancelled('NEW', 204)
    await see(talk, 'CANCELED', { cumQty: 400 })
    assertNotVerified(talk, RULE)
    await see(talk, 'CANCELED', { cumQty: 400 })
    assertHeld(talk, RULE)
  })

  it('which the trades tell too', async () => {
    const talk = await cancelled('NEW')
    await see(talk, 'CANCELED', { cumQty: 400 })
    await talk.download(tradeOf('7', { dealtAmount: 400 }))
    assertNotVerified(talk, RULE)
    await pollInVain(talk)
    await talk.download()
    assertHeld(talk, RULE)
  })

  it('an amount that grows', async () => {
    const talk = await cancelled('NEW')
    await see(talk, 'CANCELED', { cumQty: 0 })
    await see(talk, 'CANCELED', { cumQty: 400 })
    assert.deepEqual(about(talk, RULE), breach('CANCELED with 0 dealt, later 400', [4, 5]))
  })

  it('a status that says so', async () => {
    const talk = await cancelled('NEW')
    await see(talk, 'CANCELED', { cumQty: 400 })
    await see(talk, 'FILLED')
    assert.deepEqual(about(talk, RULE), breach('CANCELED with 400 dealt, later 1000', [4, 5]))
  })

  it('a trade of more', async () => {
    const talk = await cancelled('NEW')
    await see(talk, 'CANCELED', { cumQty: 400 })
    await talk.download(tradeOf('7', { dealtAmount: 400 }))
    await talk.download(tradeOf('7', { tradeId: 'FXI8', dealtAmount: 100 }))
    const detail = 'CANCELED with 400 dealt, its trades are of 500'
    assert.deepEqual(about(talk, RULE), breach(detail, [4, 5, 6]))
  })

  it('in the race before it is confirmed, anything may be', async () => {
    const talk = await cancelled('NEW')
    await see(talk, 'NEW', { cumQty: 0 })
    await see(talk, 'NEW', { cumQty: 400 })
    await see(talk, 'FILLED', { cumQty: 1000 })
    assertNotVerified(talk, RULE)
  })

  it('what is CANCELED without saying how much it dealt shows nothing', async () => {
    const talk = await cancelled('NEW')
    await see(talk, 'CANCELED')
    await see(talk, 'CANCELED', { cumQty: 400 })
    await talk.download()
    assertNotVerified(talk, RULE)
  })

  it('nor does a cancellation that was refused', async () => {
    const talk = await cancelled('NEW', 400)
    await see(talk, 'CANCELED', { cumQty: 0 })
    await see(talk, 'CANCELED', { cumQty: 400 })
    assert.deepEqual(about(talk, RULE), [])
  })
})

describe('the cancellation of what has ended changes nothing', () => {
  const RULE = 'cancel.finished-unchanged'

  for (const answer of [400, 202]) {
    it(`whether it is answered with ${answer}`, async () => {
      const talk = await cancelled('FILLED', answer, { cumQty: 1000, averagePrice: 1.09 })
      await see(talk, 'FILLED', { cumQty: 1000, averagePrice: 1.09 })
      assertHeld(talk, RULE)
    })
  }

  it('neither what it dealt, nor its price, nor that it was not cancelled', async () => {
    for (const [status, fields, change] of [
      ['FILLED', { cumQty: 0 }, 'cumQty 1000 became 0'],
      ['FILLED', { averagePrice: 1.1 }, 'averagePrice 1.09 became 1.1'],
      ['CANCELED', {}, 'it became CANCELED'],
    ] as const) {
      const talk = await cancelled('FILLED', 202, { cumQty: 1000, averagePrice: 1.09 })
      await see(talk, status, fields)
      assert.deepEqual(about(talk, RULE), [
        {
          ...{ code: 'ended-order-changed', rule: RULE, orderId: '7', exchanges: [2, 3, 4] },
          detail: `FILLED before it was cancelled; then ${change}`,
        },
      ])
    }
  })

  it('one that was working may change', async () => {
    const talk = await cancelled('NEW', 202, { cumQty: 0 })
    await see(talk, 'CANCELED', { cumQty: 400 })
    assertNotVerified(talk, RULE)
  })
})
