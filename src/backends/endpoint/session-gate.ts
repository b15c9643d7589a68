/**
 * Keeps requests that carry a session's token apart from those that replace it: while a login or a
 * renewal is under way nothing else is, since it may end the token that others have just been given.
 */
export class SessionGate {
  #inside = 0
  #isTaken = false
  readonly #waiting: (() => void)[] = []

  /** Whether something runs alone, or is about to. */
  get isTaken(): boolean {
    return this.#isTaken
  }

  /** Runs together with any number of others, but not during an {@link exclusive} one. */
  async shared<T>(work: () => Promise<T>): Promise<T> {
    while (this.#isTaken) await this.#turn()
    this.#inside += 1
    try {
      return await work()
    } finally {
      this.#inside -= 1
      this.#wake()
    }
  }

  /** Runs alone: lets those inside come to their end, and holds off all others. */
  async exclusive<T>(work: () => Promise<T>): Promise<T> {
    while (this.#isTaken) await this.#turn()
    this.#isTaken = true
    try {
      while (this.#inside > 0) await this.#turn()
      return await work()
    } finally {
      this.#isTaken = false
      this.#wake()
    }
  }

  #turn(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve))
  }

  #wake(): void {
    for (const resolve of this.#waiting.splice(0)) resolve()
  }
}
