import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import type { Operation } from '../../src/api/contract/endpoints.ts'
import { Chance } from '../../src/mocks/exchange/chance.ts'
import type { Fault } from '../../src/mocks/http/fault.ts'
import type { Call } from '../../src/mocks/http/fault-call.ts'
import { Faults } from '../../src/mocks/http/faults.ts'
import { orderIdOf, Venue } from './driver.ts'
import { callSigned } from './hmac-signing.ts'

const OPERATIONS = ['placeOrder', 'queryOrder', 'cancelOrder'] as const
const CO_IDS = ['a-1', 'a-2', 'b-1'] as const
const USERS = ['ada', 'bob'] as const

/** A pattern as a regular expression: another way to say the same. */
const globbed = (pattern: string) => new RegExp(`^${pattern.replaceAll('*', '.*')}$`, 's')

interface ModelCall {
  readonly operation: Operation
  readonly coId: string | undefined
  readonly user: string
}

interface ModelFault {
  readonly operation: (typeof OPERATIONS)[number] | readonly (typeof OPERATIONS)[number][] | 'any'
  readonly coId?: string
  readonly coIdPattern?: string
  readonly user?: string
  readonly skip?: number
  readonly times?: number | 'always'
}

const callOf = ({ operation, coId, user }: ModelCall): Call => ({
  operation,
  coId,
  token: 'token',
  isBy: (caller) => (caller.user ?? user) === user && caller.org === undefined,
})

/** Which fault each call gets, by its place in the list: the documentation, written a second time. */
function expectedHits(faults: readonly ModelFault[], calls: readonly ModelCall[]) {
  const state = faults.map(({ skip = 0, times = 1 }) => ({ skip, left: times }))
  const matches = (fault: ModelFault, call: ModelCall) =>
    (fault.operation === 'any' ||
      [fault.operation].flat().some((each) => each === call.operation)) &&
    (fault.coId === undefined || fault.coId === call.coId) &&
    (fault.coIdPattern === undefined ||
      (call.coId !== undefined && globbed(fault.coIdPattern).test(call.coId))) &&
    (fault.user === undefined || fault.user === call.user)
  return calls.map((call) => {
    const index = faults.findIndex((fault, at) => state[at]?.left !== 0 && matches(fault, call))
    const mine = state[index]
    if (!mine) return undefined
    if (mine.skip > 0) {
      mine.skip--
      return undefined
    }
    if (mine.left !== 'always') mine.left--
    return index
  })
}

const optional = { requiredKeys: ['operation'] } as const
const faultArbitrary: fc.Arbitrary<ModelFault> = fc.record(
  {
    operation: fc.oneof(
      fc.constantFrom(...OPERATIONS, 'any' as const),
      fc.subarray([...OPERATIONS], { minLength: 1 }),
    ),
    coId: fc.constantFrom(...CO_IDS),
    coIdPattern: fc.constantFrom('a*', '*1', 'b-*', '*'),
    user: fc.constantFrom(...USERS),
    skip: fc.nat(2),
    times: fc.oneof(fc.integer({ min: 1, max: 3 }), fc.constant('always' as const)),
  },
  { requiredKeys: [...optional.requiredKeys] },
)
const callArbitrary: fc.Arbitrary<ModelCall> = fc.record({
  operation: fc.constantFrom(...OPERATIONS, 'spotRate' as const),
  coId: fc.constantFrom(...CO_IDS, undefined),
  user: fc.constantFrom(...USERS),
})

describe('a staged fault', () => {
  it('hits exactly the calls that it matches, first staged first', () => {
    fc.assert(
      fc.property(
        fc.array(faultArbitrary, { maxLength: 5 }),
        fc.array(callArbitrary, { maxLength: 25 }),
        (staged, calls) => {
          const faults = new Faults(new Chance('matching'))
          for (const [index, fault] of staged.entries())
            faults.stage({ ...fault, kind: 'status', status: 400 + index })
          const got = calls.map((call) => faults.take(['status'], callOf(call))?.fault.status)
          const expected = expectedHits(staged, calls)
          assert.deepEqual(
            got,
            expected.map((index) => (index === undefined ? undefined : 400 + index)),
          )
          const hits = faults.staged.reduce((sum, each) => sum + each.hits, 0)
          assert.isAtMost(hits, expected.filter((index) => index !== undefined).length)
        },
      ),
      { numRuns: 500 },
    )
  })

  it('is asked for by its sort, and counts calls for itself alone', () => {
    const faults = new Faults(new Chance('sorts'))
    faults.stage({ operation: 'any', kind: 'latency', ms: 1, skip: 1 })
    faults.stage({ operation: 'any', status: 503 })
    const call = callOf({ operation: 'placeOrder', coId: undefined, user: 'ada' })
    const take = () => [
      faults.take(['latency'], call)?.fault.ms,
      faults.take(['server error'], call)?.fault.status,
    ]
    assert.deepEqual(
      [take(), take(), take()],
      [
        [undefined, 503],
        [1, undefined],
        [undefined, undefined],
      ],
    )
  })

  it('is listed with what became of it, until it is spent', () => {
    const faults = new Faults(new Chance('listed'))
    faults.stage({ operation: 'placeOrder', status: 503, times: 2, skip: 1 })
    const call = callOf({ operation: 'placeOrder', coId: undefined, user: 'ada' })
    const seen = [1, 2, 3].map(() => {
      const [staged] = faults.staged
      faults.take(['server error'], call)
      return staged
    })
    const fault = {
      kind: 'server error',
      operation: 'placeOrder',
      status: 503,
      times: 2,
      skip: 1,
      probability: 1,
    }
    assert.deepEqual<unknown>(seen, [
      { fault, calls: 0, hits: 0 },
      { fault, calls: 1, hits: 0 },
      { fault, calls: 2, hits: 1 },
    ])
    assert.isEmpty(faults.staged)
  })

  it('is one of 1,000 at most', () => {
    const faults = new Faults(new Chance('many'))
    for (let count = 0; count < 1_000; count++) faults.stage({ operation: 'any', status: 503 })
    assert.throws(
      () => faults.stage({ operation: 'any', status: 503 }),
      RangeError,
      '1000 are staged. Clear them first.',
    )
    faults.clear()
    faults.stage({ operation: 'any', status: 503 })
    assert.lengthOf(faults.staged, 1)
  })
})

