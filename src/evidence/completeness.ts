import type { Operation } from '../api/contract/endpoints.ts'
import type { ScenarioEvidence } from './scenario-evidence.ts'
import { reachedItsEnd } from './timeline.ts'

const RATES: readonly Operation[] = [
  'spotRate',
  'spotRateByType',
  'spotRateByTypeAndOrg',
  'marketDataSet',
]

/** What a full run must have observed at least, taken piece by piece. */
export class FullRunTally {
  readonly #succeeded = new Set<Operation>()
  #hasEnded = false

  add({ exchanges, orders }: Pick<ScenarioEvidence, 'exchanges' | 'orders'>): void {
    for (const { operation, response } of exchanges) {
      const status = response?.status ?? 0
      if (operation !== undefined && status >= 200 && status < 300) this.#succeeded.add(operation)
    }
    this.#hasEnded ||= orders.some(reachedItsEnd)
  }

  /**
   * What was not observed; empty where nothing is missing. Without it a run that never got to trade could
   * look like a pass.
   *
   * @param auth - How requests were authenticated: with `hmac` nobody logs in. Default `token`.
   */
  missing({ auth = 'token' }: { readonly auth?: 'token' | 'hmac' } = {}): string[] {
    const succeeded = (...operations: Operation[]) =>
      operations.some((each) => this.#succeeded.has(each))
    return [
      ...(auth === 'hmac' || succeeded('login') ? [] : ['a login']),
      ...(succeeded(...RATES) ? [] : ['a rate']),
      ...(this.#hasEnded ? [] : ['an order queried to its end']),
      ...(succeeded('downloadTrades') ? [] : ['a download']),
    ]
  }
}

/** What is missing from scenarios that are all at hand. */
export function missingFromFullRun(
  evidences: Iterable<ScenarioEvidence>,
  options: { readonly auth?: 'token' | 'hmac' } = {},
): string[] {
  const tally = new FullRunTally()
  for (const evidence of evidences) tally.add(evidence)
  return tally.missing(options)
}
