import type { Outcome } from '../../mocks/exchange/outcome.ts'
import { fits, type Match, type OrderFacts } from '../../mocks/exchange/outcome-rule.ts'
import type { Fault } from '../../mocks/http/fault.ts'
import type { OutcomeScript } from './outcome-script.ts'

/** What becomes of a placing: an order with an outcome, or a fault that the call gets. */
export type ReplayedPlacing = { readonly outcome: Outcome } | { readonly fault: Fault }

interface Entry {
  readonly call: number
  readonly coId: string | undefined
  readonly match: Match
  readonly then: ReplayedPlacing
}

/**
 * The placings of a script, each used once: for the placing with the same `coId`, or else for the next one
 * that looks the same.
 */
export class ReplayedPlacings {
  readonly #entries: Entry[]
  readonly #all: number
  /** Placings of the client for which the script had nothing left. */
  #unscripted = 0

  constructor(script: OutcomeScript) {
    const of = ({ call, coId, match }: Omit<Entry, 'then'>, then: ReplayedPlacing): Entry => ({
      ...{ call, coId, match, then },
    })
    this.#entries = [
      ...script.orders.map((each) => of(entryOf(each), { outcome: each.outcome })),
      ...script.refusals.map((each) => of(entryOf(each), { fault: refusalOf(each) })),
      ...script.unanswered.map((each) => of(entryOf(each), { fault: cutOf(each) })),
    ].toSorted((one, other) => one.call - other.call)
    this.#all = this.#entries.length
  }

  /** What becomes of this placing; `undefined` where the script has nothing for it. */
  take(facts: OrderFacts): ReplayedPlacing | undefined {
    const same = this.#entries.find(({ coId }) => coId !== undefined && coId === facts.coId)
    const entry = same ?? this.#entries.find(({ match }) => fits(match, facts))
    if (!entry) {
      this.#unscripted++
      return undefined
    }
    this.#entries.splice(this.#entries.indexOf(entry), 1)
    return entry.then
  }

  progress(): unknown {
    const left = this.#entries.map(({ call, coId, match }) => ({ call, coId, match }))
    return { replayed: this.#all - left.length, unscripted: this.#unscripted, left }
  }
}

function entryOf({ call, coId, match }: { call: number; coId?: string; match: Match }) {
  return { call, coId, match }
}

function refusalOf({ status, contentType, body, taken }: OutcomeScript['refusals'][number]): Fault {
  const headers = contentType === undefined ? {} : { headers: { 'Content-Type': contentType } }
  const when = taken ? 'after' : 'before'
  return { operation: 'placeOrder', kind: 'status', status, ...headers, body: body ?? '', when }
}

function cutOf({ taken }: OutcomeScript['unanswered'][number]): Fault {
  return { operation: 'placeOrder', kind: 'cut', when: taken ? 'after' : 'before' }
}
