import { parseClientQueryPath } from '../../api/contract/client-query-path.ts'
import { DEFAULT_CLIENT_QUERY_PATH } from '../../api/contract/client-query-template.ts'
import { type OperationMatcher, operationMatcher } from '../../api/contract/operation-matcher.ts'
import type { RunFacts } from '../record/run-facts.ts'
import type { ScenarioEvidence } from '../scenario-evidence.ts'

/** Tells what the requests of a run asked for, wherever its queries by client id went. */
export function matchersOf({
  settings,
}: RunFacts): (evidence: ScenarioEvidence) => OperationMatcher {
  const path = settings['paths.queryByClient']
  const template = typeof path === 'string' ? path : DEFAULT_CLIENT_QUERY_PATH
  const clientQuery = parseClientQueryPath(template)
  const known = new Map<string, OperationMatcher>()
  return ({ baseUrl }) => {
    const matcher = known.get(baseUrl) ?? operationMatcher({ baseUrl, clientQuery })
    known.set(baseUrl, matcher)
    return matcher
  }
}
