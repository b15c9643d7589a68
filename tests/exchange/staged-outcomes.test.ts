import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { Outcome } from '../../src/mocks/exchange/outcome.ts'
import { at, orderIdOf, type Trader, Venue } from '../http/driver.ts'

const GTT = { timeInForce: 'GTT', expiryTime: 30 } as const

/** A trader whose next order will end so; it rests below the market unless told otherwise. */
async function staged(outcome: Outcome, terms: Readonly<Record<string, unknown>> = {}) {
  const venue = new Venue()
  const trader = await venue.trader()
  venue.exchange.outcomes.stage({ match: {}, outcome })
  const orderId = orderIdOf(await trader.placeLimit({ timeInForce: 'GTC', price: 0.5, ...terms }))
  return { venue, trader, orderId }
}

/** What the next queries see: the status, and what is dealt where anything is. */
async function seen(trader: Trader, orderId: string, queries: number): Promise<string> {
  const sights: string[] = []
  for (let query = 0; query < queries; query++) {
    const { status, cumQty } = await trader.query(orderId)
    sights.push(cumQty ? `${status} ${cumQty}` : status)
  }
  return sights.join(', ')
}

describe('an outcome with a pace for each part', () => {
  it('is dealt part by part, as so many queries see', async () => {
    const { trader, orderId } = await staged({
      kind: 'fill in shares',
      shares: [0.2, 0.8],
      received: { polls: 1 },
      new: [{ polls: 2 }, { polls: 1 }],
    })
    const course = 'RECEIVED, NEW, NEW, NEW 200000, FILLED 1000000, FILLED 1000000'
    assert.equal(await seen(trader, orderId, 6), course)
  })

  it('is dealt part by part as time passes, each at its own', async () => {
    const { venue, trader, orderId } = await staged({
      kind: 'fill in shares',
      shares: [0.2, 0.3],
      received: { ms: 0 },
      new: [{ ms: 100 }, { ms: 1_000 }, 'held'],
    })
    for (const [ms, sight] of [
      [99, 'NEW'],
      [1, 'NEW 200000'],
      [999, 'NEW 200000'],
      [1, 'NEW 500000'],
      [20_000, 'NEW 500000'],
    ] as const) {
      venue.clock.advance(ms)
      assert.equal(await seen(trader, orderId, 2), `${sight}, ${sight}`)
    }
  })
})

describe('an outcome that outlasts its time in force', () => {
  const course = async (outlasts: boolean, held: boolean) => {
    const { venue, trader, orderId } = await staged(
      {
        kind: 'fill',
        new: held ? 'held' : { polls: 1 },
        ...(outlasts && { outlasts: true }),
      },
      GTT,
    )
    assert.equal(await seen(trader, orderId, 1), 'NEW')
    venue.clock.advance(30_000)
    return trader.status(orderId)
  }

  it('ends as it is paced', async () => {
    assert.equal(await course(true, false), 'FILLED')
    assert.equal(await course(false, false), 'EXPIRED')
  })

  it('expires all the same where it is held', async () => {
    assert.equal(await course(true, true), 'EXPIRED')
  })
})

describe('an outcome that says how the rest lapses', () => {
  for (const lapsesAs of ['EXPIRED', 'CANCELED'] as const) {
    it(`has it ${lapsesAs}, whatever the time in force`, async () => {
      const whole = await staged({ kind: 'expire', lapsesAs, new: { polls: 2 } })
      assert.equal(await seen(whole.trader, whole.orderId, 3), `NEW, NEW, ${lapsesAs}`)
      const part = await staged({ kind: 'fill in parts', parts: [7], lapsesAs, new: { polls: 1 } })
      assert.equal(await seen(part.trader, part.orderId, 3), `NEW, NEW 7, ${lapsesAs} 7`)
    })

    it(`cannot be had of a PQ order: ${lapsesAs}`, async () => {
      const venue = new Venue()
      const trader = await venue.trader()
      venue.exchange.outcomes.stage({ match: {}, outcome: { kind: 'expire', lapsesAs } })
      const answer = await trader.placePq(await trader.rate())
      assert.deepEqual([answer.status, at(answer.body, 'errorCode')], [500, 'IMPOSSIBLE_OUTCOME'])
    })
  }
})

