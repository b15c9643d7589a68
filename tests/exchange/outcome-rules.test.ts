import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { Chance } from '../../src/mocks/exchange/chance.ts'
import type { OutcomeRule } from '../../src/mocks/exchange/outcome-rule.ts'
import { parseRule } from '../../src/mocks/exchange/outcome-rule.ts'
import { type OutcomeKey, Outcomes } from '../../src/mocks/exchange/outcomes.ts'
import { parseSettings } from '../../src/mocks/exchange/settings/parse-settings.ts'
import { MOST_EXACT, MOST_GENERAL } from '../../src/mocks/exchange/staged-rules.ts'
import { fitsPattern } from '../../src/mocks/exchange/text-pattern.ts'

const open = () => new Outcomes(new Chance('rules'), parseSettings({ 'outcome.expire': 1 }))

const order = (particulars: Partial<OutcomeKey> = {}): OutcomeKey => ({
  coId: 'a',
  symbol: 'EUR/USD',
  currency: 'EUR',
  side: 'Buy',
  type: 'Limit',
  timeInForce: 'GTC',
  user: 'ada',
  size: 1_000,
  canExpire: true,
  canFillInParts: true,
  ...particulars,
})

const rejecting = (reason: string) => ({ kind: 'reject after NEW', reason }) as const
const served = (outcomes: Outcomes, particulars?: Partial<OutcomeKey>) => {
  const outcome = outcomes.choose(order(particulars))
  return 'reason' in outcome ? outcome.reason : outcome.kind
}

describe('a rule for orders', () => {
  const FITTING: readonly OutcomeRule['match'][] = [
    {},
    { coId: 'a' },
    { coIdPattern: 'a' },
    { coIdPattern: '*' },
    { symbol: 'EUR/USD' },
    { currency: 'EUR' },
    { side: 'Buy' },
    { type: 'Limit' },
    { timeInForce: 'GTC' },
    { user: 'ada' },
    { symbol: 'EUR/USD', side: 'Buy', user: 'ada', coIdPattern: 'a*' },
  ]
  const OTHER: readonly OutcomeRule['match'][] = [
    { coId: 'b' },
    { coIdPattern: 'b*' },
    { symbol: 'USD/JPY' },
    { currency: 'USD' },
    { side: 'Sell' },
    { type: 'PQ' },
    { timeInForce: 'IOC' },
    { user: 'ben' },
    { symbol: 'EUR/USD', side: 'Buy', user: 'ben', coIdPattern: 'a*' },
  ]
  for (const match of FITTING) {
    it(`is for an order that fits: ${JSON.stringify(match)}`, () => {
      const outcomes = open()
      outcomes.stage({ match, outcome: rejecting('told') })
      assert.equal(served(outcomes), 'told')
    })
  }
  for (const match of OTHER) {
    it(`is for no other: ${JSON.stringify(match)}`, () => {
      const outcomes = open()
      outcomes.stage({ match, outcome: rejecting('told') })
      assert.equal(served(outcomes), 'expire')
      assert.equal(outcomes.staged[0]?.served, 0)
    })
  }

  it('serves one order, or so many, or always; then it is spent', () => {
    const outcomes = open()
    outcomes.stage({ match: {}, outcome: rejecting('one') })
    outcomes.stage({ match: {}, next: 2, outcome: rejecting('two') })
    outcomes.stage({ match: {}, next: 'always', outcome: rejecting('always') })
    const course = Array.from({ length: 5 }, (_, index) => served(outcomes, { coId: `${index}` }))
    assert.deepEqual(course, ['one', 'two', 'two', 'always', 'always'])
    const [left, ...others] = outcomes.staged
    assert.isEmpty(others)
    assert.deepInclude(left, { id: 3, next: 'always', served: 2 })
  })

  it('comes after what is staged for the coId, and before magic, which is before chance', () => {
    const outcomes = open()
    const coId = 'a~fill'
    assert.equal(served(outcomes, { coId }), 'fill')
    outcomes.stage({ match: { side: 'Buy' }, outcome: rejecting('rule') })
    outcomes.script(coId, rejecting('scripted'))
    assert.equal(served(outcomes, { coId }), 'scripted')
    outcomes.stage({ match: { coId, side: 'Sell' }, outcome: rejecting('other side') })
    assert.equal(served(outcomes, { coId }), 'scripted')
    const [rule] = outcomes.staged
    assert.deepInclude(rule, { id: 1, served: 0 })
    outcomes.remove(2)
    assert.equal(served(outcomes, { coId }), 'rule')
    assert.equal(served(outcomes, { coId }), 'fill')
    assert.equal(served(outcomes), 'expire')
  })

  it('for a coId alone takes the place of the one before, or queues up for so many', () => {
    const outcomes = open()
    outcomes.stage({ match: { coId: 'a' }, outcome: rejecting('first') })
    outcomes.stage({ match: { coId: 'a' }, outcome: rejecting('second') })
    assert.lengthOf(outcomes.staged, 1)
    assert.equal(served(outcomes), 'second')
    outcomes.clear()
    assert.isEmpty(outcomes.staged)
    outcomes.stage({ match: { coId: 'a' }, next: 1, outcome: rejecting('once') })
    outcomes.stage({ match: { coId: 'a' }, next: 1, outcome: rejecting('twice') })
    assert.deepEqual(
      [served(outcomes), served(outcomes), served(outcomes)],
      ['once', 'twice', 'expire'],
    )
  })

  it('can wait for one coId, and serve whoever fits in its stead', () => {
    const outcomes = open()
    outcomes.stage({ match: { side: 'Buy' }, orCoId: 'x', outcome: rejecting('1st') })
    outcomes.stage({ match: { side: 'Buy' }, orCoId: 'y', outcome: rejecting('2nd') })
    assert.equal(served(outcomes, { coId: 'y', side: 'Sell' }), '2nd')
    assert.equal(served(outcomes, { coId: 'z' }), '1st')
    assert.equal(served(outcomes, { coId: 'x' }), 'expire')
    assert.isEmpty(outcomes.staged)
  })

  it('is removed by its id, once', () => {
    const outcomes = open()
    const { id } = outcomes.stage({ match: {}, next: 3, outcome: rejecting('told') })
    assert.isFalse(outcomes.remove(id + 1))
    assert.isTrue(outcomes.remove(id))
    assert.isFalse(outcomes.remove(id))
    assert.equal(served(outcomes), 'expire')
    assert.equal(outcomes.stage({ match: {}, outcome: { kind: 'fill' } }).id, id + 1)
  })

  it('does not change with what it was made of, or is listed as', () => {
    const outcomes = open()
    const staged = outcomes.stage({ match: {}, next: 2, outcome: { kind: 'fill' } })
    Object.assign(staged, { served: 2 })
    for (const rule of outcomes.staged) Object.assign(rule, { outcome: { kind: 'expire' } })
    assert.equal(served(outcomes), 'fill')
    assert.equal(outcomes.staged[0]?.served, 1)
  })
})

