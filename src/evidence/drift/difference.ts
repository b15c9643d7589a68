import type { DriftRule } from './drift-rules.ts'

/** What one side showed, and where: numbers of exchanges within its scenario. */
export interface Shown {
  /** In words, e.g. `array` or `RECEIVED → NEW → FILLED`. */
  readonly value: string
  readonly exchanges: readonly number[]
}

/** One thing in which two runs of a scenario differ. */
export interface Difference {
  readonly rule: DriftRule
  /** What differs, the same in every scenario in which it does, e.g. `queryOrder NEW lastPrice`. */
  readonly subject: string
  readonly simulation: Shown
  readonly endpoint: Shown
}

/** Something that only looks like a difference: one side's samples missed it, which polling may. */
export interface Unseen {
  /** e.g. `‹order:1›`. */
  readonly order: string
  readonly side: 'simulation' | 'endpoint'
  /** e.g. `NEW`, or `its end`. */
  readonly what: string
}

/**
 * The name of a difference that waivers can use, e.g. `drift.types/queryOrder (array → object)`: with
 * what both sides showed, so that it is about no other values. What depends on the number and the
 * moments of the polls is not in it.
 */
export function differenceId({ rule, subject, simulation, endpoint }: Difference): string {
  return `${rule}/${subject} (${nameOf(rule, simulation)} → ${nameOf(rule, endpoint)})`
}

function nameOf(rule: DriftRule, { value }: Shown): string {
  // Which statuses were seen on the way is a matter of polling, the last one is not.
  if (rule === 'drift.statuses') return value.split(' → ').at(-1) ?? value
  // One side never gave the field: how often the other did depends on how many answers there were.
  return rule === 'drift.fields'
    ? value.replace(/^(?:always|in \d+ of \d+ answers)$/, 'given')
    : value
}

/** Which exchanges are cited at most: the first few show it. */
const MOST_CITED = 5

export function shown(value: string, exchanges: readonly number[]): Shown {
  return { value, exchanges: [...new Set(exchanges)].slice(0, MOST_CITED) }
}