describe('a fault that hits by chance', () => {
  const half: Fault = { operation: 'any', status: 503, times: 'always', probability: 0.5 }
  const place: ModelCall = { operation: 'placeOrder', coId: 'a-1', user: 'ada' }
  const pattern = (faults: Faults, between: () => void = () => {}) =>
    Array.from({ length: 200 }, () => {
      between()
      return faults.take(['server error'], callOf(place)) !== undefined
    })
  const staged = (seed: string, ...all: readonly Fault[]) => {
    const faults = new Faults(new Chance(seed))
    for (const each of all) faults.stage(each)
    return faults
  }

  it('hits about as many calls as it says', () => {
    for (const [probability, from, to] of [
      [0, 0, 0],
      [0.1, 8, 35],
      [0.5, 80, 120],
      [1, 200, 200],
    ] as const) {
      const hits = pattern(staged('shares', { ...half, probability })).filter(Boolean).length
      assert.isTrue(from <= hits && hits <= to, `${hits} of 200 at ${probability}`)
    }
  })

  it('hits the same calls with the same seed, after a clearing as well, and others with another', () => {
    const faults = staged('seed', half)
    const hits = pattern(faults)
    assert.deepEqual(pattern(staged('seed', half)), hits)
    faults.clear()
    faults.stage(half)
    assert.deepEqual(pattern(faults), hits)
    assert.notDeepEqual(pattern(staged('other', half)), hits)
    assert.notDeepEqual(pattern(staged('seed', { operation: 'login', status: 500 }, half)), hits)
  })

  it('hits the same calls whatever else is staged after it, or called between', () => {
    const narrow: Fault = { ...half, operation: 'placeOrder' }
    const hits = pattern(staged('seed', narrow))
    const faults = staged(
      'seed',
      narrow,
      { ...half, operation: 'queryOrder' },
      { operation: 'any', kind: 'latency', ms: 1, times: 'always', probability: 0.5 },
    )
    const between = () => {
      faults.take(['server error'], callOf({ ...place, operation: 'queryOrder' }))
      faults.take(['latency'], callOf(place))
    }
    assert.deepEqual(pattern(faults, between), hits)
  })

  it('lets those that it spares go to the next, and is spent by hits alone', () => {
    const faults = staged('spared', { ...half, times: 3 }, { ...half, status: 500, probability: 1 })
    const got = Array.from(
      { length: 20 },
      () => faults.take(['server error'], callOf(place))?.fault.status,
    )
    assert.lengthOf(
      got.filter((status) => status === 503),
      3,
    )
    assert.lengthOf(
      got.filter((status) => status === 500),
      17,
    )
  })
})