describe('what is staged is bounded', () => {
  it('by dropping the script of one coId that was staged first', () => {
    const outcomes = open()
    outcomes.stage({ match: { side: 'Sell' }, outcome: rejecting('kept') })
    for (let index = 0; index <= MOST_EXACT; index++) {
      outcomes.script(`c${index}`, rejecting(`${index}`))
    }
    assert.lengthOf(outcomes.staged, MOST_EXACT + 1)
    assert.equal(served(outcomes, { coId: 'c0' }), 'expire')
    assert.equal(served(outcomes, { coId: 'c1' }), '1')
    assert.equal(served(outcomes, { coId: `c${MOST_EXACT}` }), `${MOST_EXACT}`)
    assert.equal(served(outcomes, { side: 'Sell' }), 'kept')
  })

  it('by refusing one rule too many for whatever fits', () => {
    const outcomes = open()
    const rule: OutcomeRule = { match: {}, outcome: { kind: 'fill' } }
    for (let index = 0; index < MOST_GENERAL; index++) outcomes.stage(rule)
    assert.throws(() => outcomes.stage(rule), RangeError, /^Failed to stage a rule: .*\.$/)
    served(outcomes)
    outcomes.stage(rule)
  })
})

describe('a rule that is none', () => {
  const match = {}
  const outcome = { kind: 'fill' }
  const NONE: readonly (readonly [given: unknown, why: RegExp])[] = [
    [{ outcome }, /: match: .*\.$/],
    [{ match: { side: 'buy' }, outcome }, /: match\.side: .*"Buy"\|"Sell".*\.$/],
    [{ match: { colour: 'red' }, outcome }, /: match: .*"colour".*\.$/],
    [{ match: { coId: '' }, outcome }, /: match\.coId: .*\.$/],
    [{ match, next: 0, outcome }, /: next: .*\.$/],
    [{ match, next: 'forever', outcome }, /: next: it is neither a number from 1 nor "always"\.$/],
    [{ match, outcome: { kind: 'fly' } }, /: outcome: its kind is none of "business".*\.$/],
    [
      { match, outcome: { kind: 'fill', new: { polls: 0.5 } } },
      /: outcome\.new: it is none of \{"polls": 2\}.*\.$/,
    ],
    [{ match, outcome: { kind: 'reject after NEW', code: '' } }, /: outcome\.code: .*\.$/],
    ['x', /: rule: .*\.$/],
  ]
  for (const [given, why] of NONE) {
    it(`is refused in one sentence: ${JSON.stringify(given)}`, () => {
      assert.throws(() => parseRule(given), RangeError, /^Failed to stage a rule: /)
      assert.throws(() => parseRule(given), RangeError, why)
    })
  }
})

describe('a pattern', () => {
  it('fits what a regular expression says', () => {
    const piece = fc.constantFrom('a', 'b', 'ab', '.', '')
    fc.assert(
      fc.property(fc.array(fc.oneof(piece, fc.constant('*'))), fc.array(piece), (parts, text) => {
        const pattern = parts.join('')
        const expression = pattern.replaceAll('.', '\\.').replaceAll('*', '.*')
        const expected = new RegExp(`^${expression}$`).test(text.join(''))
        assert.equal(fitsPattern(text.join(''), pattern), expected)
      }),
      { seed: 1, numRuns: 2_000 },
    )
  })
})
