import { describe, it } from 'node:test'
import { assert } from 'chai'
import { parseScript } from '../../../src/backends/replay/outcome-script.ts'
import { ReplayedPlacings } from '../../../src/backends/replay/replayed-placings.ts'
import { Play } from './play.ts'

describe('a placing of a script', () => {
  it('is that of the same coId, whatever the order of placing', () => {
    const match = { type: 'Limit' } as const
    const orders = [
      { call: 1, coId: 'a', match, outcome: { kind: 'expire' } },
      { call: 2, coId: 'b', match, outcome: { kind: 'fill' } },
    ]
    const kind = 'integral-harness outcome script'
    const placings = new ReplayedPlacings(parseScript({ kind, version: 1, orders }, 'script.json'))
    const { simulation } = new Play({ seed: 'placings' })
    const means = { outcomes: simulation.exchange.outcomes, faults: simulation.faults }
    const outcomeOf = (coId: string) => {
      placings.stage(JSON.stringify({ coId, type: 'Limit' }), means)
      return simulation.exchange.outcomes.staged.at(-1)?.outcome.kind
    }
    assert.deepEqual([outcomeOf('b'), outcomeOf('c')], ['fill', 'expire'])
  })
})
