import type { RunFacts } from '../record/run-facts.ts'
import type { Waiver } from '../waivers/waiver.ts'

/** How long a run is taken to tell what the provider does: venues certify anew once a year. */
export const VALID_DAYS = 365

const DAY_MS = 24 * 60 * 60 * 1_000

/** From when to when a certificate is valid; days as `YYYY-MM-DD`, in UTC, both included. */
export interface Validity {
  /** The day of the run: it is the run that is certified, not the day on which somebody prints it. */
  readonly from: string
  readonly until: string
  /** Why it is no longer: the time, or the first of the exceptions that it rests on. */
  readonly because: string
}

/** @param exceptions - The waivers without which it could not be granted. */
export function validityOf({ startedAt }: RunFacts, exceptions: readonly Waiver[]): Validity {
  const end = dayOf(new Date(Date.parse(startedAt) + VALID_DAYS * DAY_MS))
  const [first] = exceptions
    .toSorted((one, other) => (one.expires < other.expires ? -1 : 1))
    .filter(({ expires }) => expires < end)
  return {
    from: dayOf(new Date(startedAt)),
    until: first?.expires ?? end,
    because: first
      ? `the exception to ${first.rule} expires then`
      : `the run is ${VALID_DAYS} days old then`,
  }
}

/** Whether a run is too old to be certified. */
export function ageProblem({ startedAt }: RunFacts, issuedAt: Date): string[] {
  const days = Math.floor((issuedAt.getTime() - Date.parse(startedAt)) / DAY_MS)
  return days > VALID_DAYS
    ? [`the run is ${days} days old, more than ${VALID_DAYS}: run it again`]
    : []
}

/** `2026-11-26`, in UTC. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}
