import TinyQueue from 'tinyqueue'

interface Timer {
  readonly due: number
  readonly order: number
  /** Absent once it was cancelled. */
  callback: (() => void) | undefined
}

/** Below so many, cancelled timers are not worth the tidying. */
const FEW = 1_000

/** Timers by the time they are due, those due together in the order they were added. */
export class Timers {
  #queue = newQueue()
  #order = 0
  #cancelled = 0

  /** @returns Cancels it; without effect once it was taken. */
  add(due: number, callback: () => void): () => void {
    const timer: Timer = { due, order: this.#order++, callback }
    this.#queue.push(timer)
    return () => {
      if (timer.callback === undefined) return
      timer.callback = undefined
      this.#cancelled++
      if (this.#cancelled > FEW && this.#cancelled > this.#queue.length / 2) this.#tidy()
    }
  }

  /** When the next one is due. */
  get nextDue(): number | undefined {
    this.#dropCancelled()
    return this.#queue.peek()?.due
  }

  /** Takes the next timer out that is due by `now`. */
  takeDue(now: number): { readonly due: number; readonly callback: () => void } | undefined {
    this.#dropCancelled()
    const next = this.#queue.peek()
    if (next?.callback === undefined || next.due > now) return undefined
    this.#queue.pop()
    const { due, callback } = next
    next.callback = undefined
    return { due, callback }
  }

  clear(): void {
    this.#queue = newQueue()
    this.#cancelled = 0
  }

  #dropCancelled(): void {
    for (let next = this.#queue.peek(); next && !next.callback; next = this.#queue.peek()) {
      this.#queue.pop()
      this.#cancelled--
    }
  }

  #tidy(): void {
    this.#queue = newQueue(this.#queue.data.filter(({ callback }) => callback))
    this.#cancelled = 0
  }
}

function newQueue(timers: Timer[] = []): TinyQueue<Timer> {
  return new TinyQueue(timers, (one, other) => one.due - other.due || one.order - other.order)
}
