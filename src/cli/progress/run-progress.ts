import type { Writable } from 'node:stream'
import { PlainProgress } from './plain-progress.ts'
import type { Ended } from './tally.ts'
import { isTerminal, type Screen } from './terminal.ts'
import { TerminalProgress } from './terminal-progress.ts'

/** Tells how far a run is. Nothing is kept of a scenario that has been noted. */
export interface RunProgress {
  /** One more scenario has ended. */
  note(scenario: Ended): void
  /** All have ended, and the reports of them are being written, which takes its time where there are many. */
  report(): void
  /** A stream to write to while the run goes on: what stands there is not mixed up with the progress. */
  beside(stream: Writable): Writable
  /** Nothing more will come. */
  end(): void
}

export interface ProgressFacts {
  /** How many scenarios will run. */
  readonly total: number
  /** Whether a scenario takes seconds, as on an endpoint, and not milliseconds. */
  readonly isSlow: boolean
  readonly env: Readonly<Record<string, string | undefined>>
}

/** On a terminal one line that changes; elsewhere a mark for each scenario, and a line now and then. */
export function runProgress(screen: Screen, { total, isSlow, env }: ProgressFacts): RunProgress {
  return isTerminal(screen, env)
    ? new TerminalProgress(screen, total, env)
    : new PlainProgress(screen, total, isSlow)
}
