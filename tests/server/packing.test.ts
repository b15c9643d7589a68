import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { Packing } from '../../src/mocks/server/packing.ts'

const KIB = 1024

/** What all blocks take that are made meanwhile, in bytes. */
function takenBy(work: () => unknown): number {
  const { allocUnsafeSlow } = Buffer
  let taken = 0
  Buffer.allocUnsafeSlow = (bytes) => {
    taken += bytes
    return allocUnsafeSlow(bytes)
  }
  try {
    work()
  } finally {
    Buffer.allocUnsafeSlow = allocUnsafeSlow
  }
  return taken
}

describe('Packing', () => {
  it('gives every text back, whatever was packed besides', () => {
    const long = fc.nat({ max: 40 * KIB }).map((length) => 'x'.repeat(length))
    const text = fc.oneof(fc.string({ unit: 'grapheme' }), long, fc.constant('é'.repeat(30 * KIB)))
    fc.assert(
      fc.property(fc.array(text), (texts) => {
        const packing = new Packing()
        const packed = texts.map((each) => packing.pack(each))
        assert.deepEqual(
          packed.map((each) => each.text()),
          texts,
        )
      }),
    )
  })

  for (const length of [1, 100, KIB, 7 * KIB, 9 * KIB, 33 * KIB, 130 * KIB]) {
    it(`takes little more than what it holds: texts of ${length} bytes`, () => {
      const held = 4 * KIB * KIB
      const packing = new Packing()
      const taken = takenBy(() => {
        for (let left = held; left > 0; left -= length) packing.pack('x'.repeat(length))
      })
      assert.isAtMost(taken, held * 1.15 + 64 * KIB)
    })
  }
})
