import type { Matter } from '../../reading/matter.ts'
import { endOf, type OwnOrder } from '../../reading/own-orders.ts'
import type { Placing } from '../../reading/placing.ts'
import { quotesIn } from '../../reading/quotes.ts'
import { buysBase, type Terms, termsOf } from '../../reading/terms.ts'
import { isMore, settledAt } from '../deal/amounts.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import { secondsOf } from '../seconds.ts'
import { isSeenInTime } from './seen-in-time.ts'

/** Longest life of a GTT order, in seconds. Fact sheet 2.4 [reference]. */
const MOST_SECONDS = 86_399
/** How fine a life is reckoned is a gap (setting 31): to the second, since it is told in seconds. */
const PRECISION_MS = 1_000

/**
 * The time counts from the end of its life, but not from before the first query after that: an order may
 * move only when somebody looks (setting 25).
 */
export const gttEndsRule: Rule = {
  id: 'order.gtt-ends',
  family: 'Waiting',
  sentence:
    'A good-till-time order works no longer than its seconds, and the time that a final status may take (15 s by default).',
  source: { section: '4.2', mark: 'inferred' },
  code: 'gtt-too-long',
  check: (matter) => resultOf(matter.orders.map((order) => endsSight(order, matter))),
}

function endsSight(order: OwnOrder, { bounds }: Matter): Sight {
  const { placing, views, orderId } = order
  const lifeMs = placing && lifeOf(placing)
  if (!placing || lifeMs === undefined) return undefined
  const overAt = placing.reading.doneAt + lifeMs
  const after = views.filter(({ by, reading }) => by === 'query' && reading.exchange.at >= overAt)
  const [first] = after
  if (!first) return undefined
  const since = first.reading.exchange.at
  const late = after.find(
    ({ status, reading }) =>
      ['RECEIVED', 'NEW'].includes(status) && reading.exchange.at - since >= bounds.finalWithinMs,
  )
  const end = endOf(order)
  if (late && !(end && end.reading.number < late.reading.number)) {
    const age = secondsOf(late.reading.exchange.at - placing.reading.exchange.at)
    return {
      orderId,
      detail: `still ${late.status} ${age} after it was placed for ${secondsOf(lifeMs)}; allowed are ${secondsOf(bounds.finalWithinMs)} more`,
      exchanges: [placing.reading.number, late.reading.number],
    }
  }
  const isHeld =
    end && after.includes(end) && isSeenInTime(end, overAt, after, bounds.finalWithinMs)
  return isHeld ? 'held' : undefined
}

export const gttNotEarlyRule: Rule = {
  id: 'order.gtt-not-early',
  family: 'Waiting',
  sentence: 'A good-till-time order does not expire before its seconds are over.',
  source: { section: '4.2', mark: 'inferred' },
  code: 'gtt-too-short',
  check: (matter) => resultOf(matter.orders.map((order) => earlySight(order, matter))),
}

/** No clock but ours is looked at: it was placed after it was sent, and ended before that was answered. */
function earlySight(order: OwnOrder, matter: Matter): Sight {
  const { placing, views, orderId } = order
  const lifeMs = placing && lifeOf(placing)
  if (!placing || lifeMs === undefined || !mayOnlyWait(order, placing, matter)) return undefined
  const { reading } = placing
  const overAt = reading.exchange.at + lifeMs - PRECISION_MS
  const early = views.filter(({ by, reading: { doneAt } }) => by === 'query' && doneAt < overAt)
  const expired = early.find(({ status }) => status === 'EXPIRED')
  if (!expired) return early.length > 0 ? 'held' : undefined
  const age = secondsOf(expired.reading.doneAt - reading.exchange.at)
  return {
    orderId,
    detail: `EXPIRED ${age} after it was placed for ${secondsOf(lifeMs)}`,
    exchanges: [reading.number, expired.reading.number],
  }
}

export const gtcStaysRule: Rule = {
  id: 'order.gtc-stays',
  family: 'Waiting',
  sentence: 'A good-till-cancelled order does not expire.',
  source: { section: '4.2', mark: 'inferred' },
  code: 'gtc-expired',
  check: (matter) => resultOf(matter.orders.map((order) => staysSight(order, matter))),
}

function staysSight(order: OwnOrder, matter: Matter): Sight {
  const { placing, views, orderId } = order
  if (placing?.sent.timeInForce !== 'GTC' || !mayOnlyWait(order, placing, matter)) return undefined
  const queried = views.filter(({ by }) => by === 'query')
  const expired = queried.find(({ status }) => status === 'EXPIRED')
  if (!expired) return queried.some(({ status }) => status === 'NEW') ? 'held' : undefined
  return {
    orderId,
    detail: 'good till cancelled, and EXPIRED',
    exchanges: [placing.reading.number, expired.reading.number],
  }
}

/** The life of a GTT order in milliseconds; `undefined` where it is no such order, or not well made. */
function lifeOf({ sent: { type, timeInForce, expiryTime } }: Placing): number | undefined {
  if (type !== 'Limit' || timeInForce !== 'GTT' || !Number.isInteger(expiryTime)) return undefined
  const seconds = Number(expiryTime)
  return seconds > 0 && seconds <= MOST_SECONDS ? seconds * 1_000 : undefined
}

/**
 * Whether nothing but its time can make an order expire: nobody asked for its cancellation, and the market
 * was seen to be good for its size before. For more than that it may expire at once (setting 17).
 */
function mayOnlyWait(order: OwnOrder, { sent, reading }: Placing, matter: Matter): boolean {
  const terms = termsOf(order)
  if (!terms || sent.type !== 'Limit') return false
  const isCancelled = matter.readings.some(
    ({ operation, params }) => operation === 'cancelOrder' && params.orderId === order.orderId,
  )
  const offered = quotesIn(matter.readings)
    .filter((quote) => quote.symbol === terms.symbol && quote.reading.number < reading.number)
    .at(-1)
  return !isCancelled && offered !== undefined && isCoveredBy(offered, terms)
}

function isCoveredBy(quote: ReturnType<typeof quotesIn>[number], terms: Terms): boolean {
  const [price, limit] = buysBase(terms)
    ? [quote.offer, quote.offerLimit]
    : [quote.bid, quote.bidLimit]
  const base = terms.dealsBase ? terms.size : settledAt(terms, terms.size, price)
  return limit !== undefined && !isMore(base, limit)
}
