import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { Chance } from '../../src/mocks/exchange/chance.ts'
import { magicOutcome, magicSizes, magicWords } from '../../src/mocks/exchange/magic-values.ts'
import { type Outcome, parseOutcome } from '../../src/mocks/exchange/outcome.ts'
import { type OutcomeKey, Outcomes } from '../../src/mocks/exchange/outcomes.ts'
import { parseSettings } from '../../src/mocks/exchange/settings/parse-settings.ts'
import type { Settings } from '../../src/mocks/exchange/settings/settings.ts'

const open = (settings: Partial<Settings> = {}, seed = 'outcomes') =>
  new Outcomes(new Chance(seed), parseSettings(settings))

const key = (coId: string, particulars: Partial<OutcomeKey> = {}): OutcomeKey => ({
  coId,
  size: 1_000_000,
  canExpire: true,
  canFillInParts: true,
  ...particulars,
})

const MIXED = {
  'outcome.rejectBeforeNew': 0.2,
  'outcome.rejectAfterNew': 0.2,
  'outcome.expire': 0.2,
  'outcome.fillInParts': 0.2,
}

describe('the outcome of an order', () => {
  it('is business, unless anybody says otherwise', () => {
    fc.assert(
      fc.property(fc.string(), fc.string({ unit: 'grapheme-ascii' }), (seed, coId) => {
        fc.pre(!coId.includes('~'))
        assert.deepEqual(open({}, seed).choose(key(coId)), { kind: 'business' })
      }),
      { seed: 1 },
    )
  })

  it('is what was scripted, before what is magic, before what chance says', () => {
    const outcomes = open({ 'outcome.rejectBeforeNew': 1 })
    const scripted: Outcome = { kind: 'fill', received: { polls: 3 } }
    assert.equal(outcomes.choose(key('a')).kind, 'reject before NEW')
    assert.equal(outcomes.choose(key('a~expire')).kind, 'expire')
    outcomes.script('a~expire', scripted)
    assert.deepEqual(outcomes.choose(key('a~expire')), scripted)
    // Placing twice, e.g. a retry, finds the same script.
    assert.deepEqual(outcomes.choose(key('a~expire')), scripted)
    assert.equal(outcomes.choose(key('a')).kind, 'reject before NEW')
    outcomes.clear()
    assert.equal(outcomes.choose(key('a~expire')).kind, 'expire')
  })

  it('is the last one scripted for its coId', () => {
    const outcomes = open()
    outcomes.script('a', { kind: 'expire' })
    outcomes.script('a', { kind: 'fill' })
    assert.deepEqual(outcomes.choose(key('a')), { kind: 'fill' })
  })

  it('depends on nothing but seed and coId', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.uniqueArray(fc.string(), { maxLength: 20 }),
        fc.integer({ min: 1, max: 9_000 }),
        (seed, coIds, size) => {
          const forwards = open({ ...MIXED, 'outcome.magic': false }, seed)
          const backwards = open({ ...MIXED, 'outcome.magic': false }, seed)
          const first = coIds.map((coId) => forwards.choose(key(coId)).kind)
          const second = [...coIds]
            .reverse()
            .map((coId) => backwards.choose(key(coId, { size })).kind)
          assert.deepEqual(first, second.reverse())
        },
      ),
      { seed: 2 },
    )
  })

  it('is another for another seed', () => {
    const course = (seed: string) =>
      Array.from(
        { length: 50 },
        (_, index) => open(MIXED, seed).choose(key(`${index}`)).kind,
      ).join()
    assert.notEqual(course('one'), course('two'))
  })

  it('comes in the shares that the settings give', () => {
    const counts: Record<string, number> = {}
    const outcomes = open({
      'outcome.rejectBeforeNew': 0.1,
      'outcome.rejectAfterNew': 0.2,
      'outcome.expire': 0.3,
      'outcome.fillInParts': 0.15,
    })
    for (let order = 0; order < 4_000; order++) {
      const { kind } = outcomes.choose(key(`order-${order}`))
      counts[kind] = (counts[kind] ?? 0) + 1
    }
    const expected = {
      'reject before NEW': 400,
      'reject after NEW': 800,
      expire: 1_200,
      'fill in shares': 600,
      business: 1_000,
    }
    assert.hasAllKeys(counts, expected)
    for (const [kind, count] of Object.entries(expected)) {
      assert.approximately(counts[kind] ?? 0, count, 100, kind)
    }
  })

  it('is not what is magic where that cannot happen to the order', () => {
    const outcomes = open()
    const rigid = { canExpire: false, canFillInParts: false }
    for (const coId of ['a~expire', 'a~fill-half', 'a~fill-in-parts']) {
      assert.equal(outcomes.choose(key(coId, rigid)).kind, 'business', coId)
      assert.notEqual(outcomes.choose(key(coId)).kind, 'business', coId)
    }
    for (const coId of ['a~fill', 'a~reject-before-new', 'a~reject-after-new']) {
      assert.notEqual(outcomes.choose(key(coId, rigid)).kind, 'business', coId)
    }
    assert.equal(outcomes.choose(key('a~expire', { canFillInParts: false })).kind, 'expire')
    assert.equal(outcomes.choose(key('a~fill-half', { canExpire: false })).kind, 'fill in shares')
  })

  it('is never by chance what cannot happen to the order', () => {
    const outcomes = open({ 'outcome.expire': 0.5, 'outcome.fillInParts': 0.5 })
    for (let order = 0; order < 200; order++) {
      const rigid = { canExpire: false, canFillInParts: false }
      assert.equal(outcomes.choose(key(`${order}`, rigid)).kind, 'business')
      const whole = outcomes.choose(key(`${order}`, { canFillInParts: false })).kind
      assert.include(['expire', 'business'], whole)
    }
  })

  it('cannot be scripted in parts that are none, or more than the whole', () => {
    const outcomes = open()
    const impossible: readonly Outcome[] = [
      { kind: 'fill in parts', parts: [] },
      { kind: 'fill in parts', parts: [100, 0] },
      { kind: 'fill in parts', parts: [-1] },
      { kind: 'fill in parts', parts: [Number.NaN] },
      { kind: 'fill in parts', parts: [Number.POSITIVE_INFINITY] },
      { kind: 'fill in shares', shares: [] },
      { kind: 'fill in shares', shares: [0.5, 0.6] },
      { kind: 'fill in shares', shares: [0] },
    ]
    for (const outcome of impossible) {
      assert.throws(
        () => outcomes.script('a', outcome),
        RangeError,
        /^Failed to script an outcome: .*\.$/,
      )
      assert.deepEqual(outcomes.choose(key('a')), { kind: 'business' })
    }
    // 1 as decimals, a little more as floats.
    outcomes.script('a', { kind: 'fill in shares', shares: [0.05, 0.55, 0.3, 0.1] })
    outcomes.script('a', { kind: 'fill in parts', parts: [5, 0.01] })
  })
})

