import { describe, it } from 'node:test'
import { assert } from 'chai'
import { lifecycleArrows, lifecycleRules } from '../../src/machines/lifecycle-rules.ts'
import { documentedStatuses, mayFollow } from './documented-arrows.ts'

/** The ids that scripts rely on, with the arrow and the source of each. */
const RULES: readonly (readonly [id: string, from: string, to: string, mark: string])[] = [
  ['pq.placed-received', 'placed', 'RECEIVED', 'seed'],
  ['pq.placed-refused', 'placed', 'refused', 'seed'],
  ['pq.received-new', 'RECEIVED', 'NEW', 'seed'],
  ['pq.received-rejected', 'RECEIVED', 'REJECTED', 'seed'],
  ['pq.new-filled', 'NEW', 'FILLED', 'seed'],
  ['pq.new-rejected', 'NEW', 'REJECTED', 'seed'],
  ['limit.placed-received', 'placed', 'RECEIVED', 'seed'],
  ['limit.placed-refused', 'placed', 'refused', 'seed'],
  ['limit.received-new', 'RECEIVED', 'NEW', 'seed'],
  ['limit.received-rejected', 'RECEIVED', 'REJECTED', 'seed'],
  ['limit.new-filled', 'NEW', 'FILLED', 'seed'],
  ['limit.new-rejected', 'NEW', 'REJECTED', 'seed'],
  ['limit.new-expired', 'NEW', 'EXPIRED', 'seed'],
  ['limit.new-canceled', 'NEW', 'CANCELED', 'inferred'],
]

describe('the rules of the lifecycles', () => {
  it('are the documented arrows, placing included, under stable ids', () => {
    const rules = lifecycleArrows.map(({ id, from, to, source }) => [id, from, to, source.mark])
    assert.sameDeepMembers(
      rules,
      RULES.map((rule) => [...rule]),
    )
  })

  it('say in which section of the fact sheet they stand', () => {
    for (const { id, lifecycle, to, source } of lifecycleArrows) {
      assert.equal(source.section, to === 'CANCELED' ? '4.2' : '4.1', id)
      assert.isTrue(id.startsWith(`${lifecycle.toLowerCase()}.`), id)
    }
  })

  for (const name of ['PQ', 'Limit'] as const) {
    it(`forbid every other step between statuses of the documentation to a ${name} order`, () => {
      const all = ['RECEIVED', 'NEW', 'FILLED', 'REJECTED', 'EXPIRED', 'CANCELED']
      const own = documentedStatuses[name]
      const later = own.flatMap((from) =>
        all
          .filter((to) => to !== from && !(own.includes(to) && mayFollow(name, from, to)))
          .map((to) => `${from} ${to}`),
      )
      const first = all.filter((to) => to !== 'RECEIVED').map((to) => `placed ${to}`)
      const forbidden = lifecycleRules.filter(
        ({ kind, lifecycle }) => kind === 'forbidden' && lifecycle === name,
      )
      assert.sameMembers(
        forbidden.map(({ from, to }) => `${from} ${to}`),
        [...first, ...later],
      )
      assert.lengthOf(forbidden, name === 'PQ' ? 20 : 26)
    })
  }

  it('know one rule for statuses that nobody names', () => {
    const known = lifecycleRules.filter(({ kind }) => kind === 'known').map(({ id }) => id)
    assert.deepEqual(known, ['pq.known-status', 'limit.known-status'])
  })

  it('tell what is documented from what is only inferred', () => {
    const inferred = lifecycleRules.filter(({ source }) => source.mark === 'inferred')
    for (const { id } of inferred) assert.match(id, /canceled|known-status/, id)
    const of = (id: string) => lifecycleRules.find((rule) => rule.id === id)?.source
    assert.deepEqual(of('limit.filled-canceled'), { section: '4.3', mark: 'seed' })
    assert.deepEqual(of('limit.canceled-filled'), { section: '4.3', mark: 'inferred' })
    assert.deepEqual(of('pq.new-canceled'), { section: '4.2', mark: 'inferred' })
  })
})
