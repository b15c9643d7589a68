import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { Chance } from '../../src/mocks/exchange/chance.ts'
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
    [{ kind: 'cancel' }, /: its kind is none of "business", "fill", .*"refuse"\.$/],
    [{ kind: 'fill', reason: 'x' }, /: outcome: .*"reason".*\.$/],
    [{ kind: 'fill', new: { polls: -1 } }, /: new\.polls: .*\.$/],
    [{ kind: 'fill', new: [] }, /: new: .*\.$/],
    [{ kind: 'fill', new: 'long' }, /: new: it is none of .*"held" and a list of these\.$/],
    [{ kind: 'fill', cancel: 'maybe' }, /: cancel: it is none of .*"too late" and "overtaken"\.$/],
    [{ kind: 'refuse', received: 'held' }, /: outcome: .*"received".*\.$/],
    [{ kind: 'fill', lapsesAs: 'EXPIRED' }, /: outcome: .*"lapsesAs".*\.$/],
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
