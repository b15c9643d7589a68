import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { Blocks } from '../../src/mocks/server/blocks.ts'
import { type Packed, Packing } from '../../src/mocks/server/packing.ts'

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

/**
 * Packs texts of these lengths by two that share their blocks, as journals do, and forgets as many of the
 * oldest after each.
 *
 * @returns What is left.
 */
function packAndForget(steps: readonly (readonly [length: number, forgets: number])[]) {
  const blocks = new Blocks(2)
  const packings = [new Packing(blocks), new Packing(blocks)]
  const kept: { readonly text: string; readonly packed: Packed; readonly by: Packing }[] = []
  for (const [at, [length, forgets]] of steps.entries()) {
    const text = String(at).padEnd(length, String.fromCharCode(97 + (at % 26)))
    const by = packings[at % 2] ?? new Packing()
    kept.push({ text, packed: by.pack(text), by })
    for (const oldest of kept.splice(0, forgets)) oldest.by.forget(oldest.packed)
  }
  return kept
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

  it('hands a block on once the last of its texts is forgotten, and no sooner', () => {
    const length = fc.integer({ min: 1, max: 7 * KIB })
    const forgets = fc.constantFrom(0, 0, 3)
    const steps = fc.array(fc.tuple(length, forgets), { minLength: 100, maxLength: 300 })
    fc.assert(
      fc.property(steps, (each) => {
        const kept = packAndForget(each)
        assert.deepEqual(
          kept.map(({ packed }) => packed.text()),
          kept.map(({ text }) => text),
        )
      }),
    )
  })

  it('takes nothing more where as much is forgotten as is packed', () => {
    const packing = new Packing(new Blocks(2))
    const kept: Packed[] = []
    const round = () => {
      kept.push(packing.pack('x'.repeat(KIB)))
      const oldest = kept.length > 1_000 ? kept.shift() : undefined
      if (oldest) packing.forget(oldest)
    }
    for (let count = 0; count < 2_000; count++) round()
    const taken = takenBy(() => {
      for (let count = 0; count < 10_000; count++) round()
    })
    assert.equal(taken, 0)
  })
})
