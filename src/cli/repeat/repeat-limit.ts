import { UsageError } from '../usage-error.ts'

/** How long scenarios are run again and again. */
export interface RepeatLimit {
  /** As typed, e.g. `2h` or `500x`. */
  readonly text: string
  /** No round begins after so many, or after so long: in milliseconds in which rounds were under way. */
  readonly rounds: number
  readonly activeMs: number
}

const UNIT_MS: Readonly<Record<string, number>> = { s: 1_000, m: 60_000, h: 3_600_000 }

/** @throws {UsageError} It is neither a time nor a number of rounds. */
export function parseRepeat(text: string): RepeatLimit {
  const [, digits = '', unit = ''] = /^([1-9]\d{0,5})([smhx])$/.exec(text) ?? []
  const count = Number(digits)
  if (unit === 'x') return { text, rounds: count, activeMs: Number.POSITIVE_INFINITY }
  const unitMs = UNIT_MS[unit]
  if (unitMs !== undefined) {
    return { text, rounds: Number.POSITIVE_INFINITY, activeMs: count * unitMs }
  }
  throw new UsageError(
    `Malformed --repeat ${JSON.stringify(text)}: use a time such as 90s, 30m or 2h, or a number of rounds such as 500x.`,
  )
}

/** Whether there is to be no other round. */
export function isFull(
  limit: RepeatLimit,
  { ended, activeMs }: { readonly ended: number; readonly activeMs: number },
): boolean {
  return ended >= limit.rounds || activeMs >= limit.activeMs
}

/**
 * The seed of a round, with which it can be run alone.
 *
 * @param round - From 1.
 */
export function seedOf(seed: string, round: number): string {
  const suffix = `.${round}`
  return `${seed.slice(0, MOST_LETTERS - suffix.length)}${suffix}`
}

/** Of a seed. */
const MOST_LETTERS = 64
