import type { Exchange } from '../../evidence/exchange.ts'
import type { RunRecord } from '../../evidence/record/run-record.ts'
import { countOf } from '../../evidence/summary.ts'
import { PROVIDER_CAPABILITIES, type ProviderCapability, sightingsOf } from './capabilities.ts'
import type { Provider } from './providers-schema.ts'

/** What was expected of a provider, and what was seen. */
export interface Expectation {
  readonly capability: ProviderCapability
  /** Whether it was expected to be offered. */
  readonly expected: boolean
  /**
   * `met`: it was seen as expected. `contradicted`: it was given, and should not have been. `not seen`: it was
   * promised, and nothing shows it. `not tried`: nobody asked for it, as it was not promised, or as the run
   * was broken off.
   */
  readonly result: 'met' | 'contradicted' | 'not seen' | 'not tried'
  /** What was seen, in a few words. */
  readonly seen: string
}

/** What became of each expectation, in the order of all capabilities. @param record - Absent where there is no run. */
export function expectationsOf(
  capabilities: Provider['capabilities'],
  record: RunRecord | undefined,
): readonly Expectation[] {
  const exchanges = record === undefined ? [] : exchangesOf(record)
  const cut = isCutShort(record)
  return PROVIDER_CAPABILITIES.flatMap((capability) => {
    const expected = capabilities[capability]
    return expected === undefined ? [] : [expectation(capability, expected, exchanges, cut)]
  })
}

function expectation(
  capability: ProviderCapability,
  expected: boolean,
  exchanges: readonly Exchange[],
  cut: boolean,
): Expectation {
  const { asked, given } = sightingsOf(capability, exchanges)
  const seen =
    asked === 0
      ? cut
        ? 'the run was broken off before'
        : 'never asked for'
      : `given ${given} of ${countOf(asked, 'time')} that it was asked for`
  if (given > 0) return { capability, expected, result: expected ? 'met' : 'contradicted', seen }
  if (expected && !(cut && asked === 0)) return { capability, expected, result: 'not seen', seen }
  return { capability, expected, result: asked === 0 ? 'not tried' : 'met', seen }
}

/** Whether it says nothing against a provider that something was never asked for: the run came not so far. */
function isCutShort(record: RunRecord | undefined): boolean {
  if (record === undefined) return true
  const { interrupted, scenarios } = record.verdict
  const ended = scenarios.passed + scenarios.failed + scenarios.notVerified
  return interrupted !== undefined || ended === 0
}

function exchangesOf({ scenarios, own }: RunRecord): readonly Exchange[] {
  return [
    ...scenarios.flatMap(({ evidence }) => evidence?.exchanges ?? []),
    ...(own?.exchanges ?? []),
  ]
}
