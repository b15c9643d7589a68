import type { Chance } from './chance.ts'
import { magicOutcome } from './magic-values.ts'
import { type Outcome, parseOutcome } from './outcome.ts'
import type { Settings } from './settings/settings.ts'

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
   * @throws {RangeError} There is no such outcome.
   */
  script(coId: string, outcome: Outcome): void {
    this.#scripts.set(coId, parseOutcome(outcome))
  }

  choose(key: OutcomeKey): Outcome {
    const scripted = this.#scripts.get(key.coId)
    if (scripted) return scripted
    const magic = this.#settings['outcome.magic'] ? magicOutcome(key) : undefined
    return magic && isPossible(magic, key) ? magic : this.#byChance(key)
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

/** Nobody who sends an ordinary size may be told that it cannot be: what is impossible is passed over. */
function isPossible(outcome: Outcome, { canExpire, canFillInParts }: OutcomeKey): boolean {
  if (outcome.kind === 'expire') return canExpire
  return outcome.kind !== 'fill in shares' || canFillInParts
}
