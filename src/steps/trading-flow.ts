import { type AnyStateMachine, initialTransition, transition } from 'xstate'
import { remembering } from '../evidence/remembering.ts'
import { type TradingEvent, tradingWorkflow } from '../machines/trading-workflow.ts'

const initial = String(initialTransition(tradingWorkflow)[0].value)

/** More than the chart has arrows, and missing ones. */
const ARROWS_KEPT = 1_000
const arrows = remembering<string | undefined>(ARROWS_KEPT)

/** Where the chart leads; `undefined` where it has no arrow. The machine is asked once, and knows nothing but states. */
function nextState(state: string, event: TradingEvent): string | undefined {
  return arrows(`${state} ${event.type}`, () => {
    const machine: AnyStateMachine = tradingWorkflow
    const at = machine.resolveState({ value: state, context: undefined })
    return at.can(event) ? String(transition(machine, at, event)[0].value) : undefined
  })
}

/** The way of one order through the guides' flow chart. */
export class TradingFlow {
  readonly #visited = [initial]
  #state = initial

  /** Every state entered so far, the initial one first; staying counts once. */
  get visited(): readonly string[] {
    return this.#visited
  }

  get state(): string {
    return this.#state
  }

  can(event: TradingEvent): boolean {
    return nextState(this.#state, event) !== undefined
  }

  /**
   * Goes on to where `event` leads.
   *
   * @throws {Error} The chart has no such arrow here: a fault of whoever drives the flow.
   */
  note(event: TradingEvent): void {
    const next = nextState(this.#state, event)
    if (next === undefined) {
      throw new Error(
        `Failed to follow the trading workflow: ${event.type} leads nowhere from ${this.state}. Ask "can" before.`,
      )
    }
    this.#state = next
    if (this.#visited.at(-1) !== next) this.#visited.push(next)
  }
}
