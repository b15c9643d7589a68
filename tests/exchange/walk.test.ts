import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { Walk } from '../../src/mocks/exchange/walk.ts'

const seed = fc.nat(2 ** 32 - 1)

describe('the walk', () => {
  it('begins where it stands', () => {
    assert.equal(new Walk(7).at(0), 0)
  })

  it('is the same for a seed, however it is sampled', () => {
    fc.assert(
      fc.property(seed, fc.array(fc.nat(200), { minLength: 1, maxLength: 6 }), (each, steps) => {
        const ticks = [...steps].sort((a, b) => a - b)
        const walk = new Walk(each)
        const sampled = ticks.map((tick) => walk.at(tick))
        assert.deepEqual(
          sampled,
          ticks.map((tick) => new Walk(each).at(tick)),
        )
      }),
      { seed: 1 },
    )
  })

  it('goes years in no time, to where it would have come by days', () => {
    const years = 30 * 365 * 86_400 + 1_234
    const walk = new Walk(7)
    for (let day = 1; day <= 3; day++) walk.at(day * 86_400 + 5)
    assert.equal(walk.at(years), new Walk(7).at(years))
    assert.isAtMost(Math.abs(walk.at(years)), 50)
    assert.equal(new Walk(7).at(86_400), 0)
    const dayFrom = (start: number) => {
      const each = new Walk(7)
      return Array.from({ length: 50 }, (_, tick) => each.at(start + tick))
    }
    assert.notDeepEqual(dayFrom(0), dayFrom(86_400))
  })

  it('goes two points at most in a tick, and never strays further than 50', () => {
    fc.assert(
      fc.property(seed, (each) => {
        const walk = new Walk(each)
        let before = 0
        for (let tick = 1; tick <= 5_000; tick++) {
          const now = walk.at(tick)
          assert.isAtMost(Math.abs(now - before), 2)
          assert.isAtMost(Math.abs(now), 50)
          before = now
        }
      }),
      { seed: 2, numRuns: 30 },
    )
  })

  it('goes up and down, and comes close to its bound', () => {
    const walk = new Walk(11)
    const points = Array.from({ length: 20_000 }, (_, tick) => walk.at(tick))
    assert.isAbove(Math.max(...points), 40)
    assert.isBelow(Math.min(...points), -40)
    const steps = new Set(points.slice(1).map((point, index) => point - (points[index] ?? 0)))
    assert.sameMembers([...steps], [-2, -1, 0, 1, 2])
  })

  it('is another for another seed', () => {
    const course = (each: number) => {
      const walk = new Walk(each)
      return Array.from({ length: 50 }, (_, tick) => walk.at(tick)).join()
    }
    assert.notEqual(course(1), course(2))
  })
})
