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

/** A placing that is being handled, with what was staged for it. */
export interface StagedPlacing {
  readonly placing: ReplayedPlacing
  /**
   * To be told once the placing was handled: withdraws what it did not need. Where neither an order nor what
   * was staged came of it (no session, malformed), the script still has it for the next placing.
   *
   * @param isOrder - Whether there is an order now.
   * @returns Whether it was replayed.
   */
  readonly handled: (isOrder: boolean) => boolean
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
   * @returns `undefined` where the script has nothing for it.
   */
  stage(
    body: string,
    { outcomes, faults }: { readonly outcomes: Outcomes; readonly faults: Faults },
  ): StagedPlacing | undefined {
    const fields = fieldsOf(body)
    const coId = typeof fields.coId === 'string' ? fields.coId : ''
    const entry = this.#take({ ...fields, coId })
    if (entry === undefined) return undefined
    const { outcome, fault } = entry.ending
    const rule = outcome && outcomes.stage({ match: { coId }, next: 1, outcome })
    const withdraw = fault && faults.stageRevocably({ ...fault, ...(coId !== '' && { coId }) })
    return {
      placing: entry.ending,
      handled: (isOrder) => {
        const isUnruled = rule === undefined || outcomes.remove(rule.id)
        const isUndisturbed = withdraw === undefined || withdraw()
        const isUsed = isOrder || !isUnruled || !isUndisturbed
        if (!isUsed) this.#giveBack(entry)
        return isUsed
      },
    }
  }

  #take(facts: OrderFacts): Entry | undefined {
    const same = this.#entries.find(({ coId }) => coId !== undefined && coId === facts.coId)
    const entry = same ?? this.#entries.find(({ match }) => fits(match, facts))
    if (!entry) {
      this.#unscripted++
      return undefined
    }
    this.#entries.splice(this.#entries.indexOf(entry), 1)
    return entry
  }

  #giveBack(entry: Entry): void {
    const later = this.#entries.findIndex(({ call }) => call > entry.call)
    this.#entries.splice(later < 0 ? this.#entries.length : later, 0, entry)
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
