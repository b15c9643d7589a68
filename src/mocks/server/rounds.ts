/** Something to be done in two halves. */
export interface Halves {
  /** @returns Whether the other half is to follow. */
  begin(): boolean
  end(): void
  /** Told what either threw. */
  failed(error: unknown): void
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
    for (const call of calls.filter(begin)) end(call)
  }
}

function begin(call: Halves): boolean {
  try {
    return call.begin()
  } catch (error) {
    call.failed(error)
    return false
  }
}

function end(call: Halves): void {
  try {
    call.end()
  } catch (error) {
    call.failed(error)
  }
}
