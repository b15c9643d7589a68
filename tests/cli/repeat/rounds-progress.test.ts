import { describe, it } from 'node:test'
import { assert } from 'chai'
import { parseRepeat } from '../../../src/cli/repeat/repeat-limit.ts'
import { RoundsProgress } from '../../../src/cli/repeat/rounds-progress.ts'
import { verdictOf } from '../../../src/evidence/verdict-tally.ts'
import { Sink } from '../../prove/sink.ts'

const verdict = verdictOf(
  { target: 'simulation', seed: 'a', startedAt: '2026-01-01T00:00:00Z' },
  [],
)
const line = '0 passed, 0 failed, 0 not verified; so far 0 findings'

/** What is written of rounds that took so long each, in milliseconds. */
function written(limit: string, tookMs: readonly number[], ended = 0): string[] {
  const sink = new Sink()
  const progress = new RoundsProgress(sink, {}, parseRepeat(limit), {
    ended,
    activeMs: ended * 1_000,
  })
  for (const [at, ms] of tookMs.entries()) progress.note(ended + at + 1, verdict, ms)
  progress.end()
  return sink.text.trimEnd().split('\n')
}

describe('the progress of rounds', () => {
  it('tells of each how far all are, and how long the rest will take', () => {
    assert.deepEqual(written('3x', [1_000, 3_000, 2_000]), [
      `Round 1 of 3: ${line}, 2 s left`,
      `Round 2 of 3: ${line}, 2 s left`,
      `Round 3 of 3: ${line}`,
    ])
  })

  it('knows the time left where there is a time', () => {
    assert.deepEqual(written('2h', [60_000, 60_000]), [
      `Round 1: ${line}, 1 h 59 min left`,
      `Round 2: ${line}, 1 h 58 min left`,
    ])
  })

  it('counts on from where rounds were resumed', () => {
    assert.deepEqual(written('4x', [1_000], 2), [`Round 3 of 4: ${line}, 1 s left`])
  })
})
