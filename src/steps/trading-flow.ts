import { tradingStart, tradingStep } from '../machines/trading-steps.ts'
import type { TradingEvent } from '../machines/trading-workflow.ts'

/** The way of one order through the guides' flow chart. */
export class TradingFlow {
  #state = tradingStart
  readonly #visited = [tradingStart]

  /** Every state entered so far, the initial one first; staying counts once. */
  get visited(): readonly string[] {
    return this.#visited
  }

  get state(): string {
    return this.#state
  }

  can(event: TradingEvent): boolean {
    return tradingStep(this.#state, event) !== undefined
  }

  /**
   * Goes on to where `event` leads.
   *
   * @throws {Error} The chart has no such arrow here: a fault of whoever drives the flow.
   */
  note(event: TradingEvent): void {
    const next = tradingStep(this.#state, event)
    if (next === undefined) {
      throw new Error(
        `Failed to follow the trading workflow: ${event.type} leads nowhere from ${this.state}. Ask "can" before.`,
      )
    }
    this.#state = next
    if (this.#visited.at(-1) !== next) this.#visited.push(next)
  }
}
