import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { Chance } from '../../src/mocks/exchange/chance.ts'
import { type Delay, drawDelay, LONGEST_MS } from '../../src/mocks/http/latency.ts'
import { Venue } from './driver.ts'

const DRAWS = 4_000
const chance = new Chance('latency')

/** Delays of one distribution, lowest first. */
function draws(delay: Delay): readonly number[] {
  return Array.from({ length: DRAWS }, (_, draw) =>
    drawDelay(delay, (key) => chance.fraction(draw, key)),
  ).sort((one, other) => one - other)
}

const quantile = (sorted: readonly number[], share: number): number =>
  sorted[Math.floor(share * sorted.length)] ?? Number.NaN
const mean = (all: readonly number[]): number =>
  all.reduce((sum, each) => sum + each, 0) / all.length

describe('a latency', () => {
  it('is always the same where it is a number', () => {
    assert.deepEqual(new Set(draws(250)), new Set([250]))
  })

  // Of these shares of a distribution, by its tables; the draws are the same in every run.
  const rows: readonly (readonly [Delay, readonly (readonly [number, number])[], number])[] = [
    [
      { distribution: 'uniform', fromMs: 100, toMs: 300 },
      [
        [0.1, 120],
        [0.5, 200],
        [0.9, 280],
      ],
      200,
    ],
    [
      { distribution: 'normal', meanMs: 500, deviationMs: 100 },
      [
        [0.159, 400],
        [0.5, 500],
        [0.841, 600],
      ],
      500,
    ],
    [
      { distribution: 'exponential', meanMs: 200 },
      [
        [0.5, 138.6],
        [0.9, 460.5],
      ],
      200,
    ],
    [
      { distribution: 'log-normal', medianMs: 100, sigma: 0.5 },
      [
        [0.159, 60.65],
        [0.5, 100],
        [0.841, 164.9],
      ],
      113.3,
    ],
  ]
  for (const [delay, quantiles, expectedMean] of rows) {
    it(`is spread as ${JSON.stringify(delay)}`, () => {
      const sorted = draws(delay)
      for (const [share, expected] of quantiles) {
        assert.closeTo(quantile(sorted, share), expected, expected * 0.05, `of ${share}`)
      }
      assert.closeTo(mean(sorted), expectedMean, expectedMean * 0.03)
    })
  }

  it('is whole milliseconds from 0 to a day, whatever the chance', () => {
    const ms = fc.integer({ min: 0, max: LONGEST_MS })
    const distribution: fc.Arbitrary<Delay> = fc.oneof(
      fc.record({ distribution: fc.constant('normal' as const), meanMs: ms, deviationMs: ms }),
      fc.record({ distribution: fc.constant('exponential' as const), meanMs: ms }),
      fc.record({
        distribution: fc.constant('log-normal' as const),
        medianMs: ms,
        sigma: fc.double({ min: 0, max: 10, noNaN: true }),
      }),
    )
    const fraction = fc.constantFrom(0, 2 ** -48, 0.25, 0.5, 1 - 2 ** -48)
    fc.assert(
      fc.property(distribution, fraction, fraction, (delay, one, other) => {
        const drawn = drawDelay(delay, (key) => (key === 'angle' ? other : one))
        assert.isTrue(Number.isInteger(drawn) && drawn >= 0 && drawn <= LONGEST_MS, String(drawn))
      }),
    )
  })

  it('is drawn by the seed, the fault and the call, and by nothing else', async () => {
    const delays = async (seed: string, interrupted: boolean) => {
      const venue = new Venue({ seed })
      const trader = await venue.trader()
      const spread = { distribution: 'uniform', fromMs: 0, toMs: 10_000 } as const
      const latency = { kind: 'latency', times: 'always', ms: spread } as const
      venue.simulation.faults.stage({ ...latency, operation: 'spotRate' })
      const seen: number[] = []
      for (let call = 0; call < 5; call++) {
        if (interrupted) await trader.placeLimit()
        const before = venue.clock.now()
        await trader.askRate()
        seen.push(venue.clock.now() - before)
      }
      return seen
    }
    const drawn = await delays('one', false)
    assert.lengthOf(new Set(drawn), 5)
    assert.deepEqual(await delays('one', true), drawn)
    assert.notDeepEqual(await delays('two', false), drawn)
  })
})
