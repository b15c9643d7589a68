import type { Operation } from '../api/contract/endpoints.ts'
import type { ScenarioEvidence } from './scenario-evidence.ts'
import { reachedItsEnd } from './timeline.ts'

const RATES: readonly Operation[] = [
  'spotRate',
  'spotRateByType',
  'spotRateByTypeAndOrg',
  'marketDataSet',
]

/**
 * What a full run must have observed at least, and did not; empty where nothing is missing. Without
 * it a run that never got to trade could look like a pass.
 *
 * @param auth - How requests were authenticated: with `hmac` nobody logs in. Default `token`.
 */
export function missingFromFullRun(
  evidences: readonly ScenarioEvidence[],
  { auth = 'token' }: { readonly auth?: 'token' | 'hmac' } = {},
): string[] {
  const succeeded = (...operations: Operation[]) =>
    evidences.some(({ exchanges }) =>
      exchanges.some(
        ({ operation, response }) =>
          operation !== undefined &&
          operations.includes(operation) &&
          response !== undefined &&
          response.status >= 200 &&
          response.status < 300,
      ),
    )
  const ended = evidences.some(({ orders }) => orders.some(reachedItsEnd))
  return [
    ...(auth === 'hmac' || succeeded('login') ? [] : ['a login']),
    ...(succeeded(...RATES) ? [] : ['a rate']),
    ...(ended ? [] : ['an order queried to its end']),
    ...(succeeded('downloadTrades') ? [] : ['a download']),
  ]
}