describe('what a call is matched by', () => {
  const order = { price: 0.5, timeInForce: 'GTC' } as const

  /** The statuses of a placing, and of queries by both ids and a cancelling, all of two orders. */
  async function statuses(fault: object, settings = {}): Promise<readonly unknown[]> {
    const venue = new Venue({ settings })
    const trader = await venue.trader()
    const first = await trader.placeLimit({ ...order, coId: 'first/1' })
    venue.simulation.faults.stage({
      operation: 'any',
      kind: 'status',
      status: 418,
      times: 'always',
      ...fault,
    })
    const second = await trader.placeLimit({ ...order, coId: 'second' })
    const template = venue.exchange.settings['paths.queryByClient']
    const byClient = async (coId: string) =>
      (await trader.call('GET', template.replace('{coId}', encodeURIComponent(coId)))).status
    return [
      second.status,
      await byClient('first/1'),
      await byClient('second'),
      (await trader.askOrder(orderIdOf(first))).status,
      (await trader.askOrder('0')).status,
      (await trader.cancel(orderIdOf(first))).status,
      (await trader.askRate()).status,
      (await trader.download()).status,
    ]
  }

  it('is the client id of the order it is about, named or not', async () => {
    const first = [202, 418, 200, 418, 404, 418, 200, 200]
    assert.deepEqual(await statuses({ coId: 'first/1' }), first)
    assert.deepEqual(await statuses({ coIdPattern: 'f*/1' }), first)
    const elsewhere = { 'paths.queryByClient': '/v2/orders/client/{coId}' }
    assert.deepEqual(await statuses({ coId: 'first/1' }, elsewhere), first)
    // The path then covers that of the query by server id.
    const covering = { 'paths.queryByClient': '/v2/orders/{coId}?by=client' }
    assert.deepEqual(await statuses({ coId: 'first/1' }, covering), first)
    assert.deepEqual(await statuses({ coId: 'first' }), [202, 200, 200, 200, 404, 202, 200, 200])
    assert.deepEqual(
      await statuses({ coId: 'first/1', operation: ['queryOrder', 'cancelOrder'] }),
      [202, 200, 200, 418, 404, 418, 200, 200],
    )
  })

  it('is no id where the order was never taken', async () => {
    assert.deepEqual(
      await statuses({ coId: 'second' }).catch(String),
      [418, 200, 418, 200, 404, 202, 200, 200],
    )
  })

  it('is any that the pattern fits, however many stars it has', async () => {
    const venue = new Venue()
    const trader = await venue.trader()
    const coIdPattern = '*a*a*a*a*a*a*a*a*a*b'
    const fault = { operation: 'placeOrder', coIdPattern, status: 503, times: 'always' } as const
    venue.simulation.faults.stage(fault)
    assert.equal((await trader.placeLimit({ ...order, coId: 'a'.repeat(250) })).status, 202)
    assert.equal((await trader.placeLimit({ ...order, coId: `${'a'.repeat(250)}b` })).status, 503)
  })

  it('is no id where the body has none', async () => {
    const venue = new Venue()
    const trader = await venue.trader()
    const any = { operation: 'placeOrder', coIdPattern: '*', times: 'always' } as const
    venue.simulation.faults.stage({ ...any, kind: 'status', status: 418 })
    for (const body of ['', '{', 'null', '[]', '{"coId":1}', '"coId"']) {
      assert.equal((await trader.place(body)).status, 400, body)
    }
    assert.equal((await trader.place('{"coId":""}')).status, 418)
  })

  it('is who calls: by login, token or signature', async () => {
    const venue = new Venue()
    const [ada, bob, eve] = [
      await venue.trader('ada'),
      await venue.trader('bob'),
      await venue.trader('ada', { org: 'Elsewhere' }),
    ]
    const hits = async (fault: { user?: string; org?: string }) => {
      venue.simulation.faults.clear()
      venue.simulation.faults.stage({
        operation: 'any',
        kind: 'status',
        status: 418,
        times: 'always',
        ...fault,
      })
      const rows: unknown[] = []
      for (const trader of [ada, bob, eve]) {
        const { token } = trader
        const statuses = [
          (await trader.login()).status,
          (await trader.renew(token)).status,
          (await trader.askRate()).status,
          (await callSigned(venue, trader)).status,
        ]
        rows.push(statuses.map((status) => (status === 418 ? 1 : 0)).join(''))
      }
      return rows
    }
    assert.deepEqual(await hits({ user: 'ada' }), ['1111', '0000', '1111'])
    assert.deepEqual(await hits({ user: 'bob' }), ['0000', '1111', '0000'])
    assert.deepEqual(await hits({ org: 'Elsewhere' }), ['0000', '0000', '1111'])
    assert.deepEqual(await hits({ user: 'ada', org: 'Elsewhere' }), ['0000', '0000', '1111'])
    assert.deepEqual(await hits({ user: 'nobody' }), ['0000', '0000', '0000'])
  })

  it('is a token, where that is to expire', async () => {
    const venue = new Venue()
    const trader = await venue.trader()
    venue.simulation.faults.stage({ operation: 'any', kind: 'expired token' })
    assert.equal((await trader.login()).status, 200)
    const headers = { SSO_TOKEN: trader.token }
    assert.equal((await callSigned(venue, trader, { headers })).status, 200)
    assert.lengthOf(venue.simulation.faults.staged, 1)
    assert.equal(await trader.probe(), 401)
    assert.isEmpty(venue.simulation.faults.staged)
  })

  it('keeps no session alive', async () => {
    const venue = new Venue({ settings: { tokenSliding: true } })
    const trader = await venue.trader()
    venue.simulation.faults.stage({
      operation: 'any',
      kind: 'status',
      status: 418,
      user: 'ada',
      times: 2,
    })
    venue.clock.advance(59_000)
    assert.equal(await trader.probe(), 418)
    venue.clock.advance(1_000)
    assert.equal(await trader.probe(), 418)
    assert.equal(await trader.probe(), 401)
  })
})
