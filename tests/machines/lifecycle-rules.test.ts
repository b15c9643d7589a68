import { describe, it } from 'node:test'
import { assert } from 'chai'
import { lifecycleRules } from '../../src/machines/lifecycle-rules.ts'

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
    const rules = lifecycleRules.map(({ id, from, to, source }) => [id, from, to, source.mark])
    assert.sameDeepMembers(
      rules,
      RULES.map((rule) => [...rule]),
    )
  })

  it('say in which section of the fact sheet they stand', () => {
    for (const { id, lifecycle, to, source } of lifecycleRules) {
      assert.equal(source.section, to === 'CANCELED' ? '4.2' : '4.1', id)
      assert.isTrue(id.startsWith(`${lifecycle.toLowerCase()}.`), id)
    }
  })
})
