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
  const end = lastDayOf(startedAt)
  const [first] = exceptions
    .toSorted((one, other) => (one.expires < other.expires ? -1 : 1))
    .filter(({ expires }) => expires < end)
  return {
    from: dayOf(new Date(startedAt)),
    until: first?.expires ?? end,
    because: first
      ? `the exception to ${first.rule} expires then`
      : `its ${VALID_DAYS} days, the day of the run included, end then`,
  }
}

/** Whether a run is too old to be certified. */
export function ageProblem({ startedAt }: RunFacts, issuedAt: Date): string[] {
  const end = lastDayOf(startedAt)
  return dayOf(issuedAt) > end
    ? [`the ${VALID_DAYS} days from the day of the run ended on ${end}: run it again`]
    : []
}

/** The first day counts too: a year from 2026-11-26 ends on 2027-11-25. */
function lastDayOf(startedAt: string): string {
  return dayOf(new Date(Date.parse(startedAt) + (VALID_DAYS - 1) * DAY_MS))
}

/** `2026-11-26`, in UTC. */
export function dayOf(date: Date): string {
  return date.toISOString().slice(0, 10)
}
