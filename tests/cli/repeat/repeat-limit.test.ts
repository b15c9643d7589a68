import { test } from 'node:test'
import { assert } from 'chai'
import { isFull, parseRepeat, seedOf } from '../../../src/cli/repeat/repeat-limit.ts'
import { UsageError } from '../../../src/cli/usage-error.ts'

test('a number of rounds is full after so many, however long they take', () => {
  const limit = parseRepeat('3x')
  assert.isFalse(isFull(limit, { ended: 2, activeMs: 9e9 }))
  assert.isTrue(isFull(limit, { ended: 3, activeMs: 0 }))
})

test('a time is full when rounds were under way for so long, however many they are', () => {
  for (const [text, ms] of [
    ['90s', 90_000],
    ['30m', 1_800_000],
    ['2h', 7_200_000],
  ] as const) {
    const limit = parseRepeat(text)
    assert.isFalse(isFull(limit, { ended: 9e9, activeMs: ms - 1 }))
    assert.isTrue(isFull(limit, { ended: 0, activeMs: ms }))
  }
})

test('anything else is refused', () => {
  for (const text of ['', '0x', '2', 'h', '1.5h', '-3x', '2 h', '1000000x']) {
    assert.throws(() => parseRepeat(text), UsageError, 'Malformed --repeat')
  }
})

test('a seed of a round is a seed, and no two are the same', () => {
  const long = 'a'.repeat(64)
  assert.equal(seedOf('integral', 12), 'integral.12')
  assert.equal(seedOf(long, 12).length, 64)
  assert.equal(new Set([1, 2, 10, 11, 21, 211].map((round) => seedOf(long, round))).size, 6)
})
