import type { TokenTransport } from '../api/client/token.ts'
import type { Side } from '../api/contract/common.ts'
import type { OrderStatus } from '../api/contract/statuses.ts'
import type { Amount, Life, RelativePrice } from './terms.ts'

/** One field left out, or set to a JSON value. */
export type Alteration = (fields: Readonly<Record<string, unknown>>) => Record<string, unknown>

/** Before a call does anything, or after all of it, when only its answer is lost. */
export type Moment = 'before' | 'after'

/** What the code of a step gets for a parameter, by the name between the braces. */
export interface ParameterTypes {
  /** Who trades: a key of `world.trader(name)`. */
  readonly trader: string
  /** `Buy` or `Sell`. */
  readonly side: Side
  /** The API's own word. */
  readonly status: OrderStatus
  /** Two statuses or more, in their order. */
  readonly statuses: readonly string[]
  /** How much to deal, and in which currency of the pair. */
  readonly amount: Amount
  /** Where the limit lies, in pips from the market; below 0 below it. */
  readonly limitPrice: RelativePrice
  /** How long an order may wait. */
  readonly life: Life
  /** In milliseconds. */
  readonly duration: number
  /** How far the market moves, in pips; below 0 where it falls. */
  readonly pips: number
  /** What is wrong with a request on purpose. */
  readonly alteration: Alteration
  /** How the token goes along with a request. */
  readonly transport: TokenTransport
  /** A pair, e.g. `EUR/USD`. */
  readonly symbol: string
  /** When a fault strikes: before the call takes effect, or after. */
  readonly moment: Moment
}
