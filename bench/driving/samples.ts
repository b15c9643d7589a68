const FIRST_CAPACITY = 65_536

/** Many numbers, kept cheaply: the driver must not be what is measured. */
export class Samples {
  #values = new Float64Array(FIRST_CAPACITY)
  #count = 0

  add(value: number): void {
    if (this.#count === this.#values.length) {
      const more = new Float64Array(this.#values.length * 2)
      more.set(this.#values)
      this.#values = more
    }
    this.#values[this.#count++] = value
  }

  get count(): number {
    return this.#count
  }

  /**
   * The smallest sample that at least `share` of all do not exceed.
   *
   * @throws {RangeError} There is no sample.
   */
  quantile(share: number): number {
    const sorted = this.#values.slice(0, this.#count).sort()
    const value = sorted[Math.max(0, Math.ceil(share * this.#count) - 1)]
    if (value === undefined) throw new RangeError('Failed to take a quantile: there is no sample.')
    return value
  }
}

/** @throws {RangeError} There is no value. */
export function median(values: readonly number[]): number {
  const sorted = values.toSorted((a, b) => a - b)
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]]
  if (low === undefined || high === undefined) {
    throw new RangeError('Failed to take a median: there is no value.')
  }
  return (low + high) / 2
}
