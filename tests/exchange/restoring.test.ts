import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { Exchange } from '../../src/mocks/exchange/exchange.ts'
import type { Settings } from '../../src/mocks/exchange/settings/settings.ts'
import { VirtualClock } from '../../src/mocks/exchange/virtual-clock.ts'
import { type NoModel, steps } from './model-based/commands.ts'
import { World } from './model-based/world.ts'

/** Settings that change what there is to remember. */
const settings: fc.Arbitrary<Partial<Settings>> = fc.record(
  {
    'fills.perOrder': fc.integer({ min: 1, max: 3 }),
    'rate.singleUse': fc.boolean(),
    'renew.live': fc.constantFrom('extend' as const, 'rotate' as const),
    'login.concurrent': fc.constantFrom('allow' as const, 'invalidatePrevious' as const),
    'stp.scope': fc.constantFrom('user' as const, 'org' as const),
    'stp.delayMs': fc.constantFrom(0, 1_000),
    'stp.delayPolls': fc.nat(2),
    'stp.order': fc.constantFrom('asc' as const, 'desc' as const, 'random' as const),
    advance: fc.constantFrom('perQuery' as const, 'afterMs' as const, 'scripted' as const),
    'advance.skipNew': fc.boolean(),
    'outcome.rejectAfterNew': fc.constantFrom(0, 0.2),
    'outcome.expire': fc.constantFrom(0, 0.2),
    'outcome.fillInParts': fc.constantFrom(0, 0.3),
  },
  { requiredKeys: [] },
)

type Steps = Iterable<fc.Command<NoModel, World>>

/** The record, with deliveries in an order of their own: they have none. */
function recordOf({ exchange }: World) {
  const { deliveries, ...rest } = exchange.record()
  return { ...rest, deliveries: deliveries.map((each) => JSON.stringify(each)).sort() }
}

/** The record a world is taken up from. */
const sources = {
  'the record of it all': ({ exchange }: World) => exchange.record(),
  'what a store was told': ({ told }: World) => told.record,
}

describe('an exchange that was recorded and restored', () => {
  for (const [name, source] of Object.entries(sources))
    it(`answers all that is called later as the original does: ${name}`, () => {
      const live = (world: World, before: Steps, after: Steps, restarts: boolean) => {
        fc.modelRun(() => ({ model: {}, real: world }), before)
        if (restarts) world.restart(source(world))
        fc.modelRun(() => ({ model: {}, real: world }), after)
        for (let page = 0; page < 6; page++)
          for (const by of ['ada', 'ben', 'cy'] as const) world.download(by, 20)
        return world
      }
      fc.assert(
        fc.property(fc.nat(), settings, steps, steps, (seed, given, before, after) => {
          const original = live(new World(String(seed), given), before, after, false)
          const restored = live(new World(String(seed), given), before, after, true)
          assert.deepEqual(restored.answers, original.answers)
          assert.deepEqual(recordOf(restored), recordOf(original))
        }),
        { seed: 20250611, numRuns: 60 },
      )
    })

  it('has the order that finished first make room first, and those due be forgotten in time', () => {
    const clock = new VirtualClock(Date.UTC(2025, 5, 11, 13))
    const options = {
      seed: 'room',
      limits: { orders: 2 },
      settings: { 'order.retentionMs': 1_000 },
    }
    const original = new Exchange({ clock, ...options })
    const user = original.directory.enrol({ name: 'ada' })
    const place = ({ desk }: Exchange, coId: string) => {
      const order = desk.place(user, {
        ...{ coId, type: 'Limit', side: 'Buy', symbol: 'EUR/USD', currency: 'EUR' },
        ...{ size: 100, price: 0.5, timeInForce: 'GTC' },
      })
      return order.ok ? order.value.orderId : assert.fail(order.refusal.detail)
    }
    const [early, late] = [place(original, 'early'), place(original, 'late')]
    original.desk.cancel(user, late)
    original.desk.cancel(user, early)
    const restored = new Exchange({ clock, ...options })
    restored.restore(original.record())
    place(restored, 'third')
    const kept = () => restored.desk.orders.map(({ coId }) => coId)
    assert.deepEqual(kept(), ['early', 'third'])
    clock.advance(1_000)
    assert.deepEqual(kept(), ['third'])
  })

  it('refuses what is of another seed, and what comes too late', () => {
    const { exchange } = new World('one', {})
    const record = exchange.record()
    assert.throws(() => new World('two', {}).exchange.restore(record), 'another seed')
    const placed = exchange.desk.place(exchange.directory.all[0] ?? assert.fail(), {
      ...{ coId: 'c', type: 'Limit', side: 'Buy', symbol: 'EUR/USD', currency: 'EUR' },
      ...{ size: 100, price: 2, timeInForce: 'GTC' },
    })
    assert.isTrue(placed.ok)
    assert.throws(() => exchange.restore(record), 'orders were placed')
  })
})
