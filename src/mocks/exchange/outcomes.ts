import type { Chance } from './chance.ts'
import { type Magic, magicOf } from './magic-values.ts'
import type { ExchangeObserver } from './observer.ts'
import { type Outcome, parseOutcome } from './outcome.ts'
import { type OrderFacts, type OutcomeRule, parseRule } from './outcome-rule.ts'
import type { Settings } from './settings/settings.ts'
import { type StagedRule, StagedRules } from './staged-rules.ts'

/** What the choice depends on; nothing else of an order may matter. */
export interface OutcomeKey extends OrderFacts {
  readonly size: number
  readonly canExpire: boolean
  readonly canFillInParts: boolean
}

/**
 * Chooses outcomes. The first of these that says anything about an order decides:
 *
 * 1. what is staged for its `coId`, in the order of staging;
 * 2. the rules that it fits, in the order of staging;
 * 3. magic values;
 * 4. chance, from the seed and the `coId` alone.
 *
 * A rule for the next orders goes by the order of placing; everything else depends on the order alone, so
 * that order of calls, retries and parallel runs change nothing.
 */
export class Outcomes {
  readonly #rules = new StagedRules()
  readonly #chance: Chance
  readonly #settings: Settings
  readonly #observer: ExchangeObserver

  constructor(chance: Chance, settings: Settings, observer: ExchangeObserver = {}) {
    this.#observer = observer
    this.#chance = chance
    this.#settings = settings
  }

  /**
   * Scripts the outcome of the orders that will be placed with this `coId`, in place of what was staged
   * for it.
   *
   * @throws {RangeError} There is no such outcome.
   */
  script(coId: string, outcome: Outcome): void {
    this.#rules.add({ match: { coId }, next: 'always', outcome: parseOutcome(outcome) })
    this.#observer.restChanged?.()
  }

  /**
   * Stages the outcome of the next orders that fit. One for a `coId` alone, and for always, takes the place
   * of what was staged for it; all others queue up.
   *
   * @throws {RangeError} There is no such rule, or there are too many.
   */
  stage(rule: OutcomeRule): StagedRule {
    const staged = this.#rules.add(parseRule(rule))
    this.#observer.restChanged?.()
    return staged
  }

  /** What is staged and not yet spent, in the order of staging. */
  get staged(): readonly StagedRule[] {
    return this.#rules.all
  }

  /** Rules staged so far. */
  get last(): number {
    return this.#rules.last
  }

  /** Takes rules up again, in the order of staging. @param last - Rules staged so far. */
  resume(rules: readonly StagedRule[], last: number): void {
    this.#rules.resume(rules, last)
  }

  /** Forgets one rule. @returns Whether it was staged, and not yet spent. */
  remove(id: number): boolean {
    const was = this.#rules.remove(id)
    this.#observer.restChanged?.()
    return was
  }

  /** Forgets every rule. */
  clear(): void {
    this.#rules.clear()
    this.#observer.restChanged?.()
  }

  /** What is staged for such an order, which thereby is served; `undefined` where nothing is. */
  takeStaged(facts: OrderFacts): Outcome | undefined {
    const rule = this.#rules.take(facts)
    if (rule) this.#observer.restChanged?.()
    return rule?.outcome
  }

  /** What becomes of an order for which nothing is staged. */
  unstaged(key: OutcomeKey): Outcome {
    const magic: Magic = this.#settings['outcome.magic'] ? magicOf(key) : {}
    const chosen = magic.outcome && isPossible(magic.outcome, key) ? magic.outcome : undefined
    const outcome = chosen ?? this.#byChance(key)
    return outcome.kind === 'refuse' ? outcome : { ...outcome, ...magic.taken }
  }

  choose(key: OutcomeKey): Outcome {
    return this.takeStaged(key) ?? this.unstaged(key)
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
    if (shares.every(([share]) => share === 0)) return { kind: 'business' }
    let left = this.#chance.fraction('outcome', coId)
    for (const [share, outcome] of shares) {
      if (left < share) return outcome
      left -= share
    }
    return { kind: 'business' }
  }
}

/** Nobody who sends an ordinary size may be told that it cannot be: what is impossible is passed over. */
function isPossible(outcome: Outcome, { canExpire, canFillInParts, type }: OutcomeKey): boolean {
  if (outcome.kind === 'expire') {
    return canExpire || (outcome.lapsesAs !== undefined && type !== 'PQ')
  }
  return outcome.kind !== 'fill in shares' || canFillInParts
}
