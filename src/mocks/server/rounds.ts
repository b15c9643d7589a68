/** A call in two halves. */
export interface Halves {
  /** Does the first; what it returns, if anything, does the second. */
  readonly begin: () => (() => void) | undefined
  /** Told what either threw. */
  readonly failed: (error: unknown) => void
}

/**
 * Takes calls that have come in together through their first halves together, and then through their
 * second ones. Whatever stands between two system calls runs cold, which is most of what a call costs on
 * some machines: a round of calls that are handled one after another warms up once.
 */
export class Rounds {
  #calls: Halves[] = []

  /** Begins as soon as all has been read that has come in. */
  add(call: Halves): void {
    if (this.#calls.push(call) === 1) setImmediate(this.#run)
  }

  readonly #run = (): void => {
    const calls = this.#calls
    this.#calls = []
    const ends = calls.map(({ begin, failed }) => attempt(begin, failed))
    for (const [at, end] of ends.entries()) {
      const failed = calls[at]?.failed
      if (end && failed) attempt(end, failed)
    }
  }
}

function attempt<T>(half: () => T, failed: Halves['failed']): T | undefined {
  try {
    return half()
  } catch (error) {
    failed(error)
    return undefined
  }
}
