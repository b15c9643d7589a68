import { describe, it } from 'node:test'
import { assert } from 'chai'
import { seededNumbers } from '../../src/mocks/exchange/seeded-faker.ts'
import { InventedIds } from '../../src/steps/invented-ids.ts'

describe('invented client ids', () => {
  it('are those of one generator, whoever else draws in between', () => {
    const [seed, otherSeed] = [
      [1, 2, 3],
      [3, 2, 1],
    ]
    const { string } = seededNumbers(seed)
    const expected = [1, 2, 3, 4].map(() => string.alphanumeric({ length: 16, casing: 'lower' }))
    const ids = new InventedIds(seed)
    const others = new InventedIds(otherSeed)
    const drawn = expected.map(() => [ids.next(), others.next()] as const)
    assert.deepEqual(
      drawn.map(([id]) => id),
      expected,
    )
    assert.lengthOf(new Set(drawn.flat()), 8)
  })
})
