import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { VirtualClock } from '../../src/mocks/exchange/virtual-clock.ts'

describe('the virtual clock', () => {
  it('stands where it was started and moves only when told to', () => {
    const clock = new VirtualClock(1_000)
    assert.equal(clock.now(), 1_000)
    clock.advance(0)
    clock.advance(250)
    assert.equal(clock.now(), 1_250)
  })

  it('fires timers when they are due, in that order, each at its own time', () => {
    fc.assert(
      fc.property(fc.array(fc.nat(50), { maxLength: 20 }), fc.nat(60), (delays, passed) => {
        const clock = new VirtualClock(100)
        const fired: { at: number; timer: number }[] = []
        delays.forEach((ms, timer) => {
          clock.setTimer(ms, () => fired.push({ at: clock.now(), timer }))
        })
        clock.advance(passed)
        const due = delays
          .map((ms, timer) => ({ at: 100 + ms, timer }))
          .filter(({ at }) => at <= 100 + passed)
        // Sorting is stable: those due together fire in the order they were set.
        assert.deepEqual(
          fired,
          due.sort((a, b) => a.at - b.at),
        )
        assert.equal(clock.now(), 100 + passed)
      }),
      { seed: 1 },
    )
  })

  it('fires a timer once, at its time and not a millisecond before', () => {
    const clock = new VirtualClock(0)
    let fired = 0
    clock.setTimer(10, () => fired++)
    clock.advance(9)
    assert.equal(fired, 0)
    clock.advance(1)
    assert.equal(fired, 1)
    clock.advance(100)
    assert.equal(fired, 1)
  })

  it('fires timers that timers set, within the same passage of time', () => {
    const clock = new VirtualClock(0)
    const fired: number[] = []
    const again = () => {
      fired.push(clock.now())
      if (fired.length < 4) clock.setTimer(10, again)
    }
    clock.setTimer(10, again)
    clock.advance(35)
    assert.deepEqual(fired, [10, 20, 30])
    clock.advance(5)
    assert.deepEqual(fired, [10, 20, 30, 40])
  })

  it('fires a timer of no time at the next passage, though it be nothing', () => {
    const clock = new VirtualClock(0)
    const fired: string[] = []
    clock.setTimer(0, () => fired.push('now'))
    clock.setTimer(-5, () => fired.push('past'))
    assert.deepEqual(fired, [])
    clock.advance(0)
    assert.deepEqual(fired, ['now', 'past'])
  })

  it('never runs backwards when a timer lets more time pass', () => {
    const clock = new VirtualClock(0)
    const fired: string[] = []
    clock.setTimer(10, () => {
      clock.advance(100)
      fired.push(`long ${clock.now()}`)
    })
    clock.setTimer(20, () => fired.push(`short ${clock.now()}`))
    clock.advance(30)
    assert.deepEqual(fired, ['short 20', 'long 110'])
    assert.equal(clock.now(), 110)
  })

  it('forgets a timer that was taken back, and no other', () => {
    const clock = new VirtualClock(0)
    const fired: string[] = []
    const takeBack = clock.setTimer(10, () => fired.push('taken back'))
    clock.setTimer(10, () => fired.push('kept'))
    takeBack()
    clock.advance(10)
    takeBack()
    assert.deepEqual(fired, ['kept'])
  })

  it('passes the time that somebody sleeps, at once', async () => {
    const clock = new VirtualClock(0)
    let fired = false
    clock.setTimer(30_000, () => {
      fired = true
    })
    await clock.sleep(30_000)
    assert.deepEqual([clock.now(), fired], [30_000, true])
  })

  it('refuses to go back', async () => {
    const clock = new VirtualClock(0)
    assert.throws(() => clock.advance(-1), RangeError, 'time only moves forward')
    assert.throws(() => clock.advance(Number.NaN), RangeError)
    const slept = await clock.sleep(-1).then(
      () => 'slept',
      (error: unknown) => error,
    )
    assert.instanceOf(slept, RangeError)
    assert.equal(clock.now(), 0)
  })
})
