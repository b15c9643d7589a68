import { Big } from 'big.js'
import type { Chance } from './chance.ts'
import { magicOutcome } from './magic-values.ts'
import type { Settings } from './settings/settings.ts'

/**
 * How long a stage of an order lasts: a number of queries that still see it, or milliseconds, or
 * until it is told to proceed.
 */
export type Pace = { readonly polls: number } | { readonly ms: number } | 'held'

interface Paced {
  /** How long the order stays RECEIVED; the settings' pace when absent. */
  readonly received?: Pace
  /** How long it stays NEW before it ends, or before each part; the settings' pace when absent. */
  readonly new?: Pace
}

/** What the simulation is asked to do with one order. */
export type Outcome = Paced &
  (
    | { readonly kind: 'business' }
    /** Filled whole: at the quote, or at the limit or better. */
    | { readonly kind: 'fill' }
    | { readonly kind: 'reject before NEW'; readonly reason?: string }
    | { readonly kind: 'reject after NEW'; readonly reason?: string }
    /** Never dealt; ends with its time in force. */
    | { readonly kind: 'expire' }
    /** Dealt in these parts, in the dealt currency; a remainder ends with the time in force. */
    | { readonly kind: 'fill in parts'; readonly parts: readonly number[] }
    /** Like the above, in shares of the size, each above 0, together at most 1. */
    | { readonly kind: 'fill in shares'; readonly shares: readonly number[] }
  )

/** What the choice depends on; nothing else of an order may matter. */
export interface OutcomeKey {
  readonly coId: string
  readonly size: number
  readonly canExpire: boolean
  readonly canFillInParts: boolean
}

/**
 * Chooses outcomes: as scripted for the order, else by magic value, else by chance from the seed and
 * the `coId` alone, so that order of calls, retries and parallel runs change nothing.
 */
export class Outcomes {
  readonly #scripts = new Map<string, Outcome>()
  readonly #chance: Chance
  readonly #settings: Settings

  constructor(chance: Chance, settings: Settings) {
    this.#chance = chance
    this.#settings = settings
  }

  /**
   * Scripts the outcome of the order that will be placed with this `coId`.
   *
   * @throws {RangeError} Parts or shares that are not above 0, or shares above 1 together.
   */
  script(coId: string, outcome: Outcome): void {
    checkOutcome(outcome)
    this.#scripts.set(coId, outcome)
  }

  choose(key: OutcomeKey): Outcome {
    const scripted = this.#scripts.get(key.coId)
    if (scripted) return scripted
    const magic = this.#settings['outcome.magic'] ? magicOutcome(key) : undefined
    return magic ?? this.#byChance(key)
  }

  /** Forgets every script. */
  clear(): void {
    this.#scripts.clear()
  }

  #byChance({ coId, canExpire, canFillInParts }: OutcomeKey): Outcome {
    const shares: readonly (readonly [number, Outcome])[] = [
      [this.#settings['outcome.rejectBeforeNew'], { kind: 'reject before NEW' }],
      [this.#settings['outcome.rejectAfterNew'], { kind: 'reject after NEW' }],
      [canExpire ? this.#settings['outcome.expire'] : 0, { kind: 'expire' }],
      [
        canFillInParts ? this.#settings['outcome.fillInParts'] : 0,
        { kind: 'fill in shares', shares: [0.5, 0.5] },
      ],
    ]
    let left = this.#chance.fraction('outcome', coId)
    for (const [share, outcome] of shares) {
      if (left < share) return outcome
      left -= share
    }
    return { kind: 'business' }
  }
}

function checkOutcome(outcome: Outcome): void {
  const amounts =
    outcome.kind === 'fill in parts'
      ? outcome.parts
      : outcome.kind === 'fill in shares'
        ? outcome.shares
        : undefined
  if (amounts === undefined) return
  const total = amounts.reduce((sum, amount) => sum.plus(amount), new Big(0))
  if (amounts.length === 0 || amounts.some((amount) => !(amount > 0))) {
    throw new RangeError(`Failed to script "${outcome.kind}": every part must be above 0.`)
  }
  if (outcome.kind === 'fill in shares' && total.gt(1)) {
    throw new RangeError(`Failed to script "${outcome.kind}": the shares are above 1 together.`)
  }
}
