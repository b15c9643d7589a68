import { readdir, readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { reasonOf, type ScenarioResult, settled } from '../evidence/verdict.ts'
import { allureTestCaseId } from './allure-relay.ts'

/**
 * Shows scenarios that are not verified as skipped, with the reason: Allure takes the best of their
 * steps, so that one that had begun well would count as passed.
 *
 * @param directory - Allure's results, before its page is made of them.
 */
export async function correctAllureResults(
  directory: string,
  target: string,
  results: readonly ScenarioResult[],
): Promise<void> {
  const reasons = new Map(
    results
      .map(settled)
      .filter(({ status }) => status === 'notVerified')
      .map((result): [string, string] => [
        allureTestCaseId(target, result.uri, result.line),
        `Not verified: ${reasonOf(result)}`,
      ]),
  )
  if (reasons.size === 0) return
  for (const name of await readdir(directory)) {
    if (!name.endsWith('-result.json')) continue
    const file = join(directory, name)
    const result = JSON.parse(await readFile(file, 'utf8'))
    const message = reasons.get(result.testCaseId)
    if (message === undefined) continue
    const corrected = { ...result, status: 'skipped', statusDetails: { message } }
    await writeFile(file, JSON.stringify(corrected))
  }
}
