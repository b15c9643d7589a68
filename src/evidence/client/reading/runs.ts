import type { ClientBounds } from '../client-bounds.ts'
import type { ClientBreach, ClientSight } from '../client-rule.ts'
import { NO_CLOCK } from '../client-rule.ts'
import type { Call } from './call.ts'

/** Timers fire a little early, and networks squeeze requests together. */
const TIMER_SHARE = 0.9

/**
 * Judges the pace of a loop: of calls that ask for the same thing, in order. Only calls that `counts` are
 * followed too quickly by the next; any other interrupts.
 */
export function paceSights(
  loop: readonly Call[],
  { pollEveryMs, mostQuick }: Pick<ClientBounds, 'pollEveryMs' | 'mostQuick'>,
  counts: (call: Call) => boolean,
  breach: (run: readonly Call[], withinMs: number) => ClientBreach,
): readonly ClientSight[] {
  const sections = sectionsOf(loop, counts).filter((section) => section.length > mostQuick + 1)
  return sections.map((section): ClientSight => {
    const times = section.flatMap(({ cameAt }) => cameAt ?? [])
    if (times.length < section.length) return { unjudged: NO_CLOCK }
    const isQuick = section.map((_, at) => at > 0 && gap(times, at) < pollEveryMs * TIMER_SHARE)
    const end = isQuick.findIndex(
      (_, at) => at > mostQuick && isQuick.slice(at - mostQuick, at + 1).every(Boolean),
    )
    if (end < 0) return 'held'
    const start = isQuick.slice(0, end).lastIndexOf(false)
    const after = isQuick.indexOf(false, end)
    const run = section.slice(start, after < 0 ? undefined : after)
    const [first = 0, last = 0] = [times[start], times[start + run.length - 1]]
    return breach(run, last - first)
  })
}

const gap = (times: readonly number[], at: number) => (times[at] ?? 0) - (times[at - 1] ?? 0)

/** Stretches of a loop in which every call but the last one counts. */
function sectionsOf(loop: readonly Call[], counts: (call: Call) => boolean): readonly Call[][] {
  const sections: Call[][] = [[]]
  for (const call of loop) {
    sections.at(-1)?.push(call)
    if (!counts(call)) sections.push([])
  }
  return sections
}

/** The numbers of calls. */
export const numbersOf = (calls: readonly Call[]): readonly number[] =>
  calls.map(({ number }) => number)
