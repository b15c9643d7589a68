import { describe, it, mock } from 'node:test'
import { assert } from 'chai'
import { realClock } from '../../src/backends/endpoint/real-clock.ts'

describe('realClock', () => {
  it('sleeps at least as long as it is told', async () => {
    for (const ms of [0, 1, 7.5]) {
      const before = realClock.now()
      await realClock.sleep(ms)
      assert.isAtLeast(realClock.now() - before, Math.floor(ms))
    }
  })

  it('fires a timer once, and not at all when it is cancelled', async () => {
    const fired: string[] = []
    realClock.setTimer(0, () => fired.push('kept'))
    const cancel = realClock.setTimer(0, () => fired.push('cancelled'))
    cancel()
    await realClock.sleep(10)
    cancel()
    assert.deepEqual(fired, ['kept'])
  })

  it('waits longer than the longest delay of the platform', () => {
    mock.timers.enable({ apis: ['setTimeout'] })
    try {
      const month = 30 * 86_400_000
      let fired = 0
      realClock.setTimer(month, () => fired++)
      const cancel = realClock.setTimer(month, () => fired++)
      mock.timers.tick(2 ** 31 - 1)
      mock.timers.tick(month - 2 ** 31)
      assert.equal(fired, 0)
      cancel()
      mock.timers.tick(2)
      assert.equal(fired, 1)
    } finally {
      mock.timers.reset()
    }
  })
})
