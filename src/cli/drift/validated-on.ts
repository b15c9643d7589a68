import { dirname, join, resolve } from 'node:path'
import { type History, readHistory } from '../../evidence/history/history-file.ts'
import { type LastValidated, lastValidated } from '../../evidence/history/last-validated.ts'
import { placeOf } from '../../evidence/history/past-results.ts'
import type { RunRecord } from '../../evidence/record/run-record.ts'
import { isSimulated } from '../../evidence/simulated.ts'
import { labelOf } from '../../evidence/verdict.ts'
import { messageOf, UsageError } from '../usage-error.ts'

/**
 * Tells when scenarios were last validated on the endpoint: by the run that is compared, or by an
 * earlier one in its history. Against a simulation nothing is validated.
 *
 * @param dir - Where the run wrote, in full.
 */
export async function validatedOn(
  { run, scenarios, verdict }: RunRecord,
  dir: string,
  cwd: string,
): Promise<(scenario: string) => LastValidated | undefined> {
  if (isSimulated(run.target)) return () => undefined
  const history = await historyOf(run.target, dir, cwd)
  const now = new Map(scenarios.map((each) => [labelOf(each), each.status]))
  return (scenario) => {
    const result = now.get(scenario)
    if (result === 'passed' || result === 'failed') {
      const { id, startedAt } = run
      const where = verdict.baseUrl === '' ? {} : { baseUrl: verdict.baseUrl }
      return { run: id, startedAt, ...where, result, isReworded: false }
    }
    return lastValidated(history, placeOf(scenario))
  }
}

/** The history of the runs that wrote there: beside their directory where that is the usual one. */
async function historyOf(target: string, dir: string, cwd: string): Promise<History> {
  const folder = dir === resolve(cwd, 'reports', target) ? dirname(dir) : dir
  const file = join(folder, 'history', `${target}.ndjson`)
  try {
    return await readHistory(file)
  } catch (error) {
    throw new UsageError(`Failed to read the history ${file}: ${messageOf(error)}.`)
  }
}
