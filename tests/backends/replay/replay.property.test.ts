import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import type { OutcomeScript } from '../../../src/backends/replay/outcome-script.ts'
import { parseScript, renderScript } from '../../../src/backends/replay/outcome-script.ts'
import { readReplay } from '../../../src/backends/replay/read-replay.ts'
import type { Settings } from '../../../src/mocks/exchange/settings/settings.ts'
import { acts } from './acts.ts'
import { type Act, Play, type Sight } from './play.ts'

const settings: fc.Arbitrary<Partial<Settings>> = fc.record(
  {
    'query.shape': fc.constantFrom('array', 'object'),
    'advance.receivedQueries': fc.nat(2),
    'advance.skipNew': fc.boolean(),
    'ioc.unfilledStatus': fc.constantFrom('EXPIRED', 'CANCELED'),
    'partial.finalStatus': fc.constantFrom('EXPIRED', 'CANCELED'),
    'partial.workingStatus': fc.constantFrom('NEW', 'PARTIAL'),
    'cancel.status': fc.constantFrom('CANCELED', 'CANCELLED'),
    'cancel.successStatus': fc.constantFrom(200, 202, 204),
    'cancel.tooLate': fc.constantFrom(400, 409),
    'credit.maxOrderSize': fc.constant(999_999.99),
    'validation.credit': fc.constantFrom('http400', 'rejectOnQuery'),
    'fault.place5xx': fc.constantFrom('dropped', 'accepted'),
  },
  { requiredKeys: [] },
)

async function record(given: readonly Act[], chosen: Partial<Settings>) {
  const play = new Play({ seed: 'recorded', settings: chosen })
  const sights = await play.act(given)
  return { sights, script: readReplay(play.lines, 'transcript.ndjson') }
}

async function replay(
  given: readonly Act[],
  script: OutcomeScript,
  prefix: string,
): Promise<readonly Sight[]> {
  const { settings: proposed } = script
  const play = new Play({ seed: 'another', settings: proposed, prefix })
  play.replay(script)
  const alone = given.filter(({ kind }) => kind !== 'lose' && kind !== 'fail')
  return play.act(
    alone.map((act) => (act.kind === 'place' ? { kind: 'place', terms: act.terms } : act)),
  )
}

/** Orders, by number, of which the script says itself that they are not reproduced. */
function departing({ orders, notReproduced }: OutcomeScript): ReadonlySet<unknown> {
  return new Set(
    orders.flatMap(({ call }, index) =>
      notReproduced.some(({ what }) => what.startsWith(`placing ${call} `)) ? index : [],
    ),
  )
}

const without = (sights: readonly Sight[], orders: ReadonlySet<unknown>) =>
  sights.filter(({ order }) => !orders.has(order))

describe('a replay', () => {
  for (const [how, prefix] of [
    ['by client ids', 'c'],
    ['by their looks', 'other-'],
  ] as const) {
    it(`shows the same statuses, reasons and dealt quantities to the same calls, matched ${how}`, async () => {
      let reproduced = 0
      let departed = 0
      await fc.assert(
        fc.asyncProperty(acts, settings, async (given, chosen) => {
          const { sights, script } = await record(given, chosen)
          const kept = parseScript(JSON.parse(renderScript(script)), 'kept.json')
          assert.deepEqual(kept, script)
          const again = await replay(given, kept, prefix)
          const orders = departing(script)
          reproduced += script.orders.length - orders.size
          departed += orders.size
          assert.deepEqual(without(again, orders), without(sights, orders))
        }),
        { seed: 1, numRuns: 60 },
      )
      assert.isAbove(reproduced, 10 * departed)
    })
  }
})
