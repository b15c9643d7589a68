import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { type AnyStateMachine, createMachine } from 'xstate'
import { lifecycles, readLifecycle } from '../../src/machines/lifecycle.ts'
import { lifecycleArrows, PLACED, REFUSED } from '../../src/machines/lifecycle-rules.ts'
import { limitMachine } from '../../src/machines/limit-machine.ts'
import { eventsOf, loopedPaths, type Path, simplePaths } from '../../src/machines/paths.ts'
import { documentedArrows, documentedEnds } from './documented-arrows.ts'

/** Written by hand from the diagrams of the fact sheet (4.1, 4.2), in the order of its table. */
const SIMPLE: Readonly<Record<'PQ' | 'Limit', readonly string[]>> = {
  PQ: [
    'placed -order.received-> RECEIVED -desk.accepted-> NEW -market.dealtWhole-> FILLED',
    'placed -order.received-> RECEIVED -desk.accepted-> NEW -desk.rejected-> REJECTED',
    'placed -order.received-> RECEIVED -desk.rejected-> REJECTED',
    'placed -order.refused-> refused',
  ],
  Limit: [
    'placed -order.received-> RECEIVED -desk.accepted-> NEW -market.dealtWhole-> FILLED',
    'placed -order.received-> RECEIVED -desk.accepted-> NEW -desk.rejected-> REJECTED',
    'placed -order.received-> RECEIVED -desk.accepted-> NEW -timeInForce.ended-> EXPIRED',
    'placed -order.received-> RECEIVED -desk.accepted-> NEW -cancel.confirmed-> CANCELED',
    'placed -order.received-> RECEIVED -desk.rejected-> REJECTED',
    'placed -order.refused-> refused',
  ],
}

const PART_DEALT = 'placed -order.received-> RECEIVED -desk.accepted-> NEW -market.dealtPart-> NEW'
const LOOPED: Readonly<Record<'PQ' | 'Limit', readonly string[]>> = {
  PQ: [],
  Limit: [
    `${PART_DEALT} -market.dealtWhole-> FILLED`,
    `${PART_DEALT} -desk.rejected-> REJECTED`,
    `${PART_DEALT} -timeInForce.ended-> EXPIRED`,
    `${PART_DEALT} -cancel.confirmed-> CANCELED`,
  ],
}

const written = (path: Path) =>
  path.reduce((text, { event, to }) => `${text} -${event}-> ${to}`, path[0]?.from ?? '')

for (const lifecycle of lifecycles) {
  const { name } = lifecycle
  const simple = simplePaths(lifecycle)
  const looped = loopedPaths(lifecycle)
  const all = [...simple, ...looped]
  const walked = (from: string, to: string) =>
    all.some((path) => path.some((step) => step.from === from && step.to === to))

  describe(`the paths of a ${name} order`, () => {
    it('are those that one draws by hand', () => {
      assert.deepEqual(simple.map(written), SIMPLE[name])
    })

    it('walk an arrow that leads back once, before every end', () => {
      assert.deepEqual(looped.map(written), LOOPED[name])
    })

    it('together walk every documented arrow and every rule, and nothing else', () => {
      const arrows = all
        .flat()
        .filter(({ from }) => from !== PLACED)
        .map(({ from, to, event }) => `${from} ${to} ${event}`)
      const documented = documentedArrows[name].map((arrow) => arrow.join(' '))
      assert.sameMembers([...new Set(arrows)], documented)
      const own = lifecycleArrows.filter((rule) => rule.lifecycle === name)
      assert.isNotEmpty(own)
      for (const { id, from, to } of own) assert.isTrue(walked(from, to), id)
    })

    it('begin with the placing and end where nothing leads on, arrow joined to arrow', () => {
      const ends = [...documentedEnds[name], REFUSED]
      for (const path of all) {
        assert.equal(path[0]?.from, PLACED)
        assert.include(ends, path.at(-1)?.to ?? '', written(path))
        for (const [at, step] of path.entries()) {
          if (at > 0) assert.equal(step.from, path[at - 1]?.to, written(path))
        }
      }
    })

    it('pass no status twice, but for the one arrow that leads back', () => {
      const repeats = (path: Path) => path.length - new Set(path.map(({ to }) => to)).size
      for (const path of simple) assert.equal(repeats(path), 0, written(path))
      for (const path of looped) assert.equal(repeats(path), 1, written(path))
    })

    it('are all different', () => {
      assert.lengthOf(new Set(all.map((path) => eventsOf(path).join(' '))), all.length)
    })
  })
}

describe('the paths of any machine', () => {
  it('are as many as one counts by walking, whatever arrows it has', () => {
    fc.assert(
      fc.property(randomMachine(), (machine) => {
        const lifecycle = readLifecycle('Limit', machine)
        const found = simplePaths(lifecycle, machine).slice(0, -1).map(written)
        const counted = walk(machine, ['RECEIVED'], 'placed -order.received-> RECEIVED')
        assert.sameMembers(found, counted)
        assert.lengthOf(new Set(found), found.length)
      }),
      { seed: 4, numRuns: 300 },
    )
  })

  it('gain the ways of a new arrow', () => {
    const { states } = limitMachine.config
    const RECEIVED = { on: { 'desk.accepted': 'NEW', 'desk.rejected': 'REJECTED' } }
    const machine = createMachine({
      ...limitMachine.config,
      states: {
        ...states,
        RECEIVED: { on: { ...RECEIVED.on, 'timeInForce.ended': 'EXPIRED' } },
      },
    } as never)
    const paths = simplePaths(readLifecycle('Limit', machine), machine).map(written)
    const gained = 'placed -order.received-> RECEIVED -timeInForce.ended-> EXPIRED'
    assert.sameMembers(paths, [...SIMPLE.Limit, gained])
  })
})

const WORKING = ['RECEIVED', 'NEW', 'PENDING']
const STATUSES = [...WORKING, 'FILLED', 'REJECTED']
const EVENTS = ['desk.accepted', 'desk.rejected', 'market.dealtPart', 'timeInForce.ended']

/** Any arrows from three working statuses, also back to where they start, and two final ones. */
function randomMachine(): fc.Arbitrary<AnyStateMachine> {
  const arrows = fc.dictionary(fc.constantFrom(...EVENTS), fc.constantFrom(...STATUSES))
  return fc.tuple(arrows, arrows, arrows).map((each) => {
    const working = WORKING.map((status, at) => [status, { on: each[at] }] as const)
    const final = { type: 'final' } as const
    const states = { ...Object.fromEntries(working), FILLED: final, REJECTED: final }
    return createMachine({ id: 'any', initial: 'RECEIVED', states } as never)
  })
}

/** All simple ways to a final status, by the plainest recursion. */
function walk(machine: AnyStateMachine, passed: readonly string[], text: string): string[] {
  const here = passed.at(-1) ?? ''
  const { type, on = {} } = machine.config.states?.[here] ?? {}
  if (type === 'final') return [text]
  return Object.entries(on).flatMap(([event, to]) => {
    const target = String(to)
    if (passed.includes(target)) return []
    return walk(machine, [...passed, target], `${text} -${event}-> ${target}`)
  })
}