describe('an outcome that is none', () => {
  const NONE: readonly (readonly [given: unknown, why: RegExp])[] = [
    [{ kind: 'cancel' }, /: its kind is none of "business", "fill", .*"fill in shares"\.$/],
    [{ kind: 'fill', reason: 'x' }, /: outcome: .*"reason".*\.$/],
    [{ kind: 'fill', new: { polls: -1 } }, /: new.*\.$/],
    [{ kind: 'reject after NEW', reason: '' }, /: reason: .*\.$/],
    [
      { kind: 'fill in shares', shares: [0.6, 0.6] },
      /: shares: the shares are above 1 together\.$/,
    ],
    [5, /: outcome: .*\.$/],
  ]
  for (const [given, why] of NONE) {
    it(`is refused in one sentence: ${JSON.stringify(given)}`, () => {
      assert.throws(() => parseOutcome(given), RangeError, /^Failed to script an outcome: /)
      assert.throws(() => parseOutcome(given), RangeError, why)
    })
  }
})

describe('magic values', () => {
  /** As the README documents them. */
  const WORDS: readonly (readonly [coId: string, kind: string, shares?: readonly number[]])[] = [
    ['1~reject-before-new', 'reject before NEW'],
    ['~reject-after-new~1', 'reject after NEW'],
    ['a~expire-b', 'expire'],
    ['1~fill-half', 'fill in shares', [0.5]],
    ['1~fill-in-parts', 'fill in shares', [0.5, 0.5]],
    ['1~fill', 'fill'],
  ]
  for (const [coId, kind, shares] of WORDS) {
    it(`choose "${kind}" for the coId ${coId}`, () => {
      const outcome = magicOutcome({ coId, size: 19_003 })
      assert.equal(outcome?.kind, kind)
      assert.deepEqual(outcome && 'shares' in outcome ? outcome.shares : undefined, shares)
    })
  }

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
      assert.equal(magicOutcome({ coId: 'a', size })?.kind, kind)
    })
  }

  it('are these words and sizes and no others', () => {
    assert.sameMembers(Object.keys(magicWords), [
      '~reject-before-new',
      '~reject-after-new',
      '~expire',
      '~fill-half',
      '~fill-in-parts',
      '~fill',
    ])
    assert.sameMembers(Object.keys(magicSizes), ['9001', '9002', '9003', '9004', '9005'])
    assert.deepEqual(magicSizes[9004], { kind: 'fill in shares', shares: [0.5] })
    assert.deepEqual(magicSizes[9005], { kind: 'fill in shares', shares: [0.5, 0.5] })
  })

  it('are not taken for each other where one is the beginning of another', () => {
    for (const word of Object.keys(magicWords)) {
      assert.strictEqual(magicOutcome({ coId: word, size: 1 }), magicWords[word])
    }
  })
})
