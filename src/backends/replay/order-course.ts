import { isFinalStatus } from './final-status.ts'
import type { HistoryEvent, OrderHistory } from './order-history.ts'
import type { SeenOrder } from './seen-order.ts'

/** A status, with so much dealt, that so many queries saw in a row. */
export interface Stage {
  readonly status: 'RECEIVED' | 'NEW'
  readonly dealt: number
  polls: number
}

/** What came of the first cancellation that was accepted, or of one that was refused. */
export interface CancelCourse {
  readonly accepted: boolean
  /** Queries after it that saw the order work. */
  pollsAfter: number
  /** What another one was answered, before the order was seen to have ended. */
  again?: 'accepted' | 'refused'
  /** Whether the order went on to another stage after it. */
  wentOn?: true
}

/** An order's history, read as stages and an end. */
export interface OrderCourse {
  /** The first is RECEIVED, perhaps seen by no query. */
  readonly stages: readonly Stage[]
  /** How it ended, where that was seen. */
  readonly end?: SeenOrder
  /** It was no longer listed as active, and how it ended was not seen. */
  readonly endedUnseen: boolean
  readonly cancel?: CancelCourse
  /** What it did that no outcome can be told to do, in sentences without a subject. */
  readonly oddities: readonly string[]
}

/** Reads the course of an order off what was seen of it. */
export function readCourse({ events, placedAs }: OrderHistory): OrderCourse {
  const course = new CourseReader()
  if (placedAs && placedAs.status !== 'RECEIVED') {
    course.note(`was ${placedAs.status} in the answer to its placing; the simulation says RECEIVED`)
  }
  for (const [index, event] of events.entries()) course.read(event, events.slice(index + 1))
  return course
}

class CourseReader implements OrderCourse {
  readonly stages: [Stage, ...Stage[]] = [{ status: 'RECEIVED', dealt: 0, polls: 0 }]
  end?: SeenOrder
  endedUnseen = false
  cancel?: CancelCourse
  readonly #oddities = new Set<string>()

  get oddities(): readonly string[] {
    return [...this.#oddities]
  }

  note(oddity: string): void {
    this.#oddities.add(oddity)
  }

  read(event: HistoryEvent, later: readonly HistoryEvent[]): void {
    if (event.kind === 'seen') this.#see(event.order)
    else if (event.kind === 'unlisted') this.#miss(later)
    else if (event.kind === 'unknown') {
      this.note('was unknown to a query; the simulation knows it at once')
      if (!this.end) this.#poll()
    } else this.#cancel(event, later)
  }

  #see(order: SeenOrder): void {
    if (this.end) {
      const isSame = order.status === this.end.status && dealtIn(order, 0) === dealtIn(this.end, 0)
      if (!isSame) this.note(`became ${order.status} after it had ended ${this.end.status}`)
    } else if (isFinalStatus(order.status)) {
      this.end = order
      if (this.endedUnseen) this.endedUnseen = false
    } else this.#work(order)
  }

  #work(order: SeenOrder): void {
    const last = this.#last
    const { status } = order
    if (status !== 'RECEIVED' && status !== 'NEW') {
      this.note(`had the status ${status}, which is not documented`)
      this.#poll()
      return
    }
    const dealt = dealtIn(order, last.dealt)
    const isBack = (status === 'RECEIVED' && last.status === 'NEW') || dealt < last.dealt
    if (isBack) this.note(`went back to ${status} with ${dealt} dealt`)
    const isDealtEarly = status === 'RECEIVED' && dealt > 0
    if (isDealtEarly) this.note('was dealt while it was RECEIVED')
    const isNext = !isBack && !isDealtEarly && (status !== last.status || dealt > last.dealt)
    if (isNext) {
      if (this.cancel) this.cancel.wentOn = true
      if (last.status === 'RECEIVED' && dealt > 0) {
        this.stages.push({ status: 'NEW', dealt: 0, polls: 0 })
      }
      this.stages.push({ status, dealt, polls: 0 })
    }
    this.#poll()
  }

  /** No longer being listed means that it has ended, unless it is seen at work again. */
  #miss(later: readonly HistoryEvent[]): void {
    if (this.end || this.endedUnseen) return
    const next = later.find((event) => event.kind === 'seen')
    if (next?.kind === 'seen' && !isFinalStatus(next.order.status)) {
      this.note('was not listed as active while it worked')
      this.#poll()
    } else if (next) this.end = next.order
    else this.endedUnseen = true
  }

  #cancel(event: HistoryEvent, later: readonly HistoryEvent[]): void {
    if (this.end || this.endedUnseen) return
    const isCanceled = later.some(
      (each) => each.kind === 'seen' && each.order.status === 'CANCELED',
    )
    // What nobody answered was accepted if it had an effect, and else is as if it had not been.
    const accepted = event.kind === 'cancellation' ? event.accepted : isCanceled
    if (event.kind !== 'cancellation' && !accepted) return
    if (!this.cancel) this.cancel = { accepted, pollsAfter: 0 }
    else if (this.cancel.accepted) this.cancel.again = accepted ? 'accepted' : 'refused'
    else if (accepted) {
      this.note('had a cancellation accepted after one was refused')
      this.cancel = { accepted, pollsAfter: 0 }
    }
  }

  #poll(): void {
    this.#last.polls += 1
    if (this.cancel) this.cancel.pollsAfter += 1
  }

  get #last(): Stage {
    return this.stages.at(-1) ?? this.stages[0]
  }
}

/** What is dealt of an order, where the answer said so. */
function dealtIn({ dealt, status, fields }: SeenOrder, unless: number): number {
  const size = typeof fields.size === 'number' ? fields.size : unless
  return dealt ?? (status === 'FILLED' ? size : unless)
}
