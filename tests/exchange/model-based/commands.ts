import { assert } from 'chai'
import fc from 'fast-check'
import { stamp } from '../../../src/mocks/exchange/dates.ts'
import type { Outcome } from '../../../src/mocks/exchange/outcome.ts'
import type { Pace } from '../../../src/mocks/exchange/pace.ts'
import { type Placing, placeAtBest, placeLimit, placePq } from './placing.ts'
import type { Name, World } from './world.ts'

/** The laws know all there is to know; fast-check wants a model nevertheless. */
export type NoModel = Record<string, never>

/** One call, or one thing staged; after it, every order must still be lawful. */
class Step implements fc.Command<NoModel, World> {
  readonly #title: string
  readonly #act: (world: World) => void

  constructor(title: string, act: (world: World) => void) {
    this.#title = title
    this.#act = act
  }

  check(): boolean {
    return true
  }

  run(_model: NoModel, world: World): void {
    this.#act(world)
    world.sweep()
  }

  toString(): string {
    return this.#title
  }
}

type Args = Readonly<Record<string, unknown>>

function step<A extends Args>(
  name: string,
  args: fc.Arbitrary<A>,
  act: (world: World, args: A) => void,
) {
  return args.map(
    (given) => new Step(`${name} ${JSON.stringify(given)}`, (world) => act(world, given)),
  )
}

const by: fc.Arbitrary<Name> = fc.constantFrom('ada', 'ben', 'cy')
const symbol = fc.constantFrom('EUR/USD' as const, 'USD/JPY' as const)

const pace: fc.Arbitrary<Pace> = fc.oneof(
  fc.record({ polls: fc.nat(2) }),
  fc.record({ ms: fc.constantFrom(0, 100, 30_000) }),
  fc.constant('held' as const),
)
const paces = fc.oneof(pace, fc.array(pace, { minLength: 1, maxLength: 3 }))
const kind: fc.Arbitrary<Outcome> = fc.oneof(
  fc.constantFrom<Outcome>(
    { kind: 'business' },
    { kind: 'fill' },
    { kind: 'reject before NEW' },
    { kind: 'reject after NEW', reason: 'No appetite' },
    { kind: 'expire' },
    { kind: 'fill in shares', shares: [0.5] },
    { kind: 'fill in shares', shares: [1 / 3, 1 / 3, 1 / 3] },
    { kind: 'fill in parts', parts: [40, 60] },
  ),
)
const outcome: fc.Arbitrary<Outcome> = fc
  .tuple(kind, fc.record({ received: pace, new: paces }, { requiredKeys: [] }))
  .map(([what, paces]) => ({ ...what, ...paces }))

const placing = {
  by,
  symbol,
  // Few, so that some are used twice; some of them magic.
  coId: fc
    .tuple(
      fc.nat(60),
      fc.constantFrom(
        ...['', '', '', '', '~expire', '~fill-half', '~reject-after-new'],
        '~fill-30-20~received-1~new-1-2',
      ),
    )
    .map(([number, word]) => `c${number}${word}`),
  side: fc.constantFrom('Buy' as const, 'Sell' as const),
  dealsBase: fc.boolean(),
  size: fc.constantFrom(
    100,
    1_001,
    10_000.01,
    1_000_000,
    5_000_000,
    5_000_000.01,
    8_000_000,
    19_002,
    19_005,
  ),
  outcome: fc.option(outcome, { nil: undefined, freq: 2 }),
} satisfies { readonly [Key in keyof Placing]: fc.Arbitrary<Placing[Key]> }

const limit = step(
  'place a limit order',
  fc.record({
    ...placing,
    timeInForce: fc.constantFrom(
      'GTC' as const,
      'IOC' as const,
      'FOK' as const,
      'GTT' as const,
      'DAY' as const,
    ),
    expiryTime: fc.constantFrom(1, 30, 86_399),
    pips: fc.constantFrom(-30, -2, -0.1, 0, 0.1, 2, 30),
    minQty: fc.constantFrom(undefined, undefined, 50, 5_000_000),
  }),
  placeLimit,
)

const pq = step(
  'place a PQ order',
  fc.record({
    ...placing,
    quote: fc.oneof(fc.nat(30), fc.constant('fresh' as const)),
    off: fc.constantFrom(0, 0, 0, 0, 1, -1),
  }),
  placePq,
)

const atBest = step('place an at-best order', fc.record(placing), placeAtBest)

const rate = step('ask for a rate', fc.record({ by, symbol }), (world, args) => {
  world.askRate(args.by, args.symbol)
})

/** Which of the orders placed so far. */
const which = fc.nat(1_000)
const orderId = (world: World, index: number) =>
  world.orderIds[index % Math.max(1, world.orderIds.length)] ?? '1'

