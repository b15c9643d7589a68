import { rejectionIn } from '../../evidence/reading/rejection-fields.ts'
import { lifecycleOf } from '../../machines/lifecycle.ts'
import type { Outcome } from '../../mocks/exchange/outcome.ts'
import type { Pace } from '../../mocks/exchange/pace.ts'
import { pairs } from '../../mocks/exchange/pairs.ts'
import { cancelOf } from './cancel-of.ts'
import type { OrderCourse, Stage } from './order-course.ts'
import type { Placing } from './placing.ts'
import { sharesOf } from './shares-of.ts'

/** The outcome that has an order run its course again, as far as one can. */
export interface ReplayOutcome {
  /** Absent where the simulation takes no such order. */
  readonly outcome?: Outcome
  /** What is not as it was, in sentences without a subject. */
  readonly departures: readonly string[]
}

type Taken = Pick<Outcome & { kind: 'fill' }, 'received' | 'new' | 'cancel' | 'outlasts'>

/** Types in which the simulated desk deals. */
const DEALT_TYPES: readonly unknown[] = ['PQ', 'Limit', 'AtBest']

export function outcomeOf(course: OrderCourse, placing: Placing): ReplayOutcome {
  const { type, symbol } = placing.match
  if (!DEALT_TYPES.includes(type)) {
    const what = type ?? 'unknown'
    return {
      departures: [...course.oddities, `is of type ${what}, in which the simulation does not deal`],
    }
  }
  if (symbol === undefined || !pairs.has(symbol)) {
    const what = symbol ?? 'no symbol'
    return { departures: [...course.oddities, `is in ${what}, which the simulation does not know`] }
  }
  return new OutcomeMaker(course, placing).make()
}

class OutcomeMaker {
  readonly #course: OrderCourse
  readonly #placing: Placing
  readonly #departures: string[]

  constructor(course: OrderCourse, placing: Placing) {
    this.#course = course
    this.#placing = placing
    this.#departures = [...course.oddities]
  }

  make(): ReplayOutcome {
    const outcome = this.#outcome()
    return { outcome, departures: this.#departures }
  }

  #outcome(): Outcome {
    const { end, endedUnseen } = this.#course
    const cancel = this.#cancel()
    const parts = this.#parts()
    const waits = this.#waitsForCancel || (!end && !endedUnseen)
    const taken: Taken = { ...this.#paces(waits), ...cancel, ...this.#outlasts() }
    if (endedUnseen && !this.#waitsForCancel)
      this.#departs('ended, and how was not seen: it is filled')
    if (waits || !end) return parts ? { ...parts, ...taken } : { kind: 'fill', ...taken }
    switch (end.status) {
      case 'REJECTED':
        return this.#rejected(taken)
      case 'EXPIRED':
      case 'CANCELED':
        return this.#lapsed(end.status, taken, parts)
      default:
        return parts ? { ...parts, ...taken } : { kind: 'fill', ...taken }
    }
  }

  #departs(how: string): void {
    this.#departures.push(how)
  }

  /** Whether it was the client that ended it. */
  get #waitsForCancel(): boolean {
    const { end, endedUnseen, cancel } = this.#course
    const isCanceled = end ? end.status === 'CANCELED' : endedUnseen
    return cancel?.accepted === true && isCanceled
  }

  get #isPq(): boolean {
    return this.#placing.match.type === 'PQ'
  }

  #cancel(): Taken {
    const { cancel, departure } = this.#isPq ? {} : cancelOf(this.#course, this.#waitsForCancel)
    if (departure !== undefined) this.#departs(departure)
    return cancel === undefined ? {} : { cancel }
  }

  #paces(waits: boolean): Taken {
    const [received, ...working] = this.#course.stages
    if (!received) return {}
    if (working.length === 0 && waits) return { received: 'held' }
    const paces = working.map(({ polls }): Pace => ({ polls }))
    if (!waits && this.#lastDealt > (working.at(-1)?.dealt ?? 0) && this.#isPartDealt) {
      if (working.length === 0) paces.push({ polls: 0 })
      paces.push({ polls: 0 })
    }
    if (waits) paces.splice(-1, 1, 'held')
    const [first = { polls: 0 }] = paces
    return {
      received: { polls: received.polls },
      new: paces.length > 1 ? paces : first,
    }
  }

  /** Only these time in force end by the clock, which may go otherwise than it went. */
  #outlasts(): Taken {
    const { timeInForce } = this.#placing.match
    return timeInForce === 'GTT' || timeInForce === 'DAY' ? { outlasts: true } : {}
  }

  /** What was dealt in the end, as far as it was told. */
  get #lastDealt(): number {
    const { end, stages } = this.#course
    const before = stages.at(-1)?.dealt ?? 0
    if (!end) return before
    return end.status === 'FILLED' ? (this.#placing.size ?? before) : (end.dealt ?? before)
  }

  get #isPartDealt(): boolean {
    return this.#course.end?.status !== 'FILLED' && this.#lastDealt > 0
  }

  /** The parts in which it was dealt, where it was dealt in any but the whole. */
  #parts(): (Outcome & { kind: 'fill in shares' }) | undefined {
    const { stages, end } = this.#course
    const { size, match } = this.#placing
    const levels = stages.map(({ dealt }: Stage) => dealt).filter((dealt) => dealt > 0)
    if (end && end.status !== 'REJECTED' && this.#lastDealt > (levels.at(-1) ?? 0)) {
      levels.push(this.#lastDealt)
    }
    if (
      this.#waitsForCancel &&
      this.#isPartDealt &&
      levels.length > stages.filter(({ dealt }) => dealt > 0).length
    ) {
      levels.pop()
      this.#departs(
        'was dealt in between the last query and its cancellation, which a replay leaves out',
      )
    }
    if (levels.length === 0 || (levels.length === 1 && end?.status === 'FILLED')) return undefined
    const isOneDeal = match.type !== 'Limit' || match.timeInForce === 'FOK'
    const shares = size === undefined || isOneDeal ? undefined : sharesOf(levels, size)
    if (shares) return { kind: 'fill in shares', shares }
    this.#departs(
      isOneDeal
        ? 'was dealt in part, which cannot happen to an order that is all or nothing'
        : 'was dealt in parts that are more than its size',
    )
    return undefined
  }

  #rejected(taken: Taken): Outcome {
    const { end, stages } = this.#course
    const told = rejectionIn(end?.fields ?? {})
    const words = {
      ...(told.reason !== undefined && { reason: told.reason }),
      ...(told.code !== undefined && { code: told.code }),
      ...(told.reason !== undefined && told.code === undefined && { code: null }),
    }
    if (this.#lastDealt > 0) this.#departs('was rejected though it was dealt in part')
    const { new: working, ...others } = taken
    if (stages.length === 1) return { kind: 'reject before NEW', ...words, ...others }
    return { kind: 'reject after NEW', ...words, ...taken }
  }

  #lapsed(
    status: 'EXPIRED' | 'CANCELED',
    taken: Taken,
    parts: (Outcome & { kind: 'fill in shares' }) | undefined,
  ): Outcome {
    const { type = '' } = this.#placing.match
    if (!lifecycleOf(type).statuses.includes(status)) {
      this.#departs(`ended ${status}, which cannot happen to a ${type} order: it is held`)
      return { kind: 'fill', ...taken, new: 'held' }
    }
    return { ...(parts ?? { kind: 'expire' }), lapsesAs: status, ...taken }
  }
}
