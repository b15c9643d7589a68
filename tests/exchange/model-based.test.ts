import { describe, it } from 'node:test'
import fc from 'fast-check'
import type { Settings } from '../../src/mocks/exchange/settings/settings.ts'
import { steps } from './model-based/commands.ts'
import { World } from './model-based/world.ts'

/** Settings under which the laws hold just the same. */
const settings: fc.Arbitrary<Partial<Settings>> = fc.record(
  {
    'limit.oversize': fc.constantFrom('partial' as const, 'expire' as const),
    'ioc.unfilledStatus': fc.constantFrom('EXPIRED' as const, 'CANCELED' as const),
    'partial.finalStatus': fc.constantFrom('EXPIRED' as const, 'CANCELED' as const),
    'fills.perOrder': fc.integer({ min: 1, max: 4 }),
    'rate.singleUse': fc.boolean(),
    'stp.scope': fc.constantFrom('user' as const, 'org' as const),
    'stp.delayMs': fc.constantFrom(0, 1_000),
    'stp.order': fc.constantFrom('asc' as const, 'desc' as const, 'random' as const),
    advance: fc.constantFrom('perQuery' as const, 'afterMs' as const, 'scripted' as const),
    'advance.skipNew': fc.boolean(),
    'outcome.rejectAfterNew': fc.constantFrom(0, 0.2),
    'outcome.expire': fc.constantFrom(0, 0.2),
    'outcome.fillInParts': fc.constantFrom(0, 0.3),
  },
  { requiredKeys: [] },
)

describe('the exchange, called at random by three users of two organisations', () => {
  it('never breaks a law of orders or trades', () => {
    fc.assert(
      fc.property(fc.nat(), settings, steps, (seed, given, calls) => {
        const world = new World(String(seed), given)
        fc.modelRun(() => ({ model: {}, real: world }), calls)
        world.settleUp()
      }),
      { seed: 20250611, numRuns: 500 },
    )
  })
})
