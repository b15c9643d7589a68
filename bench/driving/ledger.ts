let coIds = 0

/** A client order id that this process has not used. */
export function nextCoId(): string {
  return `bench-${coIds++}`
}

/**
 * What one organisation has placed and downloaded: connections share its trades, so that a download may
 * bring what another one dealt.
 */
export class Ledger {
  readonly #untraded = new Set<string>()
  #placed = 0

  /** @throws {Error} The id was given out before. */
  place(orderId: string): void {
    if (this.#untraded.has(orderId)) throw new Error(`Order ${orderId} was placed twice.`)
    this.#untraded.add(orderId)
    this.#placed++
  }

  /** @throws {Error} The trade belongs to no order, or its order's was downloaded before. */
  download(orderId: string): void {
    if (this.#untraded.delete(orderId)) return
    throw new Error(`A trade of order ${orderId} was downloaded, which has none due.`)
  }

  get placed(): number {
    return this.#placed
  }

  /** Orders whose trade has not been downloaded. */
  get untraded(): number {
    return this.#untraded.size
  }
}
