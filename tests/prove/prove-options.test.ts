import { describe, it } from 'node:test'
import { assert } from 'chai'
import { parseProveOptions, type RawProveOptions } from '../../src/cli/prove/prove-options.ts'
import { UsageError } from '../../src/cli/usage-error.ts'
import { deviationTrial, variationTrial } from './trials.ts'

const trials = [
  deviationTrial('twice', 'trade.once'),
  deviationTrial('thrice', 'trade.once'),
  deviationTrial('early', 'limit.placed-filled'),
  variationTrial('query.shape=object'),
  { ...variationTrial('terse'), isCombination: true },
]

const parsed = (raw: RawProveOptions) => parseProveOptions(raw, trials)
const chosen = (raw: RawProveOptions) => parsed(raw).trials.map(({ id }) => id)

describe('what is proved', () => {
  it('is everything, unless told otherwise', () => {
    assert.deepEqual(
      chosen({}),
      trials.map(({ id }) => id),
    )
    assert.equal(parsed({}).scope, 'all')
    assert.equal(parsed({}).out, 'reports/prove')
    assert.isAtLeast(parsed({}).parallel, 1)
  })

  it('is what was named, in the order of the list', () => {
    assert.deepEqual(chosen({ only: ['terse', 'thrice'] }), ['thrice', 'terse'])
    assert.equal(parsed({ only: ['terse'] }).scope, 'selected')
  })

  it('is what breaks a rule', () => {
    assert.deepEqual(chosen({ rule: ['trade.once'] }), ['twice', 'thrice'])
    assert.deepEqual(chosen({ rule: ['trade.once'], only: ['early'] }), [
      'twice',
      'thrice',
      'early',
    ])
  })

  it('is for a quick look the first deviation of each family, and the combinations', () => {
    assert.deepEqual(chosen({ quick: true }), ['twice', 'early', 'terse'])
    assert.equal(parsed({ quick: true }).scope, 'quick')
  })

  it('is of a judge without a rule what it has to find', () => {
    assert.deepEqual(chosen({ without: ['trade.once'] }), ['twice', 'thrice', 'early'])
  })
})

describe('a bad option is refused in one sentence', () => {
  for (const [raw, sentence] of [
    [{ only: ['twize'] }, 'There is no "twize" for --only: did you mean "twice"?'],
    [{ rule: ['trade.one'] }, 'There is no "trade.one" for --rule: did you mean "trade.once"?'],
    [
      { without: ['trade.one'] },
      'There is no "trade.one" for --without: did you mean "trade.once"?',
    ],
    [{ rule: ['trade.agrees'] }, 'No deviation breaks trade.agrees: --list tells what there is.'],
    [{ quick: true, only: ['twice'] }, '--quick chooses by itself: leave out --only and --rule.'],
    [
      { only: ['query.shape=object'], without: ['trade.once'] },
      '--without tries deviations alone: choose one with --only or --rule.',
    ],
    [{ parallel: '0' }, 'Malformed --parallel "0": use a whole number from 1 to 99.'],
  ] as const) {
    it(JSON.stringify(raw), () => {
      assert.throws(() => parsed(raw), UsageError, sentence)
    })
  }
})
