import {
  SCENARIO_EVIDENCE,
  type ScenarioEvidence,
} from '../../../src/evidence/scenario-evidence.ts'
import type { Uat } from './uat.ts'

interface Message {
  readonly attachment?: { readonly mediaType: string; readonly body: string }
}

/** What every scenario of a run saw. */
export async function scenarioEvidences(uat: Uat): Promise<readonly ScenarioEvidence[]> {
  const lines = (await uat.read('messages.ndjson')).split('\n').filter((line) => line !== '')
  return lines
    .map((line) => JSON.parse(line) as Message)
    .flatMap(({ attachment }) =>
      attachment?.mediaType === SCENARIO_EVIDENCE
        ? [JSON.parse(Buffer.from(attachment.body, 'base64').toString('utf8')) as ScenarioEvidence]
        : [],
    )
}
