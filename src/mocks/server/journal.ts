import type { Operation } from '../../api/contract/endpoints.ts'
import type { JournalBudget } from './journal-budget.ts'

/** A call of the API as it came in and went out, unredacted: it never leaves the server like this. */
export interface JournalledCall {
  readonly kind: 'call'
  /** From 1, in the order of arrival, together with control actions. */
  readonly number: number
  /** Epoch milliseconds of the organisation's clock, when it had come in whole. */
  readonly at: number
  /** The same on the clock of the machine. */
  readonly receivedAt: number
  /** Absent where the address is no endpoint. */
  readonly operation: Operation | undefined
  readonly method: string
  /** Path and query as sent, below the organisation's base URL. */
  readonly target: string
  /** Names and values in turn, as Node gives them. */
  readonly rawHeaders: readonly string[]
  /** Empty where there was none. */
  readonly body: string
  /** What was staged to disturb it. */
  readonly fault: string | undefined
  /** Absent until it is decided what becomes of the call. */
  answer: JournalledAnswer | undefined
  /** Whether the answer got through; absent while nobody knows. */
  delivered: boolean | undefined
  /** When it was answered, on both clocks. */
  doneAt: number
  answeredAt: number
}

export interface JournalledAnswer {
  readonly status: number
  readonly headers: readonly (readonly [name: string, value: string])[]
  readonly text: string | undefined
}

/** What somebody staged through the control API, or a play or replay did. */
export interface ControlAction {
  readonly kind: 'control'
  readonly number: number
  readonly at: number
  readonly receivedAt: number
  /** What was done, e.g. `market.move`. */
  readonly action: string
  /** With what; passwords are left out. */
  readonly details: unknown
}

export type JournalEntry = JournalledCall | ControlAction

/**
 * What came in at one organisation, and what was staged there. How much of it is kept is decided by the
 * budget that all organisations share; what is forgotten is counted.
 */
export class Journal {
  readonly #budget: JournalBudget
  #entries: JournalEntry[] = []
  /** Where in the array the oldest entry stands. */
  #first = 0
  /** The number of the last entry that was another journal's. */
  readonly #before: number
  #forgotten = 0
  #isClosed = false

  /** @param before - The journal that it takes the place of: numbers go on from there, nothing else does. */
  constructor(budget: JournalBudget, before?: Pick<Journal, 'last'>) {
    this.#budget = budget
    this.#before = before?.last ?? 0
    budget.open(this)
  }

  /** How many entries are kept. */
  get size(): number {
    return this.#entries.length - this.#first
  }

  /** How many of the oldest are no longer kept. */
  get forgotten(): number {
    return this.#forgotten
  }

  /** The number of the last entry; before there is one, that of the journal before, or 0. */
  get last(): number {
    return this.#before + this.#forgotten + this.size
  }

  /** Notes a call; whoever calls completes the entry once the answer is known. */
  call(entry: Omit<JournalledCall, 'number' | 'kind'>): JournalledCall {
    const call: JournalledCall = { kind: 'call', number: this.last + 1, ...entry }
    this.#keep(call)
    return call
  }

  note(entry: Omit<ControlAction, 'number' | 'kind'>): ControlAction {
    const action: ControlAction = { kind: 'control', number: this.last + 1, ...entry }
    this.#keep(action)
    return action
  }

  /** The entries kept with a number above `number`, oldest first, at most `most` of them. */
  after(number: number, most = Number.POSITIVE_INFINITY): readonly JournalEntry[] {
    const from = this.#first + Math.max(0, number - this.#before - this.#forgotten)
    return this.#entries.slice(from, from + most)
  }

  /** Forgets the oldest `count` entries. */
  forget(count: number): void {
    this.#first += count
    this.#forgotten += count
    if (this.#first < this.#entries.length / 2) return
    this.#entries = this.#entries.slice(this.#first)
    this.#first = 0
  }

  /** Gives what it kept back to the budget; what comes in from now on is numbered, and not kept. */
  close(): void {
    this.#budget.close(this)
    this.#isClosed = true
    this.forget(this.size)
  }

  #keep(entry: JournalEntry): void {
    if (this.#isClosed) {
      this.#forgotten++
      return
    }
    this.#entries.push(entry)
    this.#budget.added()
  }
}
