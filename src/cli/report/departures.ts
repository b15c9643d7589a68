import type { RunRecord } from '../../evidence/record/run-record.ts'

/** What makes a run less, or other, than a whole one by the defaults; each may explain its verdict. */
export interface Departures {
  readonly deviation: string | undefined
  /** What chose the scenarios; empty where all ran. */
  readonly selection: string
  /** Changed settings, as `name=value`. */
  readonly settings: readonly string[]
}

export function departuresOf({ run, verdict }: RunRecord): Departures {
  return {
    deviation: verdict.deviation,
    selection: run.selection.join(' '),
    settings: Object.entries(run.settings).map(
      ([name, value]) => `${name}=${JSON.stringify(value)}`,
    ),
  }
}

/** The same in sentences. @param listed - How settings are listed. */
export function departureLines(
  { deviation, selection, settings }: Departures,
  listed: (settings: readonly string[]) => string,
): string[] {
  return [
    ...(deviation === undefined ? [] : [`The simulation deviates on purpose: ${deviation}`]),
    ...(selection === '' ? [] : [`Not all scenarios: ${selection}`]),
    ...(settings.length === 0 ? [] : [`Changed settings: ${listed(settings)}`]),
  ]
}
