import type { Exchange } from '../exchange/exchange.ts'
import { Fifo } from '../exchange/fifo.ts'
import type { DoorRequest } from './door.ts'
import type { Call } from './fault-call.ts'
import { Faults } from './faults.ts'
import { faultsSaidBy } from './magic-fault-words.ts'

/** Longer ones no order has. */
const LONGEST_CO_ID = 255
/** So many coIds are known to have had their faults; the oldest are forgotten beyond. */
const MOST_MET = 10_000

/**
 * Faults that clients ask for themselves, by what they put into the `coId`. The first placing with a `coId`
 * gets them: a client that places the order again, as it should, gets through.
 */
export class MagicFaults {
  readonly #exchange: Exchange
  readonly #met = new Set<string>()
  readonly #inOrder = new Fifo<string>()

  constructor(exchange: Exchange) {
    this.#exchange = exchange
  }

  /** Whether a call can have any, told before more is read of it. */
  mayDisturb(operation: Call['operation'], { body }: DoorRequest): boolean {
    return (
      operation === 'placeOrder' &&
      this.#exchange.settings['outcome.magic'] &&
      // As it is, or as JSON can write it.
      (body.includes('~') || body.includes('\\u007'))
    )
  }

  /** What disturbs a call of which {@link mayDisturb} says that it may be. */
  of({ coId }: Call): Faults | undefined {
    if (coId === undefined || coId.length > LONGEST_CO_ID || this.#met.has(coId)) return undefined
    const said = faultsSaidBy(coId)
    if (said.length === 0) return undefined
    this.#meet(coId)
    const faults = new Faults(this.#exchange.chance)
    for (const fault of said) faults.stage(fault)
    return faults
  }

  #meet(coId: string): void {
    this.#met.add(coId)
    this.#inOrder.push(coId)
    const oldest = this.#met.size > MOST_MET ? this.#inOrder.shift() : undefined
    if (oldest !== undefined) this.#met.delete(oldest)
  }
}
