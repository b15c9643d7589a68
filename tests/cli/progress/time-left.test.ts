import { describe, it } from 'node:test'
import { assert } from 'chai'
import { timeLeft } from '../../../src/cli/progress/time-left.ts'

describe('the time left', () => {
  for (const [done, total, elapsedMs, words] of [
    [10, 100, 1_000, '9 s left'],
    [1, 100, 1_000, '99 s left'],
    [1, 101, 1_000, '2 min left'],
    [1, 61, 120_000, '2 h 0 min left'],
    [0, 10, 1_000, undefined],
    [10, 10, 1_000, undefined],
  ] as const) {
    it(`is ${words ?? 'not told'} after ${done} of ${total} in ${elapsedMs} ms`, () => {
      assert.equal(timeLeft(done, total, elapsedMs), words)
    })
  }
})