const isOwn = (world: World, name: Name, id: string) =>
  world.orderIds.includes(id) && world.orderLaws.placed(id).org === world.orgOf(name)

const query = step('query by server id', fc.record({ by, which }), (world, args) => {
  const id = orderId(world, args.which)
  const answer = world.call(args.by, 'queryOrder', { params: { id } })
  assert.equal(answer.status, isOwn(world, args.by, id) ? 200 : 404)
  if (answer.status !== 200) return
  assert.deepEqual(
    world.seeOrders(args.by, answer.body).map((order) => order.orderId),
    [id],
  )
})

const queryByCoId = step(
  'query by client id',
  fc.record({ by, coId: placing.coId }),
  (world, args) => {
    const answer = world.call(args.by, 'queryOrders', { query: { coId: args.coId } })
    const expected = world.orderOf(args.by, args.coId)
    assert.equal(answer.status, expected === undefined ? 404 : 200)
    if (answer.status !== 200) return
    assert.deepEqual(
      world.seeOrders(args.by, answer.body).map((order) => order.orderId),
      [expected],
    )
  },
)

const active = step('list the active orders', fc.record({ by }), (world, args) => {
  const { body } = world.call(args.by, 'queryOrders')
  const listed = world.seeOrders(args.by, body).map((order) => order.orderId)
  world.sweep()
  const own = world.orderIds.filter((id) => isOwn(world, args.by, id))
  assert.sameMembers(
    listed,
    own.filter((id) => !world.orderLaws.isFinal(id)),
  )
})

const cancel = step('cancel', fc.record({ by, which }), (world, args) => {
  const id = orderId(world, args.which)
  const own = isOwn(world, args.by, id)
  const canEnd = own && !world.orderLaws.isFinal(id) && world.orderLaws.placed(id).kind === 'Limit'
  const answer = world.call(args.by, 'cancelOrder', { params: { orderId: id } })
  assert.equal(answer.status, canEnd ? 202 : own ? 400 : 404)
  if (canEnd) assert.equal(world.peek(id).status, 'CANCELED')
})

const proceed = step('let proceed', fc.record({ which }), (world, args) => {
  world.exchange.desk.proceed(orderId(world, args.which))
})

const pass = step(
  'pass time',
  fc.record({ ms: fc.constantFrom(0, 1, 99, 1_000, 4_999, 5_000, 29_999, 60_000, 130_000) }),
  (world, { ms }) => world.clock.advance(ms),
)

const move = step(
  'move the market',
  fc.record({ symbol, pips: fc.constantFrom(-40, -2, -0.1, 0.1, 2, 40) }),
  (world, args) => world.exchange.market.move(args.pips, args.symbol),
)

const size = step(
  'set the size on offer',
  fc.record({ symbol, amount: fc.constantFrom(30, 1_000.5, 4_000_000, 9_000_000) }),
  (world, args) => world.exchange.market.offerSize(args.symbol, args.amount),
)

const stage = step(
  'stage the market',
  fc.record({
    what: fc.constantFrom(
      'freeze' as const,
      'thaw' as const,
      'withdraw' as const,
      'restore' as const,
      'restore' as const,
    ),
  }),
  (world, { what }) => world.exchange.market[what](),
)

const download = step(
  'download',
  fc.record({ by, maxCount: fc.option(fc.integer({ min: 1, max: 4 }), { nil: undefined }) }),
  (world, args) => {
    world.download(args.by, args.maxCount)
  },
)

const DAY_MS = 86_400_000
const resend = step(
  'resend',
  fc.record({ by, days: fc.integer({ min: -1, max: 1 }) }),
  (world, args) => {
    const instant = world.clock.now() + args.days * DAY_MS
    const text = stamp(instant)
    const answer = world.call(args.by, 'resendTrades', { body: { startDate: text, endDate: text } })
    assert.equal(answer.status, 200)
    const day = new Date(instant).toISOString().slice(0, 10)
    world.tradeLaws.resend(world.consumerOf(args.by), day, day)
  },
)

const login = step('log in', fc.record({ by }), (world, args) => world.login(args.by))
const expire = step('expire the tokens', fc.record({}), (world) => world.expireTokens())

const often = <T>(arbitrary: fc.Arbitrary<T>, times: number) =>
  Array.from({ length: times }, () => arbitrary)

/** Calls and staging in any order; the frequent ones are those that orders live by. */
export const steps = fc.commands(
  [
    ...often(limit, 4),
    ...often(pq, 3),
    atBest,
    ...often(rate, 3),
    ...often(query, 6),
    queryByCoId,
    ...often(active, 2),
    cancel,
    proceed,
    ...often(pass, 2),
    ...often(move, 2),
    size,
    stage,
    ...often(download, 2),
    resend,
    login,
    expire,
  ],
  { maxCommands: 60, size: 'max' },
)
