import { describe, it } from 'node:test'
import { assert } from 'chai'
import { type Proof, proofOf } from '../../src/cli/prove/proof.ts'
import { summaryOf } from '../../src/cli/prove/proof-summary.ts'
import type { ProveOptions } from '../../src/cli/prove/prove-options.ts'
import type { Trial } from '../../src/cli/prove/trial.ts'
import type { TrialResult } from '../../src/cli/prove/trial-result.ts'
import { catalogue } from '../../src/evidence/rules/catalogue.ts'
import { lifecycleArrows } from '../../src/machines/lifecycle-rules.ts'
import { deviationTrial, resultWith, variationTrial } from './trials.ts'

const ONCE = 'trade.once'
const AGREES = 'trade.agrees'

function proved(
  tried: readonly (readonly [Trial, TrialResult])[],
  options: Partial<Pick<ProveOptions, 'scope' | 'without'>> = {},
  ordinary: TrialResult = resultWith(),
): Proof {
  const trials = tried.map(([trial]) => trial)
  const results = tried.map(([, result]) => result)
  return proofOf({ scope: 'selected', without: [], trials, ...options }, ordinary, results)
}

describe('a deviation', () => {
  it('is caught where its rule found something, whatever others found', () => {
    const { deviations } = proved([[deviationTrial('a', ONCE), resultWith(AGREES, ONCE)]])
    const [{ verdict, foundBy, findings, severity } = assert.fail()] = deviations
    assert.equal(verdict, 'caught')
    assert.equal(severity, 'must')
    assert.equal(findings, 2)
    assert.deepEqual(
      foundBy.map(({ rule }) => rule),
      [ONCE, AGREES],
    )
  })

  it('has escaped where others alone found something: a finding must name the right rule', () => {
    const proof = proved([[deviationTrial('a', ONCE), resultWith(AGREES)]])
    assert.equal(proof.deviations[0]?.verdict, 'found by others only')
    assert.deepEqual(summaryOf(proof).escaped, ['a'])
    assert.isFalse(summaryOf(proof).isProved)
  })

  it('has escaped where nothing was found', () => {
    const proof = proved([
      [deviationTrial('a', ONCE), resultWith()],
      [deviationTrial('b', ONCE), resultWith(ONCE)],
    ])
    assert.equal(proof.deviations[0]?.verdict, 'escaped')
    assert.notProperty(proof.deviations[0], 'scenario')
    const { escaped, caught, deviations, isProved } = summaryOf(proof)
    assert.deepEqual(
      { escaped, caught, deviations, isProved },
      {
        ...{ escaped: ['a'], caught: 1, deviations: 2 },
        isProved: false,
      },
    )
  })
})

describe('a permitted variation', () => {
  it('is clean where nothing was found, though scenarios stopped', () => {
    const proof = proved([[variationTrial('v'), { ...resultWith(), failed: 4 }]])
    assert.equal(proof.variations[0]?.stopped, 4)
    assert.isTrue(summaryOf(proof).isProved)
  })

  for (const silent of [0, 9]) {
    it(`is not judged where nothing passed and nothing was observed, ${silent} of 9 without evidence`, () => {
      const nothing = { ...resultWith(), failed: 9, silent, showing: 0 }
      const { notJudged, falseAlarms, isProved } = summaryOf(
        proved([
          [variationTrial('v'), nothing],
          [variationTrial('w'), { ...resultWith(), failed: 8, showing: 1 }],
        ]),
      )
      assert.deepEqual(
        { notJudged, falseAlarms, isProved },
        { notJudged: ['v'], falseAlarms: [], isProved: false },
      )
    })
  }

  it('makes a false alarm of every finding', () => {
    const proof = proved([[variationTrial('v'), resultWith(AGREES)]])
    assert.deepEqual(summaryOf(proof).falseAlarms, ['v'])
    assert.isFalse(summaryOf(proof).isProved)
  })
})

describe('the simulation as it is', () => {
  for (const [title, ordinary] of [
    ['with a finding', resultWith(ONCE)],
    ['with a failure', { ...resultWith(), failed: 1 }],
  ] as const) {
    it(`${title} proves nothing`, () => {
      const proof = proved([[deviationTrial('a', ONCE), resultWith(ONCE)]], {}, ordinary)
      assert.isFalse(summaryOf(proof).isProved)
    })
  }
})

describe('a judge without a rule', () => {
  it('misses what the rule found, and hears what others did', () => {
    const proof = proved(
      [
        [deviationTrial('a', ONCE), resultWith(ONCE)],
        [deviationTrial('b', ONCE), resultWith(AGREES, ONCE)],
        [deviationTrial('c', AGREES), resultWith(AGREES, ONCE)],
      ],
      { without: [ONCE] },
    )
    assert.deepEqual(
      proof.deviations.map(({ id, verdict }) => [id, verdict]),
      [
        ['a', 'escaped'],
        ['b', 'found by others only'],
        ['c', 'caught'],
      ],
    )
  })
})

describe('of a rule', () => {
  const tried = [
    [deviationTrial('a', ONCE), resultWith(ONCE)],
    [deviationTrial('b', ONCE), resultWith(AGREES, ONCE)],
    [deviationTrial('c', AGREES), resultWith(AGREES, ONCE)],
  ] as const
  const ruleIn = (proof: Proof, id: string) => proof.rules.find((rule) => rule.id === id)

  it('it is told what breaks it, what it finds, and what it alone does', () => {
    const { deviations, finds, findsAlone } = ruleIn(proved(tried), ONCE) ?? assert.fail()
    assert.deepEqual(
      { deviations, finds, findsAlone },
      {
        ...{ deviations: ['a', 'b'], finds: ['a', 'b', 'c'] },
        findsAlone: ['a'],
      },
    )
  })

  it('it is never alone where others notice all that it does', () => {
    assert.deepEqual(summaryOf(proved(tried, { scope: 'all' })).neverAlone, [AGREES])
  })

  it('nothing is told by a part of all', () => {
    const { neverAlone, mustWithoutDeviation } = summaryOf(proved(tried))
    assert.deepEqual([neverAlone, mustWithoutDeviation], [[], []])
  })

  it('an arrow cannot be broken; any other rule without a deviation fails the proof', () => {
    const breakable = catalogue.filter(({ id }) => !lifecycleArrows.some((each) => each.id === id))
    const all = breakable.map(
      ({ id }) => [deviationTrial(`not ${id}`, id), resultWith(id)] as const,
    )
    assert.isTrue(summaryOf(proved(all, { scope: 'all' })).isProved)
    const without = (rule: string) =>
      summaryOf(
        proved(
          all.filter(([{ breaks }]) => breaks !== rule),
          { scope: 'all' },
        ),
      )
    const must = without(ONCE)
    assert.deepEqual(must.mustWithoutDeviation, [ONCE])
    assert.isFalse(must.isProved)
    const should = without('trade.amount')
    assert.deepEqual(should.shouldWithoutDeviation, ['trade.amount'])
    assert.isFalse(should.isProved)
  })
})
