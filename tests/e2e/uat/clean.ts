import { assert } from 'chai'
import type { Verdict } from '../../../src/evidence/verdict.ts'
import type { Ended } from './run-command.ts'
import type { Uat } from './uat.ts'

/** Why a scenario is not verified on any endpoint: it stages what nobody outside can. */
const STAGED = /^an endpoint cannot be made to |^it is about the models, /

/**
 * Asserts that a run found nothing to complain of, and left nothing behind.
 *
 * @returns Its verdict.
 */
export async function assertClean(uat: Uat, { code, stdout, stderr }: Ended): Promise<Verdict> {
  assert.equal(code, 0, stdout + stderr)
  const verdict = await uat.verdict()
  assert.deepEqual(verdict.findings, [])
  assert.deepEqual(verdict.failures, [])
  assert.deepEqual(verdict.leftWorking, [])
  assert.deepEqual(verdict.inDoubt, [])
  assert.isUndefined(verdict.interrupted)
  assert.isFalse(uat.has('.unfinished'))
  assert.isEmpty(await uat.working())
  const peak = await uat.standIn.admin.peak()
  assert.equal(peak.concurrentQueriesPerOrder, 1)
  assert.isAtMost(peak.workingOrders, 20)
  return verdict
}

/** The scenarios that were not verified for what this endpoint did, by reason. */
export function notVerified({ notVerified: all }: Verdict): ReadonlyMap<string, number> {
  const own = all.filter(({ reason }) => !STAGED.test(reason))
  const byReason = Map.groupBy(own, ({ reason }) => plain(reason))
  return new Map([...byReason].map(([reason, scenarios]) => [reason, scenarios.length]))
}

/** Without ids, and without the status that two queries may pass unseen. */
function plain(reason: string): string {
  return reason.replaceAll(/\d{6,}/g, '…').replace(' → NEW', '')
}

/** The values of a setting that were observed. */
export function observed({ variants }: Verdict, setting: string): readonly unknown[] {
  const variant = variants.find((each) => each.setting === setting)
  return variant?.values.map(({ value }) => value) ?? []
}
