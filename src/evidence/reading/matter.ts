import type { OperationMatcher } from '../../api/contract/operation-matcher.ts'
import type { Exchange } from '../exchange.ts'
import { type Delivery, ownDeliveriesOf } from './delivery.ts'
import { type OwnOrder, ownOrdersOf } from './own-orders.ts'
import { type Placing, placingsOf } from './placing.ts'
import { type Reading, readExchange } from './reading.ts'

/** How long things may take before it is a finding, in milliseconds. */
export interface Bounds {
  /** From placing a PQ, IOC or FOK order to its final status. Default 15 000. */
  readonly finalWithinMs: number
  /** From FILLED being seen to its trade being downloadable. Default 10 000. */
  readonly tradeWithinMs: number
  /** How long after its expiry a token may still be taken: clocks differ a little. Default 1 000. */
  readonly tokenSlackMs: number
}

const DEFAULT_BOUNDS: Bounds = {
  finalWithinMs: 15_000,
  tradeWithinMs: 10_000,
  tokenSlackMs: 1_000,
}

/** What the judge knows of a scenario: its exchanges, and what they say about its own orders. */
export interface Matter {
  /** All, in order; also those that another scenario made. */
  readonly readings: readonly Reading[]
  /** Those that this scenario made itself. */
  readonly made: readonly Reading[]
  readonly placings: readonly Placing[]
  readonly orders: readonly OwnOrder[]
  readonly deliveries: readonly Delivery[]
  /**
   * How many users asked. Tokens are redacted, so that of two users that a scenario signs in nobody can
   * tell which one asked: what one of them need not see is judged only where there is no other.
   */
  readonly users: number
  readonly bounds: Bounds
}

/**
 * @param exchanges - Whole, and in order.
 * @param ofWholeRun - Whether shared exchanges tell of own orders too, as they do for the run itself: it
 * is the sum of its scenarios.
 */
export function matterOf(
  exchanges: readonly Exchange[],
  matches: OperationMatcher,
  bounds: Partial<Bounds> = {},
  ofWholeRun = false,
): Matter {
  const readings = exchanges.map((exchange) => readExchange(exchange, matches))
  const made = readings.filter(({ exchange }) => exchange.sharedFrom === undefined)
  const telling = ofWholeRun ? readings : made
  const placings = placingsOf(telling)
  const orders = ownOrdersOf(telling, placings)
  const users = made.flatMap(({ operation, isSuccess, sent }) =>
    operation === 'login' && isSuccess ? JSON.stringify([sent?.user, sent?.org]) : [],
  )
  const logins = telling.flatMap(({ exchange }) => exchange.login ?? [])
  return {
    readings,
    made,
    placings,
    orders,
    deliveries: ownDeliveriesOf(readings, orders, placings),
    users: Math.max(1, new Set(users).size, new Set(logins).size),
    bounds: { ...DEFAULT_BOUNDS, ...bounds },
  }
}

/** Whether everything in the transcript was asked by one user, who sees every order in it. */
export function isOfOneUser({ users }: Matter): boolean {
  return users === 1
}
