import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { lineToType } from '../line-to-type.ts'
import { parseOut } from '../parse-out.ts'
import { UsageError } from '../usage-error.ts'

export interface RawReportOptions {
  readonly merge?: boolean
  readonly out?: string
}

export interface ReportOptions {
  /** Where runs were written, as readers are to be told, in the order in which they are shown. */
  readonly dirs: readonly string[]
  readonly out: string
}

/** The targets that a run can have, in the order in which a reader learns of them. */
export const TARGETS: readonly string[] = ['simulation', 'served', 'uat']

/** What tells that a directory holds a run, finished or not. */
const SIGNS = ['evidence/run.json', 'verdict.json']

/**
 * @param dirs - As given; none for those of the targets that hold a run.
 * @throws {UsageError} There is no run.
 */
export function parseReportOptions(
  { out = 'reports/report' }: RawReportOptions,
  dirs: readonly string[],
  cwd: string,
): ReportOptions {
  const defaults = TARGETS.map((target) => `reports/${target}`)
  const withRun = defaults.filter((dir) =>
    SIGNS.some((sign) => existsSync(resolve(cwd, dir, sign))),
  )
  const chosen = dirs.length > 0 ? dirs.map(withoutSlash) : withRun
  if (chosen.length === 0) {
    throw new UsageError(
      `There is no run to report on below ${join(cwd, 'reports')}: run "${lineToType('verify')}" first, or name the directories of runs.`,
    )
  }
  const [twice] = chosen.filter(
    (dir, at) => chosen.findIndex((each) => resolve(cwd, each) === resolve(cwd, dir)) < at,
  )
  if (twice !== undefined) {
    throw new UsageError(`The directory ${twice} is named twice: name each run once.`)
  }
  return { dirs: chosen, out: parseOut(out) }
}

function withoutSlash(dir: string): string {
  return dir.length > 1 ? dir.replace(/[\\/]+$/, '') : dir
}
