import { describe, it } from 'node:test'
import { assert } from 'chai'
import { type Fields, orderSeen, orderSent, Talk, tradeOf } from './talk.ts'
import { assertFindings, assertHeld, assertNotVerified } from './verdicts.ts'

const ERROR = { errorCode: 'X' }
const { price: _, ...sent } = orderSent('7')

/** A placing that was refused, as exchange 1. */
async function refused(
  status = 400,
  { answer = ERROR, body = sent }: { answer?: Fields; body?: Fields } = {},
): Promise<Talk> {
  const talk = new Talk()
  await talk.place(body, answer, status)
  return talk
}

const there = (rule: string, detail: string, orderId = '7', exchanges = [1, 2]) => ({
  ...{ code: 'refused-yet-there', rule: `placing.${rule}`, orderId, exchanges },
  detail: `client id c7 was refused with 400, and is there ${detail}`,
})

describe('what was refused is not there under its client id', () => {
  it('an empty list', async () => {
    const talk = await refused()
    await talk.queryByCoId('c7', [])
    assertHeld(talk, 'placing.absent-by-client-id')
  })

  it('or 404, where the query was seen to live', async () => {
    const talk = await refused()
    await talk.queryByCoId('c7', ERROR, 404)
    assertNotVerified(talk, 'placing.absent-by-client-id')
    await talk.queryActive([])
    assertHeld(talk, 'placing.absent-by-client-id')
  })

  it('but an order is', async () => {
    const talk = await refused()
    await talk.queryByCoId('c7', [orderSeen('7', 'NEW')])
    assertFindings(talk, [there('absent-by-client-id', 'when it is queried')])
  })

  it('also where another user looks', async () => {
    const talk = new Talk()
    await talk.login('u')
    await talk.login('v')
    await talk.place(sent, ERROR, 400)
    await talk.queryByCoId('c7', [])
    assertNotVerified(talk, 'placing.absent-by-client-id')
    await talk.queryByCoId('c7', [orderSeen('7', 'NEW')])
    assertFindings(talk, [there('absent-by-client-id', 'when it is queried', '7', [3, 5])])
  })

  it('another client id says nothing', async () => {
    const talk = await refused()
    await talk.queryByCoId('c8', [])
    assertNotVerified(talk, 'placing.absent-by-client-id')
  })
})

describe('nor under a server id', () => {
  it('that the refusal names', async () => {
    for (const [answer, status] of [
      [[], 200],
      [ERROR, 404],
    ] as const) {
      const talk = await refused(400, { answer: { ...ERROR, orderId: '7' } })
      await talk.query('7', answer, status)
      assertHeld(talk, 'placing.absent-by-server-id')
    }
  })

  it('or any other', async () => {
    const talk = await refused()
    await talk.query('7', [orderSeen('7', 'NEW')])
    assertFindings(talk, [there('absent-by-server-id', 'under server id 7')])
  })

  it('one that nobody named says nothing', async () => {
    const talk = await refused()
    await talk.query('8', ERROR, 404)
    assertNotVerified(talk, 'placing.absent-by-server-id')
  })
})

describe('nor among the active orders', () => {
  it('which may be others', async () => {
    const talk = await refused()
    await talk.queryActive([orderSeen('9', 'NEW')])
    assertHeld(talk, 'placing.absent-active')
  })

  it('but not it', async () => {
    const talk = await refused()
    await talk.queryActive([orderSeen('9', 'NEW'), orderSeen('7', 'NEW')])
    assertFindings(talk, [there('absent-active', 'among the active orders')])
  })

  it('a list of before says nothing, whatever the clock says', async () => {
    for (const passed of [0, -1_000]) {
      const talk = new Talk()
      await talk.queryActive([])
      talk.pass(passed)
      await talk.place(sent, ERROR, 400)
      assertNotVerified(talk, 'placing.absent-active')
    }
  })
})

describe('nor in the trades', () => {
  it('once nothing is left of them, and one would have had its time', async () => {
    const talk = await refused()
    await talk.download(tradeOf('9'))
    await talk.download()
    assertNotVerified(talk, 'placing.absent-trades')
    talk.pass(10_000)
    await talk.download(tradeOf('10'))
    assertNotVerified(talk, 'placing.absent-trades')
    await talk.download()
    assertHeld(talk, 'placing.absent-trades')
  })

  it('but not one of its own', async () => {
    const talk = await refused()
    await talk.download(tradeOf('7'))
    assertFindings(talk, [there('absent-trades', 'as trade FXI7')])
  })
})

describe('what may be there all the same', () => {
  const RULE = 'placing.absent-by-client-id'
  const lookUp = (talk: Talk) => talk.queryByCoId('c7', [orderSeen('7', 'NEW')])

  for (const status of [408, 409, 500, 503]) {
    it(`an order whose placing was answered with ${status}`, async () => {
      const talk = await refused(status, { body: orderSent('7') })
      await talk.queryByCoId('c7', [])
      assert.notInclude(talk.evidence().rulesHeld, RULE)
      await lookUp(talk)
      const codes = talk.evidence().findings.map(({ code }) => code)
      assert.notInclude(codes, 'refused-yet-there')
    })
  }

  it('the first order of a client id that was refused when it was used again', async () => {
    const talk = new Talk()
    await talk.order('7', 'Limit', 'RECEIVED')
    await talk.place(orderSent('7'), ERROR, 400)
    await lookUp(talk)
    assertNotVerified(talk, RULE)
  })

  it('one that was placed again, after a refusal for the session', async () => {
    const talk = new Talk()
    await talk.place(orderSent('7'), ERROR, 401)
    await talk.order('7', 'Limit', 'RECEIVED')
    await lookUp(talk)
    assertNotVerified(talk, RULE)
  })

  it('one that was in doubt before', async () => {
    const talk = new Talk()
    await talk.place(orderSent('7'), new Error('reset'))
    await talk.place(orderSent('7'), ERROR, 400)
    await lookUp(talk)
    assertNotVerified(talk, RULE)
  })

  it('one that was there before anything was placed', async () => {
    const talk = new Talk()
    await lookUp(talk)
    await talk.place(orderSent('7'), ERROR, 400)
    await lookUp(talk)
    assertNotVerified(talk, RULE)
  })

  it('and without a client id nobody could tell', async () => {
    const { coId: __, ...nameless } = sent
    const talk = await refused(400, { body: nameless })
    await talk.queryActive([orderSeen('7', 'NEW')])
    await talk.download()
    assertNotVerified(talk, 'placing.absent-active')
    assertNotVerified(talk, 'placing.absent-trades')
  })
})
