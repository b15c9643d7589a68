import type { ScenarioEvidence } from '../../../src/evidence/scenario-evidence.ts'
import { seenIn } from '../seen-in.ts'
import type { Uat } from './uat.ts'

/** What every scenario of a run saw. */
export async function scenarioEvidences(uat: Uat): Promise<readonly ScenarioEvidence[]> {
  return seenIn(uat.out)
}
