import { parseClientQueryPath } from '../../api/contract/client-query-path.ts'
import { DEFAULT_CLIENT_QUERY_PATH } from '../../api/contract/client-query-template.ts'
import { type OperationMatcher, operationMatcher } from '../../api/contract/operation-matcher.ts'
import type { RunFacts } from '../record/run-facts.ts'

/** Where simulated exchanges that go over no wire are addressed. */
const IN_PROCESS = 'https://simulation.invalid'

/** What the requests of a run asked for, wherever its queries by client id went. */
export function matcherOf({ baseUrl, settings }: RunFacts): OperationMatcher {
  const path = settings['paths.queryByClient']
  return operationMatcher({
    baseUrl: baseUrl ?? IN_PROCESS,
    clientQuery: parseClientQueryPath(typeof path === 'string' ? path : DEFAULT_CLIENT_QUERY_PATH),
  })
}