describe('an outcome that says what becomes of cancelling', () => {
  it('has it done at once, unless it says anything', async () => {
    const { trader, orderId } = await staged({ kind: 'fill', new: 'held' })
    assert.equal((await trader.cancel(orderId)).status, 202)
    assert.equal(await trader.status(orderId), 'CANCELED')
  })

  it('has it done when so many queries saw the order as it was', async () => {
    const { trader, orderId } = await staged({ kind: 'fill', cancel: { polls: 2 } })
    assert.equal(await seen(trader, orderId, 1), 'NEW')
    assert.equal((await trader.cancel(orderId)).status, 202)
    assert.equal(await seen(trader, orderId, 3), 'NEW, NEW, CANCELED')
  })

  it('has it done when so much time has passed, also from RECEIVED, and only once', async () => {
    const { venue, trader, orderId } = await staged({
      kind: 'fill',
      received: 'held',
      cancel: { ms: 500 },
    })
    assert.equal((await trader.cancel(orderId)).status, 202)
    venue.clock.advance(499)
    assert.equal(await trader.status(orderId), 'RECEIVED')
    assert.equal((await trader.cancel(orderId)).status, 202)
    venue.clock.advance(1)
    assert.equal(await trader.status(orderId), 'CANCELED')
    assert.equal((await trader.cancel(orderId)).status, 400)
  })

  it('has it done no earlier for a pace that the order had before', async () => {
    const { venue, trader, orderId } = await staged({
      kind: 'fill',
      received: { ms: 100 },
      cancel: { ms: 500 },
    })
    await trader.cancel(orderId)
    venue.clock.advance(499)
    assert.equal(await trader.status(orderId), 'RECEIVED')
    venue.clock.advance(1)
    assert.equal(await trader.status(orderId), 'CANCELED')
  })

  it('has it done when told to proceed', async () => {
    const { venue, trader, orderId } = await staged({ kind: 'fill', cancel: 'held' })
    await trader.cancel(orderId)
    assert.equal(await seen(trader, orderId, 3), 'RECEIVED, RECEIVED, RECEIVED')
    venue.exchange.desk.proceed(orderId)
    assert.equal(await trader.status(orderId), 'CANCELED')
  })

  const COURSES: readonly Outcome[] = [
    { kind: 'fill', cancel: 'too late', new: 'held' },
    { kind: 'reject after NEW', cancel: 'too late', received: 'held' },
    { kind: 'expire', lapsesAs: 'EXPIRED', cancel: 'too late' },
  ]
  for (const outcome of COURSES) {
    it(`has it come too late: ${JSON.stringify(outcome)}`, async () => {
      const { trader, orderId } = await staged(outcome)
      const answer = await trader.cancel(orderId)
      assert.deepEqual([answer.status, at(answer.body, 'errorCode')], [400, 'TOO_LATE'])
      const ends = { fill: 'FILLED', expire: 'EXPIRED' } as Readonly<Record<string, string>>
      assert.equal(await trader.status(orderId), ends[outcome.kind] ?? 'REJECTED')
    })
  }

  it('has it done where nothing can come before it', async () => {
    const { trader, orderId } = await staged({ kind: 'expire', cancel: 'too late' }, GTT)
    assert.equal((await trader.cancel(orderId)).status, 202)
    assert.equal(await trader.status(orderId), 'CANCELED')
  })

  it('has it taken on to no effect', async () => {
    const { trader, orderId } = await staged({
      kind: 'fill',
      cancel: 'overtaken',
      new: { polls: 2 },
    })
    assert.equal(await seen(trader, orderId, 1), 'NEW')
    assert.equal((await trader.cancel(orderId)).status, 202)
    assert.equal(await seen(trader, orderId, 2), 'NEW, FILLED 1000000')
  })
})

