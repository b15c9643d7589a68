import { fits, type OrderFacts, type OutcomeRule } from './outcome-rule.ts'

/** Most rules for one `coId` each that are kept; beyond, the one staged first is dropped. */
export const MOST_EXACT = 10_000
/** Most rules for whatever fits, each of which every order may have to be held against. */
export const MOST_GENERAL = 10_000

/** A rule that is staged. */
export interface StagedRule extends OutcomeRule {
  /** From 1, in the order of staging; never used again. */
  readonly id: number
  readonly next: number | 'always'
  /** Orders it has decided. */
  readonly served: number
}

type Kept = { -readonly [Name in keyof StagedRule]: StagedRule[Name] }

/** The rules staged and not yet spent: those for one `coId`, and those for whatever fits. */
export class StagedRules {
  readonly #exact = new Map<number, Kept>()
  readonly #general = new Map<number, Kept>()
  readonly #byCoId = new Map<string, Set<Kept>>()
  #last = 0

  /**
   * @throws {RangeError} There are {@link MOST_GENERAL} rules already: dropping one in silence would have
   *   orders end as nobody meant.
   */
  add(rule: OutcomeRule): StagedRule {
    const { coId } = rule.match
    if (coId === undefined && this.#general.size >= MOST_GENERAL) {
      throw new RangeError(
        `Failed to stage a rule: there are ${MOST_GENERAL} already; remove some, or clear them.`,
      )
    }
    this.#last += 1
    const next = rule.next ?? (coId === undefined ? 1 : 'always')
    const kept: Kept = { ...rule, id: this.#last, next, served: 0 }
    if (next === 'always' && isForCoIdAlone(rule)) this.#dropAllOf(coId)
    this.#keep(kept)
    const [oldest] = this.#exact.values()
    if (oldest && this.#exact.size > MOST_EXACT) this.#drop(oldest)
    return { ...kept }
  }

  #keep(kept: Kept): void {
    const rules = kept.match.coId === undefined ? this.#general : this.#exact
    rules.set(kept.id, kept)
    for (const key of coIdsOf(kept)) {
      const others = this.#byCoId.get(key)
      if (others) others.add(kept)
      else this.#byCoId.set(key, new Set([kept]))
    }
  }

  /** Rules staged so far. */
  get last(): number {
    return this.#last
  }

  /** Takes rules up again, in the order of staging. @param last - Rules staged so far. */
  resume(rules: readonly StagedRule[], last: number): void {
    for (const rule of rules) this.#keep({ ...rule })
    this.#last = last
  }

  /** The rule that decides such an order, which is thereby served: those for its `coId` come first. */
  take(facts: OrderFacts): StagedRule | undefined {
    const rule = this.#find(facts)
    if (!rule) return undefined
    rule.served += 1
    if (rule.next !== 'always' && rule.served >= rule.next) this.#drop(rule)
    return { ...rule }
  }

  /** @returns Whether there was such a rule. */
  remove(id: number): boolean {
    const rule = this.#exact.get(id) ?? this.#general.get(id)
    if (rule) this.#drop(rule)
    return rule !== undefined
  }

  clear(): void {
    this.#exact.clear()
    this.#general.clear()
    this.#byCoId.clear()
  }

  /** In the order of staging. */
  get all(): readonly StagedRule[] {
    return [...this.#exact.values(), ...this.#general.values()]
      .sort((one, other) => one.id - other.id)
      .map((rule) => ({ ...rule }))
  }

  #find(facts: OrderFacts): Kept | undefined {
    for (const rule of this.#byCoId.get(facts.coId) ?? []) {
      if (rule.orCoId === facts.coId || fits(rule.match, facts)) return rule
    }
    for (const rule of this.#general.values()) if (fits(rule.match, facts)) return rule
    return undefined
  }

  #dropAllOf(coId: string | undefined): void {
    const rules = coId === undefined ? [] : [...(this.#byCoId.get(coId) ?? [])]
    for (const rule of rules) if (rule.match.coId === coId) this.#drop(rule)
  }

  #drop(rule: Kept): void {
    this.#exact.delete(rule.id)
    this.#general.delete(rule.id)
    for (const key of coIdsOf(rule)) {
      const rules = this.#byCoId.get(key)
      rules?.delete(rule)
      if (rules?.size === 0) this.#byCoId.delete(key)
    }
  }
}

const coIdsOf = ({ match, orCoId }: OutcomeRule): ReadonlySet<string> =>
  new Set([match.coId, orCoId].filter((coId) => coId !== undefined))

const isForCoIdAlone = ({ match }: OutcomeRule): boolean =>
  match.coId !== undefined && Object.keys(match).length === 1
