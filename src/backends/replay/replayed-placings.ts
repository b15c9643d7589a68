import type { Outcome } from '../../mocks/exchange/outcome.ts'
import { fits, type Match, type OrderFacts } from '../../mocks/exchange/outcome-rule.ts'
import type { Outcomes } from '../../mocks/exchange/outcomes.ts'
import type { Fault } from '../../mocks/http/fault.ts'
import type { Faults } from '../../mocks/http/faults.ts'
import type { OutcomeScript } from './outcome-script.ts'

/**
 * What becomes of a placing: an order with an outcome, a fault that the call gets, or both, where the order
 * was taken and the answer did not say so.
 */
export interface ReplayedPlacing {
  readonly outcome?: Outcome
  readonly fault?: Fault
}

interface Entry {
  readonly call: number
  readonly coId: string | undefined
  readonly match: Match
  readonly ending: ReplayedPlacing
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
    const entries = new Map<number, Entry>()
    const add = ({ call, coId, match }: Omit<Entry, 'ending'>, ending: ReplayedPlacing): void => {
      entries.set(call, { call, coId, match, ending: { ...entries.get(call)?.ending, ...ending } })
    }
    for (const each of script.orders) add(entryOf(each), { outcome: each.outcome })
    for (const each of script.refusals) add(entryOf(each), { fault: refusalOf(each) })
    for (const each of script.unanswered) add(entryOf(each), { fault: cutOf(each) })
    this.#entries = [...entries.values()].toSorted((one, other) => one.call - other.call)
    this.#all = this.#entries.length
  }

  /**
   * Stages what becomes of a placing that is about to be handled, and of no other.
   *
   * @param body - As the client sent it.
   * @returns What was staged; `undefined` where the script has nothing for it.
   */
  stage(
    body: string,
    { outcomes, faults }: { readonly outcomes: Outcomes; readonly faults: Faults },
  ): ReplayedPlacing | undefined {
    const fields = fieldsOf(body)
    const coId = typeof fields.coId === 'string' ? fields.coId : ''
    const placing = this.#take({ ...fields, coId })
    if (placing === undefined) return undefined
    const { outcome, fault } = placing
    if (outcome) outcomes.stage({ match: { coId }, next: 1, outcome })
    if (fault) faults.stage({ ...fault, ...(coId !== '' && { coId }) })
    return placing
  }

  #take(facts: OrderFacts): ReplayedPlacing | undefined {
    const same = this.#entries.find(({ coId }) => coId !== undefined && coId === facts.coId)
    const entry = same ?? this.#entries.find(({ match }) => fits(match, facts))
    if (!entry) {
      this.#unscripted++
      return undefined
    }
    this.#entries.splice(this.#entries.indexOf(entry), 1)
    return entry.ending
  }

  progress(): unknown {
    const left = this.#entries.map(({ call, coId, match }) => ({ call, coId, match }))
    return { replayed: this.#all - left.length, unscripted: this.#unscripted, left }
  }
}

function fieldsOf(body: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(body)) as Record<string, unknown>
  } catch {
    return {}
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
