import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { Chance } from '../../src/mocks/exchange/chance.ts'

const key = fc.array(fc.oneof(fc.string(), fc.integer()), { minLength: 1, maxLength: 4 })

describe('chance', () => {
  it('depends on seed and key alone, never on what was asked before', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(key, { maxLength: 10 }), (seed, keys) => {
        const forwards = new Chance(seed)
        const backwards = new Chance(seed)
        const first = keys.map((each) => forwards.fraction(...each))
        const second = [...keys].reverse().map((each) => backwards.fraction(...each))
        assert.deepEqual(first, second.reverse())
      }),
      { seed: 1 },
    )
  })

  it('stays below its bound', () => {
    fc.assert(
      fc.property(fc.string(), key, fc.integer({ min: 1, max: 2 ** 32 }), (seed, each, bound) => {
        const chance = new Chance(seed)
        const fraction = chance.fraction(...each)
        const below = chance.below(bound, ...each)
        assert.isTrue(fraction >= 0 && fraction < 1)
        assert.isTrue(Number.isInteger(below) && below >= 0 && below < bound)
      }),
      { seed: 2 },
    )
  })

  it('is another for another seed or key, and is spread evenly', () => {
    const fractions = Array.from({ length: 2_000 }, (_, index) =>
      new Chance('a').fraction('x', index),
    )
    assert.equal(new Set(fractions).size, 2_000)
    const low = fractions.filter((fraction) => fraction < 0.25).length
    assert.approximately(low, 500, 80)
    assert.notEqual(new Chance('a').fraction('x'), new Chance('b').fraction('x'))
  })

  it('does not take parts of a key for each other', () => {
    const chance = new Chance('a')
    const keys = [['a', 'b'], ['ab'], ['a,b'], ['a', 'b', ''], [1], ['1']] as const
    const fractions = keys.map((each) => chance.fraction(...each))
    assert.equal(new Set(fractions).size, keys.length)
  })

  it('makes tokens and hexadecimal digits of the length asked for', () => {
    const chance = new Chance('a')
    assert.match(chance.hex(10, 'rate', 1), /^[0-9a-f]{10}$/)
    assert.match(chance.token(62, 'token', 1), /^[\w-]{62}$/)
    assert.match(chance.token(86, 'token', 1), /^[\w-]{86}$/)
    assert.equal(chance.token(62, 'token', 1), new Chance('a').token(62, 'token', 1))
    assert.notEqual(chance.token(62, 'token', 1), chance.token(62, 'token', 2))
  })
})
