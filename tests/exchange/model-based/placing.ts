import { assert } from 'chai'
import { orderSchema } from '../../../src/api/contract/orders.ts'
import type { SpotRate } from '../../../src/api/contract/rates.ts'
import type { Outcome } from '../../../src/mocks/exchange/outcome.ts'
import { at } from '../../http/driver.ts'
import type { Placed } from './order-laws.ts'
import { DAY_END, type Name, type World } from './world.ts'

export interface Placing {
  readonly by: Name
  readonly coId: string
  readonly symbol: 'EUR/USD' | 'USD/JPY'
  readonly side: 'Buy' | 'Sell'
  readonly dealsBase: boolean
  readonly size: number
  readonly outcome: Outcome | undefined
}

export interface LimitPlacing extends Placing {
  readonly timeInForce: 'GTC' | 'IOC' | 'FOK' | 'GTT' | 'DAY'
  readonly expiryTime: number
  /** The limit, in pips above the price it would deal at now. */
  readonly pips: number
  readonly minQty: number | undefined
}

export interface PqPlacing extends Placing {
  /**
   * Which of the rates quoted so far, and a rate nobody issued where there is none; or the one that
   * the placer asks for just before.
   */
  readonly quote: number | 'fresh'
  /** Points away from the quote. */
  readonly off: number
}

const DECIMALS = { 'EUR/USD': 5, 'USD/JPY': 3 } as const
const START_PRICES = { 'EUR/USD': 1.08634, 'USD/JPY': 149.372 } as const

const currencyOf = ({ symbol, dealsBase }: Placing) =>
  dealsBase ? symbol.slice(0, 3) : symbol.slice(4)

/** Whether an order lifts the offer; it hits the bid otherwise. */
const lifts = ({ side, dealsBase }: Placing) => (side === 'Buy') === dealsBase

const common = (placing: Placing) => ({
  coId: placing.coId,
  symbol: placing.symbol,
  side: placing.side,
  size: placing.size,
  currency: currencyOf(placing),
})

export function placeLimit(world: World, placing: LimitPlacing): void {
  const { timeInForce, expiryTime, minQty, pips, symbol } = placing
  const top = world.exchange.market.top(symbol)
  const market = top && (lifts(placing) ? top.offer : top.bid).toNumber()
  const decimals = DECIMALS[symbol]
  const price = Number(
    ((market ?? START_PRICES[symbol]) + pips / 10 ** (decimals - 1)).toFixed(decimals),
  )
  const now = world.clock.now()
  const deadlines = { GTT: now + expiryTime * 1_000, DAY: nextDayEnd(now) } as const
  const deadline =
    timeInForce === 'GTT' || timeInForce === 'DAY' ? deadlines[timeInForce] : undefined
  const body = {
    ...common(placing),
    type: 'Limit',
    timeInForce,
    price,
    ...(timeInForce === 'GTT' && { expiryTime }),
    ...(minQty !== undefined && { minQty: Math.min(minQty, placing.size) }),
  }
  const refusal = top ? undefined : 'nobody streamed prices when it was placed'
  place(world, placing, body, {
    kind: 'Limit',
    ...(deadline !== undefined && { deadline }),
    ...(refusal !== undefined && { doomed: refusal }),
  })
}

export function placeAtBest(world: World, placing: Placing): void {
  const streams = world.exchange.market.streams(placing.symbol)
  const body = { ...common(placing), type: 'AtBest', timeInForce: 'FOK', valueDate: '2025-06-13' }
  const doomed = 'nobody streamed prices when it was placed'
  place(world, placing, body, { kind: 'Limit', ...(!streams && { doomed }) })
}

export function placePq(world: World, placing: PqPlacing): void {
  if (placing.quote === 'fresh') world.askRate(placing.by, placing.symbol)
  const index = placing.quote === 'fresh' ? world.quotes.length - 1 : placing.quote
  const quoted = world.quotes[index % Math.max(1, world.quotes.length)]
  const rateId = quoted?.rate.rateId ?? 'nobody-issued-this'
  const right = quoted && (lifts(placing) ? quoted.rate.offer : quoted.rate.bid)
  const decimals = DECIMALS[placing.symbol]
  const price = Number(((right ?? 1) + placing.off / 10 ** decimals).toFixed(decimals))
  const body = { ...common(placing), type: 'PQ', timeInForce: 'FOK', price, rateId }
  const flaw = quoted ? quoteFlaw(world, placing, quoted, price) : 'its rate is nobody’s'
  place(world, placing, body, {
    kind: 'PQ',
    ...(right !== undefined && { quoted: right }),
    ...(flaw !== undefined && { doomed: flaw }),
  })
}

/** Fact sheet 6, rows 13 to 17: why a rate must not be dealt on. */
function quoteFlaw(
  world: World,
  placing: PqPlacing,
  { rate, by, at: quotedAt }: World['quotes'][number],
  price: number,
): string | undefined {
  const flaws: Readonly<Record<string, boolean>> = {
    'its rate is of another symbol': rate.symbol !== placing.symbol,
    'its rate is somebody else’s': by !== placing.by,
    'its rate has expired': world.clock.now() - quotedAt >= 5_000,
    'its rate was spent': world.settings['rate.singleUse'] && world.spent.has(rate.rateId),
    'its price was not quoted': price !== (lifts(placing) ? rate.offer : rate.bid),
    'its size is above the quoted one': placing.size > quotedSize(placing, rate),
    'nobody streamed prices when it was placed': !world.exchange.market.streams(placing.symbol),
  }
  return Object.keys(flaws).find((flaw) => flaws[flaw])
}

function quotedSize(placing: Placing, rate: SpotRate): number {
  const [limit, price] = lifts(placing) ? [rate.offerLimit, rate.offer] : [rate.bidLimit, rate.bid]
  return placing.dealsBase ? limit : limit * price
}

function place(
  world: World,
  { by, coId, outcome }: Placing,
  body: unknown,
  terms: Omit<Placed, 'org' | 'placedAt'>,
): void {
  if (outcome) world.exchange.outcomes.script(coId, outcome)
  const taken = world.orderOf(by, coId)
  const answer = world.call(by, 'placeOrder', { body })
  const code = at(answer.body, 'errorCode')
  if (taken !== undefined) assert.deepEqual([answer.status, code], [400, 'DUPLICATE_CO_ID'])
  if (answer.status !== 202) {
    assert.include(['DUPLICATE_CO_ID', 'UNKNOWN_RATE', 'IMPOSSIBLE_OUTCOME'], code)
    return
  }
  const order = orderSchema.parse(answer.body)
  world.orderLaws.begin(order, { ...terms, org: world.orgOf(by), placedAt: world.clock.now() })
  world.took(by, coId, order.orderId)
}

const DAY_MS = 86_400_000
const nextDayEnd = (now: number) => (now < DAY_END ? DAY_END : DAY_END + DAY_MS)
