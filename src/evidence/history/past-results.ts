import type { HistoryLine } from './history-line.ts'

/** A scenario as it is known from run to run: its line may change. */
export interface PastPlace {
  readonly uri: string
  readonly name: string
}

export interface PastResult extends PastPlace {
  readonly result: 'passed' | 'failed' | 'notVerified'
}

/** Of several scenarios with the same name in a file, the one that came off worst speaks for all. */
const FROM_BEST_TO_WORST = ['passed', 'notVerified', 'failed'] as const

/** What became of each scenario, by its key. */
export function resultsOf({ scenarios }: HistoryLine): ReadonlyMap<string, PastResult> {
  const results = new Map<string, PastResult>()
  for (const result of FROM_BEST_TO_WORST) {
    for (const { uri, [result]: own } of scenarios) {
      for (const [name] of own) results.set(keyOf({ uri, name }), { uri, name, result })
    }
  }
  return results
}

export function keyOf({ uri, name }: PastPlace): string {
  return JSON.stringify([uri, name])
}

/** What a verdict's name for a scenario, `uri:line name`, says; the run itself stands nowhere. */
export function placeOf(label: string): PastPlace {
  const [, uri = '', name = label] = /^(.+?):\d+ (.*)$/s.exec(label) ?? []
  return { uri, name }
}
