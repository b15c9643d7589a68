import { initialTransition, type SnapshotFrom, transition } from 'xstate'
import { type TradingEvent, tradingWorkflow } from '../machines/trading-workflow.ts'

/** The way of one order through the guides' flow chart. */
export class TradingFlow {
  #snapshot: SnapshotFrom<typeof tradingWorkflow>
  readonly #visited: string[]

  constructor() {
    const [snapshot] = initialTransition(tradingWorkflow)
    this.#snapshot = snapshot
    this.#visited = [String(snapshot.value)]
  }

  /** Every state entered so far, the initial one first; staying counts once. */
  get visited(): readonly string[] {
    return this.#visited
  }

  get state(): string {
    return String(this.#snapshot.value)
  }

  can(event: TradingEvent): boolean {
    return this.#snapshot.can(event)
  }

  /**
   * Goes on to where `event` leads.
   *
   * @throws {Error} The chart has no such arrow here: a fault of whoever drives the flow.
   */
  note(event: TradingEvent): void {
    if (!this.can(event)) {
      throw new Error(
        `Failed to follow the trading workflow: ${event.type} leads nowhere from ${this.state}. Ask "can" before.`,
      )
    }
    const [next] = transition(tradingWorkflow, this.#snapshot, event)
    this.#snapshot = next
    if (this.#visited.at(-1) !== this.state) this.#visited.push(this.state)
  }
}
