import type { RunFacts } from '../../evidence/record/run-facts.ts'
import { isSimulated } from '../../evidence/simulated.ts'
import { countOf, SIMULATION_SCOPE } from '../../evidence/summary.ts'
import type { LeftOut } from './run-results.ts'

/** What was run, with what and when, as lines of a table: Allure's variables of an environment. */
export function runVariables(
  run: RunFacts,
  leftOut: LeftOut = { attachments: 0, scenarios: 0, wholly: 0, failed: 0 },
): Record<string, string> {
  const { baseUrl, account, selection, settings, software, digests } = run
  return {
    run: run.id,
    started: `${run.startedAt} (UTC)`,
    target: run.target,
    ...(baseUrl !== undefined && { endpoint: baseUrl }),
    ...(account && { user: account.user, org: account.org }),
    seed: run.seed,
    ...(isSimulated(run.target) && { scope: SIMULATION_SCOPE }),
    ...(selection.length > 0 && { scenarios: selection.join(' ') }),
    ...(Object.keys(settings).length > 0 && { assumptions: JSON.stringify(settings) }),
    ...(leftOut.attachments > 0 && {
      cut: `${leftOut.attachments} attachments of ${leftOut.scenarios} scenarios are left out`,
    }),
    ...(leftOut.wholly > 0 && {
      'not on this page': `${countOf(leftOut.wholly, 'scenario')}, of which ${leftOut.failed} failed; all stand in allure-results and in evidence, and what failed in verdict.json`,
    }),
    ...software,
    platform: run.platform,
    ...Object.fromEntries(
      Object.entries(digests).map(([name, digest]) => [`SHA-256 of ${name}`, digest]),
    ),
  }
}
