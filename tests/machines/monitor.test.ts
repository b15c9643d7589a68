import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { type Lifecycle, lifecycleOf, lifecycles } from '../../src/machines/lifecycle.ts'
import { PLACED } from '../../src/machines/lifecycle-rules.ts'
import { type Judgement, judge } from '../../src/machines/monitor.ts'
import { documentedArrows, documentedStatuses, mayFollow } from './documented-arrows.ts'

/** Judges a history as a poller would see it, beginning with the answer to the placing. */
function judged(lifecycle: Lifecycle, history: readonly string[]): readonly Judgement[] {
  return history.map((observed, index) => judge(lifecycle, history[index - 1] ?? PLACED, observed))
}

const said = (judgement: Judgement) =>
  judgement.kind === 'skipped'
    ? `skipped ${judgement.unseen.join(' ')}`.trim()
    : judgement.kind === 'finding'
      ? judgement.code
      : judgement.kind

/** Type, what was seen, and what the monitor says to each of it. */
const HISTORIES: readonly (readonly [type: string, seen: string, says: string])[] = [
  ['PQ', 'RECEIVED', 'step'],
  ['PQ', 'RECEIVED, NEW, FILLED', 'step, step, step'],
  ['PQ', 'RECEIVED, NEW, NEW, REJECTED', 'step, step, same, step'],
  ['PQ', 'RECEIVED, RECEIVED, REJECTED', 'step, same, step'],
  ['PQ', 'RECEIVED, FILLED, FILLED', 'step, skipped NEW, same'],
  ['PQ', 'RECEIVED, NEW, EXPIRED', 'step, step, illegal-transition'],
  ['PQ', 'RECEIVED, CANCELED', 'step, illegal-transition'],
  ['PQ', 'FILLED', 'illegal-transition'],
  ['Limit', 'RECEIVED, NEW, FILLED', 'step, step, step'],
  ['Limit', 'RECEIVED, NEW, REJECTED', 'step, step, step'],
  ['Limit', 'RECEIVED, NEW, EXPIRED', 'step, step, step'],
  ['Limit', 'RECEIVED, NEW, CANCELED', 'step, step, step'],
  ['Limit', 'RECEIVED, REJECTED', 'step, step'],
  ['Limit', 'RECEIVED, EXPIRED', 'step, skipped NEW'],
  ['Limit', 'RECEIVED, CANCELED', 'step, skipped NEW'],
  ['Limit', 'RECEIVED, NEW, RECEIVED', 'step, step, illegal-transition'],
  ['Limit', 'RECEIVED, FILLED, REJECTED', 'step, skipped NEW, illegal-transition'],
  ['Limit', 'RECEIVED, REJECTED, NEW', 'step, step, illegal-transition'],
  ['Limit', 'RECEIVED, NEW, EXPIRED, FILLED', 'step, step, step, illegal-transition'],
  ['Limit', 'RECEIVED, CANCELED, EXPIRED', 'step, skipped NEW, illegal-transition'],
  ['Limit', 'NEW', 'illegal-transition'],
  ['Limit', 'REJECTED', 'illegal-transition'],
  ['Limit', 'RECEIVED, PENDING', 'step, unknown-status'],
  ['Limit', 'RECEIVED, PENDING, PENDING', 'step, unknown-status, same'],
  ['Limit', 'RECEIVED, PENDING, FILLED', 'step, unknown-status, skipped'],
  ['Limit', 'RECEIVED, new', 'step, unknown-status'],
  ['Limit', 'RECEIVED, CANCELLED', 'step, unknown-status'],
]

describe('the monitor', () => {
  for (const [type, seen, says] of HISTORIES) {
    it(`says "${says}" to a ${type} order seen ${seen}`, () => {
      const judgements = judged(lifecycleOf(type), seen.split(', '))
      assert.equal(judgements.map(said).join(', '), says)
    })
  }

  it('names the rule, and what was seen, in a finding', () => {
    assert.deepEqual(judge(lifecycleOf('Limit'), 'FILLED', 'REJECTED'), {
      kind: 'finding',
      code: 'illegal-transition',
      rule: 'limit.filled-rejected',
      detail: 'FILLED → REJECTED',
    })
    assert.deepEqual(judge(lifecycleOf('PQ'), 'NEW', 'FILLED'), {
      kind: 'step',
      rule: 'pq.new-filled',
    })
  })

  for (const lifecycle of lifecycles) {
    const { name } = lifecycle
    const statuses = documentedStatuses[name]

    it(`finds nothing in any walk along the ${name} arrows, whatever the poller missed`, () => {
      fc.assert(
        fc.property(sampledWalk(name), (seen) => {
          assert.notInclude(
            judged(lifecycle, seen).map(({ kind }) => kind),
            'finding',
          )
        }),
        { seed: 1, numRuns: 500 },
      )
    })

    it(`finds every step that no ${name} arrows lead along`, () => {
      const illegal = statuses.flatMap((from) =>
        statuses.filter((to) => !mayFollow(name, from, to)).map((to) => [from, to] as const),
      )
      assert.isNotEmpty(illegal)
      fc.assert(
        fc.property(
          sampledWalk(name),
          fc.constantFrom(...illegal),
          fc.nat(),
          (walk, [from, to], at) => {
            const cut = walk.slice(0, at % (walk.length + 1))
            const seen = [...cut, from, to]
            const kinds = judged(lifecycle, seen).map(said)
            assert.equal(kinds.at(-1), 'illegal-transition')
          },
        ),
        { seed: 2, numRuns: 500 },
      )
    })

    it(`finds every status that no ${name} order can have`, () => {
      fc.assert(
        fc.property(
          fc.constantFrom(PLACED, ...statuses),
          fc.string().filter((status) => !statuses.includes(status)),
          (earlier, observed) => {
            const isNamed = Object.values(documentedStatuses).flat().includes(observed)
            const code = isNamed ? 'illegal-transition' : 'unknown-status'
            assert.equal(said(judge(lifecycle, earlier, observed)), code)
          },
        ),
        { seed: 3, numRuns: 500 },
      )
    })
  }
})

/** A walk along the documented arrows, of which a poller saw the beginning and some of the rest. */
function sampledWalk(name: 'PQ' | 'Limit') {
  const step = fc.record({ choice: fc.nat(), seen: fc.nat(3) })
  return fc.array(step, { maxLength: 8 }).map((steps) => {
    let status = 'RECEIVED'
    const sampled = [status]
    for (const { choice, seen } of steps) {
      const arrows = documentedArrows[name].filter(([from]) => from === status)
      status = arrows[choice % Math.max(1, arrows.length)]?.[1] ?? status
      sampled.push(...Array.from({ length: seen }, () => status))
    }
    return sampled
  })
}
