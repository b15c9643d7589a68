import type { RuleVerdict, Verdict } from '../../evidence/verdict.ts'

/** In how many rounds something was so, and in which it first was, at most {@link MOST_NAMED}. */
export interface InRounds {
  readonly rounds: number
  readonly first: readonly number[]
}

/** A rule, and how it fared in all rounds. */
export interface RuleInRounds extends Pick<RuleVerdict, 'id' | 'severity' | 'result'> {
  readonly held: number
  readonly broken: InRounds
  /** Whether it was broken in some rounds, and held in others. */
  readonly isFlaky: boolean
}

/** What rounds have come to together. It is small, however many they are. */
export interface RoundsResult {
  /** Of which rounds `held`: nothing was found, and it could be judged. */
  readonly rounds: {
    readonly ended: number
    readonly held: number
    readonly broken: number
    readonly notJudged: number
  }
  /** Summed over all rounds. */
  readonly scenarios: Verdict['scenarios']
  readonly rules: readonly RuleInRounds[]
  readonly findings: readonly (InRounds & {
    readonly code: string
    readonly rule: string
    readonly scenario: string
  })[]
  readonly failures: readonly (InRounds & { readonly scenario: string })[]
  readonly notJudgedFor: readonly (InRounds & { readonly why: string })[]
}

const MOST_NAMED = 10
/** Different findings, failures and reasons that are told apart; of more, verdicts of rounds tell. */
const MOST_KINDS = 500

/** Counts by key in how many rounds something was so. */
class Counted<T> {
  readonly #byKey = new Map<string, { readonly what: T; rounds: number; first: number[] }>()

  add(round: number, all: Iterable<T>): void {
    for (const [key, what] of new Map([...all].map((one) => [JSON.stringify(one), one]))) {
      const known = this.#byKey.get(key) ?? { what, rounds: 0, first: [] }
      known.rounds += 1
      if (known.first.length < MOST_NAMED) known.first.push(round)
      if (this.#byKey.size < MOST_KINDS) this.#byKey.set(key, known)
    }
  }

  list(): (T & InRounds)[] {
    return [...this.#byKey.values()].map(({ what, rounds, first }) => ({ ...what, rounds, first }))
  }

  of(what: T): InRounds {
    const { rounds = 0, first = [] } = this.#byKey.get(JSON.stringify(what)) ?? {}
    return { rounds, first }
  }
}

/** Takes rounds together, one after the other, by rule. */
export class RoundsTally {
  readonly #counts = { ended: 0, held: 0, broken: 0, notJudged: 0 }
  readonly #scenarios = { passed: 0, failed: 0, notVerified: 0 }
  readonly #rules = new Map<string, RuleVerdict['severity']>()
  readonly #held = new Counted<{ readonly id: string }>()
  readonly #broken = new Counted<{ readonly id: string }>()
  readonly #findings = new Counted<{ code: string; rule: string; scenario: string }>()
  readonly #failures = new Counted<{ scenario: string }>()
  readonly #notJudged = new Counted<{ why: string }>()

  /** @param round - From 1. */
  add(round: number, verdict: Verdict): void {
    const { rules, scenarios, findings, failures, notJudged } = verdict
    this.#counts.ended += 1
    this.#counts[outcomeOf(verdict)] += 1
    for (const name of ['passed', 'failed', 'notVerified'] as const) {
      this.#scenarios[name] += scenarios[name]
    }
    for (const { id, severity } of rules) this.#rules.set(id, severity)
    const having = (wanted: RuleVerdict['result']) =>
      rules.filter(({ result }) => result === wanted).map(({ id }) => ({ id }))
    this.#held.add(round, having('held'))
    this.#broken.add(round, having('broken'))
    this.#findings.add(
      round,
      findings.map(({ code, rule, scenario }) => ({ code, rule, scenario })),
    )
    this.#failures.add(
      round,
      failures.map(({ scenario }) => ({ scenario })),
    )
    if (notJudged !== undefined) this.#notJudged.add(round, [{ why: notJudged }])
  }

  result(): RoundsResult {
    return {
      rounds: { ...this.#counts },
      scenarios: { ...this.#scenarios },
      rules: [...this.#rules].map(([id, severity]) => {
        const [held, broken] = [this.#held.of({ id }).rounds, this.#broken.of({ id })]
        const result = broken.rounds > 0 ? 'broken' : held > 0 ? 'held' : 'not-verified'
        const isFlaky = broken.rounds > 0 && held > 0
        return { id, severity, result, held, broken, isFlaky }
      }),
      findings: this.#findings.list(),
      failures: this.#failures.list(),
      notJudgedFor: this.#notJudged.list(),
    }
  }
}

/** What a round came to: a finding or a failure before anything else. */
export function outcomeOf({
  findings,
  scenarios,
  notJudged,
}: Verdict): 'held' | 'broken' | 'notJudged' {
  if (findings.length > 0 || scenarios.failed > 0) return 'broken'
  return notJudged === undefined ? 'held' : 'notJudged'
}
