import type { Credentials } from '../api/client/options.ts'
import type { Outcome } from '../mocks/exchange/outcome.ts'
import type { Fault } from '../mocks/http/fault.ts'

/** How somebody new is enrolled. */
export interface NewTrader {
  readonly name: string
  /** Whether they may place orders. */
  readonly mayTrade: boolean
  /** Whether they belong to another organisation than everybody else. */
  readonly elsewhere: boolean
}

/**
 * What a simulated backend can be made to do. Everything here is staging: it is how a scenario says
 * what the other side does, and no endpoint has it.
 */
export interface SimulationControl {
  /** Scripts the outcome of the order that will be placed with `coId`. */
  scriptOutcome(coId: string, outcome: Outcome): Promise<void>
  /** Moves a held order on by one step. */
  proceed(orderId: string): Promise<void>
  freezeMarket(): Promise<void>
  /** Moves a symbol by pips, down when negative. */
  moveMarket(symbol: string, pips: number): Promise<void>
  /** Sets the amount of base that stands at the top of the book. */
  setMarketSize(symbol: string, amount: number): Promise<void>
  /** Ends the stream of prices: no provider quotes anything. */
  withdrawPrices(): Promise<void>
  passTime(ms: number): Promise<void>
  expireTokens(): Promise<void>
  /** Disturbs the next calls of an operation; then all is normal again. */
  stageFault(fault: Fault): Promise<void>
  /** Enrols somebody who can then log in. */
  enrol(trader: NewTrader): Promise<Credentials>
}
