import type { Operation } from '../../api/contract/endpoints.ts'
import type { Delivery } from '../http/door.ts'
import { callOfText, textOfCall } from './call-text.ts'
import type { IncomingCall } from './incoming-call.ts'
import type { JournalBudget, JournalSize } from './journal-budget.ts'
import { keptOf } from './kept-body.ts'
import { type Packed, Packing } from './packing.ts'

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
  /** Empty where there was none; at most the first `MOST_KEPT` characters. */
  readonly body: string
  /** Characters that there were. */
  readonly bodyLength: number
  /** What was staged to disturb it. */
  readonly fault: string | undefined
  /** Whether it did its work all the same; absent where nothing disturbed it. */
  readonly tookEffect?: boolean | undefined
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
 *
 * An entry that is complete is kept as bytes: as objects, entries would be most of what a server has to
 * clear away its garbage around, and each call would wait for that.
 */
export class Journal {
  readonly #budget: JournalBudget
  readonly #packing: Packing
  /** Calls that are under way as they are, all others packed. */
  #entries: (JournalledCall | Packed)[] = []
  #weight = 0
  /** Where in the array the oldest entry stands. */
  #first = 0
  /** The number of the last entry that was another journal's. */
  readonly #before: number
  #forgotten = 0
  #isClosed = false

  /** @param before - The journal that it takes the place of: numbers go on from there, nothing else does. */
  constructor(budget: JournalBudget, before?: Pick<Journal, 'last'>) {
    this.#budget = budget
    this.#packing = new Packing(budget.blocks)
    this.#before = before?.last ?? 0
    budget.open(this)
  }

  /** How many entries are kept. */
  get size(): number {
    return this.#entries.length - this.#first
  }

  /** What those take that are complete, in bytes. */
  get weight(): number {
    return this.#weight
  }

  /** How many of the oldest are no longer kept. */
  get forgotten(): number {
    return this.#forgotten
  }

  /** The number of the last entry; before there is one, that of the journal before, or 0. */
  get last(): number {
    return this.#before + this.#forgotten + this.size
  }

  /** Notes a call, and what becomes of it; whoever calls completes the entry once the answer is known, and then says so. */
  call(
    { operation, at, receivedAt }: Pick<JournalledCall, 'operation' | 'at' | 'receivedAt'>,
    {
      method,
      target,
      rawHeaders,
      body,
    }: Pick<IncomingCall, 'method' | 'target' | 'rawHeaders' | 'body'>,
    { fault, tookEffect, answer }: Pick<Delivery, 'fault' | 'tookEffect' | 'answer'>,
  ): JournalledCall {
    const call: JournalledCall = {
      kind: 'call',
      number: this.last + 1,
      at,
      receivedAt,
      operation,
      method,
      target,
      rawHeaders,
      body: keptOf(body),
      bodyLength: body.length,
      fault,
      tookEffect,
      answer: answer === 'cut' ? undefined : answer,
      delivered: undefined,
      doneAt: at,
      answeredAt: receivedAt,
    }
    if (this.#isClosed) this.#forgotten++
    else {
      this.#entries.push(call)
      this.#budget.added()
    }
    return call
  }

  /** The entry of a call is complete, and changes no more. */
  completed(call: JournalledCall): void {
    const at = this.#indexOf(call.number)
    if (this.#entries[at] !== call) return
    const packed = this.#packing.pack(textOfCall(call))
    this.#entries[at] = packed
    this.#weigh(packed)
  }

  note(entry: Omit<ControlAction, 'number' | 'kind'>): ControlAction {
    const action: ControlAction = { kind: 'control', number: this.last + 1, ...entry }
    if (this.#isClosed) this.#forgotten++
    else {
      const packed = this.#packing.pack(JSON.stringify(action))
      this.#entries.push(packed)
      this.#budget.added()
      this.#weigh(packed)
    }
    return action
  }

  /** The entries kept with a number above `number`, oldest first, at most `most` of them. */
  after(number: number, most = Number.POSITIVE_INFINITY): readonly JournalEntry[] {
    const from = Math.max(this.#first, this.#indexOf(number + 1))
    return this.#entries.slice(from, from + most).map(entryOf)
  }

  /**
   * Forgets the oldest entries, at least so many and of at least that weight together, as far as there are.
   *
   * @returns How much that was.
   */
  forget(least: JournalSize): JournalSize {
    const forgotten = { entries: 0, weight: 0 }
    while (
      forgotten.entries < this.size &&
      (forgotten.entries < least.entries || forgotten.weight < least.weight)
    ) {
      const entry = this.#entries[this.#first + forgotten.entries]
      if (entry && 'weight' in entry) {
        forgotten.weight += entry.weight
        this.#packing.forget(entry)
      }
      // What it took is free at once, though its place is not; and a call is no longer waited for.
      this.#entries[this.#first + forgotten.entries] = GONE
      forgotten.entries++
    }
    this.#first += forgotten.entries
    this.#forgotten += forgotten.entries
    this.#weight -= forgotten.weight
    if (this.#first >= this.#entries.length / 2) {
      this.#entries = this.#entries.slice(this.#first)
      this.#first = 0
    }
    return forgotten
  }

  /** Gives what it kept back to the budget; what comes in from now on is numbered, and not kept. */
  close(): void {
    this.#budget.close(this)
    this.#isClosed = true
    this.forget({ entries: this.size, weight: 0 })
  }

  #indexOf(number: number): number {
    return this.#first + number - 1 - this.#before - this.#forgotten
  }

  #weigh({ weight }: Packed): void {
    this.#weight += weight
    this.#budget.grew(weight)
  }
}

/** Stands where an entry was that is forgotten. */
const GONE = new Packing().pack('')

function entryOf(kept: JournalledCall | Packed): JournalEntry {
  if (!('weight' in kept)) return kept
  const text = kept.text()
  // What was staged is JSON.
  return text.startsWith('{') ? JSON.parse(text) : callOfText(text)
}
