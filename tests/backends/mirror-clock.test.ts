import { describe, it } from 'node:test'
import { assert } from 'chai'
import { MirrorClock } from '../../src/backends/served/mirror-clock.ts'
import { VirtualClock } from '../../src/mocks/exchange/virtual-clock.ts'

/** A clock elsewhere: each step takes a while to get there, a later one less than the one before. */
function mirrored(startAt = 1_000) {
  const there = new VirtualClock(startAt)
  const steps: number[] = []
  const clock = new MirrorClock(startAt, async (ms) => {
    for (let turn = 0; turn < ms; turn++) await Promise.resolve()
    steps.push(ms)
    there.advance(ms)
    return there.now()
  })
  return { clock, there, steps }
}

describe('MirrorClock', () => {
  it('moves as the clock there does, not before', async () => {
    const { clock, there } = mirrored()
    const slept = clock.sleep(250)
    assert.equal(clock.now(), 1_000)
    await slept
    assert.deepEqual([clock.now(), there.now()], [1_250, 1_250])
  })

  it('takes steps one after the other, whoever asks', async () => {
    const { clock, there, steps } = mirrored()
    await Promise.all([clock.sleep(30), clock.sleep(2), clock.advance(7)])
    assert.deepEqual(steps, [30, 2, 7])
    assert.deepEqual([clock.now(), there.now()], [1_039, 1_039])
  })

  it('fires timers at their own time', async () => {
    const { clock } = mirrored()
    const fired: number[] = []
    clock.setTimer(20, () => fired.push(clock.now()))
    clock.setTimer(10, () => fired.push(clock.now()))
    const cancel = clock.setTimer(15, () => fired.push(0))
    cancel()
    await clock.sleep(100)
    assert.deepEqual(fired, [1_010, 1_020])
  })

  it('says so where somebody else has moved the clock there', async () => {
    const { clock, there } = mirrored()
    there.advance(1)
    const error = await clock.sleep(10).then(
      () => undefined,
      (thrown: Error) => thrown.message,
    )
    assert.equal(
      error,
      'Failed to pass 10 ms: it is 1970-01-01T00:00:01.011Z on the server and 1970-01-01T00:00:01.010Z here, so somebody else moved its clock; run it for this scenario alone.',
    )
  })

  it('goes on after a step that failed', async () => {
    const failing = [true, false]
    const clock = new MirrorClock(0, async (ms) => {
      if (failing.shift()) throw new Error('no answer')
      return ms
    })
    const [first, second] = await Promise.allSettled([clock.sleep(5), clock.sleep(5)])
    assert.deepEqual([first?.status, second?.status], ['rejected', 'fulfilled'])
    assert.equal(clock.now(), 5)
  })

  it('follows to a later time there, and never back', () => {
    const { clock } = mirrored()
    clock.follow(1_500)
    clock.follow(1_400)
    assert.equal(clock.now(), 1_500)
  })
})
