import type { History } from './history-file.ts'
import type { HistoryLine } from './history-line.ts'

/** How a scenario is looked up. */
export interface SoughtScenario {
  readonly uri: string
  readonly name: string
  /** As `wordsOf` tells them; without them, any scenario of that name is meant. */
  readonly words?: string | undefined
}

/** The last time that a scenario was brought to an end which says something. */
export interface LastValidated {
  readonly run: string
  /** When that run began: ISO 8601, UTC. */
  readonly startedAt: string
  readonly baseUrl?: string | undefined
  readonly result: 'passed' | 'failed'
  /** Whether the scenario has other words by now. */
  readonly isReworded: boolean
}

/** The last run, if there was any. @param baseUrl - Only of the runs there. */
export function lastRunOf({ runs }: History, baseUrl?: string): HistoryLine | undefined {
  return runs.findLast((run) => baseUrl === undefined || run.baseUrl === baseUrl)
}

/**
 * When a scenario last passed or failed; runs that did not verify it are passed over.
 *
 * A scenario of that name which has other words counts only where none with the same words ever ran. Of
 * several in one run that count alike, one that failed does.
 */
export function lastValidated(
  { runs }: History,
  sought: SoughtScenario,
): LastValidated | undefined {
  const { words } = sought
  const exact = last(runs, sought, words)
  if (exact || words === undefined) return exact
  const other = last(runs, sought)
  return other && { ...other, isReworded: true }
}

function last(
  runs: History['runs'],
  { uri, name }: SoughtScenario,
  words?: string,
): LastValidated | undefined {
  const results = ['failed', 'passed'] as const
  for (let at = runs.length - 1; at >= 0; at--) {
    const run = runs[at]
    const feature = run?.scenarios.find((each) => each.uri === uri)
    const result = results.find((each) =>
      feature?.[each].some(([n, w]) => n === name && (words === undefined || w === words)),
    )
    if (run && result) {
      const { run: id, startedAt, baseUrl } = run
      const where = baseUrl === undefined ? {} : { baseUrl }
      return { run: id, startedAt, ...where, result, isReworded: false }
    }
  }
  return undefined
}

/** e.g. `last validated on uat: 2026-11-26, passed`; days are those of UTC. */
export function lastValidatedText(target: string, last: LastValidated | undefined): string {
  if (!last) return `last validated on ${target}: never`
  const reworded = last.isReworded ? ', before it was reworded' : ''
  return `last validated on ${target}: ${last.startedAt.slice(0, 10)}, ${last.result}${reworded}`
}
