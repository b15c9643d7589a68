import { describe, it } from 'node:test'
import { assert } from 'chai'
import { LATEST, SteeredClock } from '../../src/mocks/exchange/steered-clock.ts'
import { VirtualClock } from '../../src/mocks/exchange/virtual-clock.ts'

describe('a clock that is stopped', () => {
  it('wakes who sleeps, lets nobody sleep, and forgets every timer', async () => {
    const host = new VirtualClock(0)
    const clock = new SteeredClock(host)
    const woken: string[] = []
    const sleeps = [10, 20].map((ms) => clock.sleep(ms).then(() => woken.push(`slept ${ms}`)))
    clock.setTimer(10, () => woken.push('timer'))
    host.advance(10)
    await sleeps[0]
    clock.stop()
    await Promise.all(sleeps)
    await clock.sleep(1e9)
    clock.setTimer(1, () => woken.push('late timer'))
    host.advance(1e9)
    assert.deepEqual(woken, ['timer', 'slept 10', 'slept 20'])
  })
})

describe('the end of time', () => {
  it('is not passed: not at once, not at any pace, not by a sleep', async () => {
    const host = new VirtualClock(0)
    const clock = new SteeredClock(host, 0, LATEST - 10)
    let isCalled = false
    clock.setTimer(11, () => {
      isCalled = true
    })
    assert.throws(() => clock.advance(11), RangeError, 'time here ends at 9999-01-01T00:00:00.000Z')
    assert.equal(clock.now(), LATEST - 10)
    clock.run(1e6)
    host.advance(1_000)
    assert.equal(clock.now(), LATEST)
    clock.run(0)
    await clock.sleep(5)
    assert.deepEqual([clock.now(), isCalled], [LATEST, false])
  })
})