describe('an outcome with words', () => {
  const WORDS: readonly (readonly [
    words: { readonly reason?: string; readonly code?: string | null },
    told: readonly [unknown, unknown],
  ])[] = [
    [{}, [undefined, undefined]],
    [{ reason: 'No' }, ['No', 'LAST_LOOK']],
    [{ reason: 'No', code: 'LP_17' }, ['No', 'LP_17']],
    [{ reason: 'No', code: null }, ['No', undefined]],
    [{ code: 'LP_17' }, [undefined, 'LP_17']],
  ]
  for (const [words, told] of WORDS) {
    it(`tells them of a rejected order: ${JSON.stringify(words)}`, async () => {
      const { trader, orderId } = await staged({ kind: 'reject before NEW', ...words })
      const order = await trader.look(orderId)
      assert.deepEqual([order.reason, order.reasonCode], told)
    })
  }

  it('tells them in the error object of a placing that is refused', async () => {
    const venue = new Venue()
    const trader = await venue.trader()
    const { outcomes, desk } = venue.exchange
    outcomes.stage({ match: {}, outcome: { kind: 'refuse', reason: 'Not now', code: 'X' } })
    outcomes.stage({ match: {}, outcome: { kind: 'refuse' } })
    const told = await trader.placeLimit()
    const plain = await trader.placeLimit()
    assert.deepEqual(
      [told, plain].map(({ status, body }) => [
        status,
        at(body, 'errorCode'),
        at(body, 'errorMessage'),
      ]),
      [
        [400, 'X', 'Not now'],
        [400, 'REFUSED_AS_STAGED', 'Refused, as staged.'],
      ],
    )
    assert.isEmpty(desk.orders)
    assert.equal((await trader.placeLimit()).status, 202)
  })
})

describe('an order that breaks a rule', () => {
  const oversize = { settings: { 'credit.maxOrderSize': 10 } } as const
  const place = async (outcome: Outcome) => {
    const venue = new Venue(oversize)
    const trader = await venue.trader()
    venue.exchange.outcomes.stage({ match: {}, outcome })
    const placed = await trader.placeLimit()
    const left = venue.exchange.outcomes.staged.length
    return { placed, trader, left }
  }

  it('is rejected as staged, where it is to be rejected', async () => {
    const { placed, trader, left } = await place({ kind: 'reject after NEW', reason: 'Mine' })
    assert.equal(await seen(trader, orderIdOf(placed), 2), 'NEW, REJECTED')
    assert.equal((await trader.look(orderIdOf(placed))).reason, 'Mine')
    assert.equal(left, 0)
  })

  it('is rejected for what it breaks, where it is to be filled; that serves the rule', async () => {
    const { placed, trader, left } = await place({ kind: 'fill' })
    const order = await trader.look(orderIdOf(placed))
    assert.deepEqual([order.status, order.reasonCode], ['REJECTED', 'CREDIT_EXCEEDED'])
    assert.equal(left, 0)
  })
})

describe('a magic coId', () => {
  const COURSES: readonly (readonly [coId: string, course: string])[] = [
    ['a~fill-30-20~received-1~new-1-2~lapse-canceled', 'RECEIVED, NEW, NEW 300000, NEW 300000'],
    ['b~new-2~lapse-expired', 'NEW, NEW, EXPIRED, EXPIRED'],
    ['c~reject-after-new=Last_look~new-0', 'REJECTED, REJECTED, REJECTED, REJECTED'],
    ['d~received-held', 'RECEIVED, RECEIVED, RECEIVED, RECEIVED'],
  ]
  for (const [coId, course] of COURSES) {
    it(`does without any control: ${coId}`, async () => {
      const trader = await new Venue().trader()
      const placed = await trader.placeLimit({ coId, price: 0.5, timeInForce: 'GTC' })
      assert.equal(await seen(trader, orderIdOf(placed), 4), course)
    })
  }

  it('can have the placing refused', async () => {
    const trader = await new Venue().trader()
    const { status, body } = await trader.placeLimit({ coId: 'a~refuse=Not_now~code=Z' })
    assert.deepEqual(
      [status, at(body, 'errorCode'), at(body, 'errorMessage')],
      [400, 'Z', 'Not now'],
    )
  })
})
