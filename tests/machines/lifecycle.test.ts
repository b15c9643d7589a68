import { describe, it } from 'node:test'
import { assert } from 'chai'
import { type AnyStateMachine, createMachine, transition } from 'xstate'
import {
  type Lifecycle,
  lifecycleOf,
  lifecycles,
  limitLifecycle,
  pqLifecycle,
  readLifecycle,
} from '../../src/machines/lifecycle.ts'
import { limitMachine } from '../../src/machines/limit-machine.ts'
import type { OrderEvent } from '../../src/machines/order-events.ts'
import { pqMachine } from '../../src/machines/pq-machine.ts'
import { documentedArrows, documentedEnds, documentedStatuses } from './documented-arrows.ts'

const EVENTS: readonly OrderEvent['type'][] = [
  'desk.accepted',
  'desk.rejected',
  'market.dealtPart',
  'market.dealtWhole',
  'timeInForce.ended',
  'cancel.confirmed',
]
const MACHINES = { PQ: pqMachine, Limit: limitMachine } as const

const arrowsOf = ({ transitions }: Lifecycle) =>
  transitions.map(({ from, to, event }) => `${from} → ${to} by ${event}`).sort()

const documented = (name: Lifecycle['name']) =>
  documentedArrows[name].map(([from, to, event]) => `${from} → ${to} by ${event}`).sort()

for (const lifecycle of lifecycles) {
  const { name } = lifecycle
  describe(`the ${name} lifecycle`, () => {
    it('has the documented arrows and no others', () => {
      assert.deepEqual(arrowsOf(lifecycle), documented(name))
    })

    it('has the documented statuses, of which those that end it are final', () => {
      assert.sameMembers([...lifecycle.statuses], [...documentedStatuses[name]])
      assert.sameMembers(
        lifecycle.statuses.filter((status) => lifecycle.isFinal(status)),
        [...documentedEnds[name]],
      )
      assert.equal(lifecycle.initial, 'RECEIVED')
    })

    it('answers as the machine itself does, for every status and event', () => {
      const machine: AnyStateMachine = MACHINES[name]
      for (const status of lifecycle.statuses) {
        const before = machine.resolveState({ value: status, context: undefined })
        for (const type of EVENTS) {
          const [{ value }] = transition(machine, before, { type })
          const next = lifecycle.next(status, type)
          assert.equal(next ?? status, value, `${status}, ${type}`)
          assert.equal(next !== undefined, before.can({ type }), `${status}, ${type}`)
        }
      }
    })

    it('tells a machine that lost any one arrow', () => {
      for (const [from, , event] of documentedArrows[name]) {
        const poorer = changed(MACHINES[name], from, event, undefined)
        assert.notDeepEqual(arrowsOf(readLifecycle(name, poorer)), documented(name))
      }
    })

    it('tells a machine that gained any one arrow, also out of a final status', () => {
      for (const from of documentedStatuses[name]) {
        for (const event of EVENTS.filter((each) => !has(name, from, each))) {
          const richer = changed(MACHINES[name], from, event, 'REJECTED')
          assert.notDeepEqual(arrowsOf(readLifecycle(name, richer)), documented(name))
        }
      }
    })

    it('tells a machine whose arrows hang on its root, and so leave final statuses', () => {
      const rooted = createMachine({
        ...MACHINES[name].config,
        on: { 'desk.rejected': '.REJECTED' },
      })
      assert.include(arrowsOf(readLifecycle(name, rooted)), 'FILLED → REJECTED by desk.rejected')
    })

    it('tells a machine that ends elsewhere', () => {
      const { states } = MACHINES[name].config
      const endless = createMachine({ ...MACHINES[name].config, states: { ...states, FILLED: {} } })
      assert.isFalse(readLifecycle(name, endless).isFinal('FILLED'))
    })
  })
}

const has = (name: Lifecycle['name'], from: string, event: string) =>
  documentedArrows[name].some((arrow) => arrow[0] === from && arrow[2] === event)

/** The machine with one arrow led elsewhere, or taken out. */
function changed(
  machine: AnyStateMachine,
  from: string,
  event: string,
  to: string | undefined,
): AnyStateMachine {
  const state = machine.config.states?.[from]
  const others = Object.entries(state?.on ?? {}).filter(([type]) => type !== event)
  const on = Object.fromEntries([...others, ...(to === undefined ? [] : [[event, to]])])
  return createMachine({
    ...machine.config,
    states: { ...machine.config.states, [from]: { ...state, on } },
  })
}

describe('the statuses between two others', () => {
  const BETWEEN: readonly (readonly [string, string, string, readonly string[] | undefined])[] = [
    ['Limit', 'RECEIVED', 'NEW', []],
    ['Limit', 'RECEIVED', 'FILLED', ['NEW']],
    ['Limit', 'RECEIVED', 'EXPIRED', ['NEW']],
    ['Limit', 'RECEIVED', 'CANCELED', ['NEW']],
    ['Limit', 'RECEIVED', 'REJECTED', []],
    ['Limit', 'NEW', 'FILLED', []],
    ['Limit', 'FILLED', 'FILLED', []],
    ['Limit', 'NEW', 'RECEIVED', undefined],
    ['Limit', 'FILLED', 'NEW', undefined],
    ['Limit', 'EXPIRED', 'REJECTED', undefined],
    ['PQ', 'RECEIVED', 'FILLED', ['NEW']],
    ['PQ', 'RECEIVED', 'EXPIRED', undefined],
  ]
  for (const [type, from, to, expected] of BETWEEN) {
    it(`of a ${type} order, ${from} and ${to}, are ${expected ?? 'none: no way leads there'}`, () => {
      const lifecycle = lifecycleOf(type)
      const known = (status: string) =>
        lifecycles.flatMap(({ statuses }) => statuses).find((each) => each === status)
      const [start, end] = [known(from), known(to)]
      assert.deepEqual(start && end && lifecycle.between(start, end), expected)
    })
  }
})

describe('the lifecycle of an order type', () => {
  it('is the PQ one for PQ orders, and the Limit one for all others', () => {
    assert.strictEqual(lifecycleOf('PQ'), pqLifecycle)
    for (const type of ['Limit', 'AtBest', 'Market', 'Stop', 'StopLimit', 'Pegged', 'Algo']) {
      assert.strictEqual(lifecycleOf(type), limitLifecycle, type)
    }
  })
})
