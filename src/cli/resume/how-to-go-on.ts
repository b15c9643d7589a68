import type { RunReport } from '../../evidence/run-report.ts'
import { countOf } from '../../evidence/summary.ts'
import { lineToType } from '../line-to-type.ts'

/** A run that was interrupted. */
export interface Interrupted {
  /** By what, e.g. SIGINT. */
  readonly by: string
  /** How many of its scenarios have ended. */
  readonly ended: number
  /** How many were to run. */
  readonly planned: number
  /** Where it wrote, as typed. */
  readonly out: string
}

/** Said last of a run that was interrupted. */
export function howToGoOn({ by, ended, planned, out }: Interrupted): string {
  return `It was interrupted by ${by} after ${ended} of ${countOf(planned, 'scenario')}; go on with: ${resumingLine(out)}`
}

/** What to type to go on with what was written to a directory. */
export function resumingLine(out: string): string {
  return lineToType(`verify --resume --out ${quoted(out)}`)
}

/** As a shell reads it. */
function quoted(path: string): string {
  return /^[\w./@:+-]+$/.test(path) ? path : `'${path.replaceAll("'", String.raw`'\''`)}'`
}

/** What interrupted an endpoint's run, e.g. SIGINT; nothing where it came to its end. */
export function signalIn({ interrupted }: RunReport): string | undefined {
  return /SIG\w+/.exec(String(interrupted))?.[0]
}
