import type { DeliveryRecord, Person } from '../../exchange/records.ts'

/**
 * What changed of where trades stand with their consumers.
 *
 * What a download hands out is held back until its answer is over: a server that is killed before that
 * hands it out again, rather than never.
 */
export class DeliveryChanges {
  /** By trade, then by consumer. */
  readonly #written = new Map<string, Map<string, DeliveryRecord>>()
  readonly #forgotten = new Set<string>()
  readonly #heldBack = new Map<string, DeliveryRecord>()
  /** What the call hands out that is being handled. */
  #handedOut: DeliveryRecord[] | undefined

  /** @returns Whether there is something to be written. */
  move(deliveries: readonly DeliveryRecord[]): boolean {
    let isChanged = false
    for (const each of deliveries) {
      if (this.#handedOut && each.state === 'got') {
        this.#heldBack.set(keyOf(each), each)
        this.#handedOut.push(each)
        continue
      }
      // Whatever was held back is obsolete: it is to be sent again, or was got since.
      this.#heldBack.delete(keyOf(each))
      this.#write(each)
      isChanged = true
    }
    return isChanged
  }

  /**
   * Handles a call.
   *
   * @returns What that gave; and what has all that was handed out count as got, to be called when the answer
   *   is over: it says whether there is something to be written.
   */
  during<T>(handle: () => T): { readonly handled: T; readonly release: () => boolean } {
    const handedOut: DeliveryRecord[] = []
    this.#handedOut = handedOut
    try {
      return { handled: handle(), release: () => this.#release(handedOut) }
    } finally {
      this.#handedOut = undefined
    }
  }

  /** Forgets a trade, with all its deliveries. */
  forget(tradeId: string): void {
    this.#written.delete(tradeId)
    this.#forgotten.add(tradeId)
    for (const [key, held] of this.#heldBack) {
      if (held.tradeId === tradeId) this.#heldBack.delete(key)
    }
  }

  /** Trades of which nothing is to be left. */
  get forgotten(): Iterable<string> {
    return this.#forgotten
  }

  get written(): readonly DeliveryRecord[] {
    return [...this.#written.values()].flatMap((byConsumer) => [...byConsumer.values()])
  }

  clear(): void {
    this.#written.clear()
    this.#forgotten.clear()
  }

  #release(handedOut: readonly DeliveryRecord[]): boolean {
    const left = handedOut.filter((each) => this.#heldBack.get(keyOf(each)) === each)
    for (const each of left) {
      this.#heldBack.delete(keyOf(each))
      this.#write(each)
    }
    return left.length > 0
  }

  #write(delivery: DeliveryRecord): void {
    const byConsumer = this.#written.get(delivery.tradeId) ?? new Map<string, DeliveryRecord>()
    this.#written.set(delivery.tradeId, byConsumer.set(personKey(delivery.consumer), delivery))
  }
}

/** A person as a key. */
export const personKey = ({ org, name }: Person) => JSON.stringify([org, name])

const keyOf = ({ tradeId, consumer }: DeliveryRecord) => tradeId + personKey(consumer)
