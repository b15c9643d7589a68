import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { magicOf, magicSizes } from '../../src/mocks/exchange/magic-values.ts'
import { magicWords, saidBy } from '../../src/mocks/exchange/magic-words.ts'
import type { Outcome } from '../../src/mocks/exchange/outcome.ts'
import { parseOutcome } from '../../src/mocks/exchange/outcome.ts'

const outcomeOf = (coId: string, size = 1) => magicOf({ coId, size }).outcome
const takenOf = (coId: string) => magicOf({ coId, size: 1 }).taken

describe('magic words', () => {
  const OUTCOMES: readonly (readonly [coId: string, outcome: Outcome | undefined])[] = [
    ['1~reject-before-new', { kind: 'reject before NEW', reason: 'Chosen by the coId' }],
    ['~reject-after-new~1', { kind: 'reject after NEW', reason: 'Chosen by the coId' }],
    ['a~expire-b', { kind: 'expire' }],
    ['1~fill-half', { kind: 'fill in shares', shares: [0.5] }],
    ['1~fill-in-parts', { kind: 'fill in shares', shares: [0.5, 0.5] }],
    ['1~fill', { kind: 'fill' }],
    ['1~reject-after-new=Last_look', { kind: 'reject after NEW', reason: 'Last look' }],
    ['1~reject-after-new=Last-look', { kind: 'reject after NEW', reason: 'Last-look' }],
    [
      '1~reject-before-new=No_credit~code=LP_17',
      { kind: 'reject before NEW', reason: 'No credit', code: 'LP_17' },
    ],
    ['1~refuse=Not_now', { kind: 'refuse', reason: 'Not now' }],
    ['1~code=A~refuse', { kind: 'refuse', reason: 'Chosen by the coId', code: 'A' }],
    ['1~fill-30', { kind: 'fill in shares', shares: [0.3] }],
    ['1~fill-30-20-b', { kind: 'fill in shares', shares: [0.3, 0.2] }],
    ['1~fill-30-70', { kind: 'fill in shares', shares: [0.3, 0.7] }],
    ['1~fill-30~lapse-canceled', { kind: 'fill in shares', shares: [0.3], lapsesAs: 'CANCELED' }],
    ['1~lapse-expired', { kind: 'expire', lapsesAs: 'EXPIRED' }],
    // What cannot be a part is no part: the shorter word holds.
    ['1~fill-0', { kind: 'fill' }],
    ['1~fill-60-50', { kind: 'fill' }],
    ['1~fill-2024', { kind: 'fill' }],
    ['1~code=A', undefined],
    ['1~expire~fill', { kind: 'expire' }],
    ['1~reject-after-new=~fill', { kind: 'reject after NEW', reason: 'Chosen by the coId' }],
  ]
  for (const [coId, outcome] of OUTCOMES) {
    it(`choose ${JSON.stringify(outcome)} for the coId ${coId}`, () => {
      assert.deepEqual(outcomeOf(coId), outcome)
      if (outcome) assert.deepEqual(parseOutcome(outcome), outcome)
    })
  }

  const TAKEN: readonly (readonly [coId: string, taken: object | undefined])[] = [
    ['1~received-2', { received: { polls: 2 } }],
    ['1~received-1500ms~new-held', { received: { ms: 1_500 }, new: ['held'] }],
    ['1~new-3s', { new: [{ ms: 3_000 }] }],
    ['1~new-1-1500ms-held~fill-30-70', { new: [{ polls: 1 }, { ms: 1_500 }, 'held'] }],
    ['1~cancel-too-late', { cancel: 'too late' }],
    ['1~cancel-overtaken', { cancel: 'overtaken' }],
    ['1~cancel-2', { cancel: { polls: 2 } }],
    ['1~new-2-orders', { new: [{ polls: 2 }] }],
    ['1~new-order-2', undefined],
    ['1~new-2a', undefined],
    ['1~new-20250611', undefined],
    ['1~received-', undefined],
    ['1~cancel-soon', undefined],
    ['new-2 received-3 cancel-too-late', undefined],
  ]
  for (const [coId, taken] of TAKEN) {
    it(`pace the order with the coId ${coId} by ${JSON.stringify(taken)}`, () => {
      assert.deepEqual(takenOf(coId), taken)
    })
  }

  it('combine in any order', () => {
    const words = ['~fill-30-20', '~received-2', '~new-1-2', '~cancel-held', '~lapse-canceled']
    const whole = magicOf({ coId: words.join(''), size: 1 })
    fc.assert(
      fc.property(fc.shuffledSubarray(words, { minLength: words.length }), (shuffled) => {
        assert.deepEqual(magicOf({ coId: `order ${shuffled.join('')}`, size: 1 }), whole)
      }),
      { seed: 1 },
    )
    assert.hasAllKeys(whole.taken, ['received', 'new', 'cancel'])
  })

  it('are documented as they are read', () => {
    for (const { word } of magicWords) assert.isNotEmpty(saidBy(`1${word}`), word)
    for (const { about } of magicWords) {
      for (const [, word = ''] of about.matchAll(/`(~[^`]*)`/g)) {
        assert.isNotEmpty(saidBy(`1${word}`), word)
      }
    }
  })

  it('are in nothing that has no ~', () => {
    const texts = fc.constantFrom(...magicWords.map(({ word }) => word.slice(1)))
    fc.assert(
      fc.property(fc.string(), texts, (text, word) => {
        fc.pre(!text.includes('~'))
        assert.isEmpty(magicOf({ coId: text + word, size: 1 }))
      }),
      { seed: 2 },
    )
  })

  it('make outcomes that can be told, whatever follows a ~', () => {
    const segment = fc.oneof(
      fc.constantFrom(...magicWords.map(({ word }) => word)),
      fc.string({ maxLength: 12 }).map((text) => `~fill-${text}`),
      fc.string({ maxLength: 12 }).map((text) => `~new-${text}`),
      fc.string({ maxLength: 12 }).map((text) => `~refuse=${text}`),
    )
    fc.assert(
      fc.property(fc.array(segment, { maxLength: 5 }), (segments) => {
        const { outcome = { kind: 'business' }, taken } = magicOf({
          coId: segments.join(''),
          size: 1,
        })
        parseOutcome(outcome.kind === 'refuse' ? outcome : { ...outcome, ...taken })
      }),
      { seed: 3 },
    )
  })
})

describe('magic sizes', () => {
  const SIZES: readonly (readonly [size: number, kind: string | undefined])[] = [
    [19_001, 'reject before NEW'],
    [1_009_001, 'reject before NEW'],
    [19_002, 'reject after NEW'],
    [19_003, 'expire'],
    [19_004, 'fill in shares'],
    [19_005, 'fill in shares'],
    [19_006, undefined],
    [19_000, undefined],
    [9_001, undefined],
    [10_000, undefined],
    [19_001.5, undefined],
    [1_000_000, undefined],
  ]
  for (const [size, kind] of SIZES) {
    it(`choose ${kind ?? 'nothing'} for the size ${size}`, () => {
      assert.equal(outcomeOf('a', size)?.kind, kind)
    })
  }

  it('are these and no others, and give way to an outcome in the coId', () => {
    assert.sameMembers(Object.keys(magicSizes), ['9001', '9002', '9003', '9004', '9005'])
    assert.deepEqual(magicSizes[9004], { kind: 'fill in shares', shares: [0.5] })
    assert.deepEqual(magicSizes[9005], { kind: 'fill in shares', shares: [0.5, 0.5] })
    assert.deepEqual(outcomeOf('a~fill', 19_003), { kind: 'fill' })
    assert.deepEqual(magicOf({ coId: 'a~new-2~code=X', size: 19_001 }), {
      outcome: { kind: 'reject before NEW', reason: 'Chosen by the size', code: 'X' },
      taken: { new: [{ polls: 2 }] },
    })
  })
})
