import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { Pace, pacedFetch } from '../../src/backends/endpoint/pace.ts'
import { SteppingClock } from './stepping-clock.ts'

/** A clock whose timers are late, each by its own while. */
class LateClock extends SteppingClock {
  readonly #delays: readonly number[]
  #used = 0

  constructor(delays: readonly number[]) {
    super(1_000_000)
    this.#delays = delays
  }

  override sleep(ms: number): Promise<void> {
    const late = this.#delays[this.#used++ % Math.max(1, this.#delays.length)] ?? 0
    return super.sleep(ms + late)
  }
}

describe('The pace of requests', () => {
  it('tells how long those who asked have waited, taken together', async () => {
    const clock = new SteppingClock(1_000_000)
    const pace = new Pace(clock, 10)
    await clock.run(Promise.all([pace.turn(), pace.turn(), pace.turn()]))
    assert.equal(pace.waitedMs, 0 + 100 + 200)
  })

  it('never has more in any second than agreed, however late timers are, and lets all through in turn', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 40 }),
        fc.array(fc.nat(120), { maxLength: 6 }),
        fc.array(fc.nat(300), { minLength: 1, maxLength: 50 }),
        async (perSecond, delays, arrivals) => {
          const clock = new LateClock(delays)
          const pace = new Pace(clock, perSecond)
          const came: { readonly index: number; readonly at: number }[] = []
          const asked = arrivals.toSorted((one, other) => one - other)
          const all = asked.map(async (afterMs, index) => {
            await new Promise<void>((resolve) => void clock.setTimer(afterMs, resolve))
            await pace.turn()
            came.push({ index, at: clock.now() })
          })
          await clock.run(Promise.all(all))
          assert.deepEqual(
            came.map(({ index }) => index),
            asked.map((_, index) => index),
          )
          for (const { at } of came) {
            const within = came.filter((other) => other.at >= at && other.at < at + 1_000 - 1e-6)
            assert.isAtMost(within.length, perSecond)
          }
        },
      ),
      { numRuns: 60 },
    )
  })

  it('holds nobody up where there is room', async () => {
    const clock = new SteppingClock(0)
    const pace = new Pace(clock, 2)
    await pace.turn()
    clock.set(500)
    await pace.turn()
    assert.equal(clock.pending, 0)
  })

  it('waits no longer than its gap where the clock is put back by an hour', async () => {
    const clock = new SteppingClock(3_600_000)
    const pace = new Pace(clock, 10)
    await pace.turn()
    clock.set(0)
    await clock.run(pace.turn())
    assert.equal(clock.now(), 100)
  })

  it('asks in the last moment whether a request may leave', async () => {
    const clock = new SteppingClock(0)
    let mayLeave = true
    const sent: string[] = []
    const fetch = pacedFetch(
      async ({ url }) => {
        sent.push(url)
        return new Response()
      },
      new Pace(clock, 1),
      () => {
        if (!mayLeave) throw new Error('held back')
      },
    )
    await fetch(new Request('http://integral.test/1'))
    const second = fetch(new Request('http://integral.test/2'))
    mayLeave = false
    const error = await clock.run(second).then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    assert.include(String(error), 'held back')
    assert.deepEqual(sent, ['http://integral.test/1'])
  })
})
