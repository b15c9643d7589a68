import { describe, it } from 'node:test'
import { assert } from 'chai'
import {
  lastRunOf,
  lastValidated,
  lastValidatedText,
} from '../../../src/evidence/history/last-validated.ts'
import { wordsOf } from '../../../src/evidence/history/words-of.ts'
import { FEATURE, line } from './lines.ts'

const sought = { uri: FEATURE, name: 'One' }

describe('when a scenario was last validated', () => {
  const runs = [
    line({ run: 'first', passed: ['One'], startedAt: '2026-11-20T23:59:59.000Z' }),
    line({ run: 'second', failed: ['One'], startedAt: '2026-11-21T00:00:01.000Z' }),
    line({ run: 'third', notVerified: ['One'], passed: ['Two'] }),
  ]
  const history = { runs, notes: [] }

  it('is when it last passed or failed, not when it was not verified', () => {
    const last = lastValidated(history, sought)
    assert.deepEqual(last, {
      ...{ run: 'second', startedAt: '2026-11-21T00:00:01.000Z', baseUrl: 'https://uat.example' },
      ...{ result: 'failed', isReworded: false },
    })
    assert.equal(lastValidatedText('UAT', last), 'last validated on UAT: 2026-11-21, failed')
  })

  it('is never where it never passed nor failed', () => {
    for (const each of [
      { uri: FEATURE, name: 'Three' },
      { uri: 'other.feature', name: 'One' },
    ]) {
      assert.isUndefined(lastValidated(history, each))
    }
    assert.equal(lastValidatedText('UAT', undefined), 'last validated on UAT: never')
  })

  it('says that the words were others then', () => {
    const last = lastValidated(history, { ...sought, words: 'other words' })
    assert.equal(
      lastValidatedText('UAT', last),
      'last validated on UAT: 2026-11-21, failed, before it was reworded',
    )
    assert.isFalse(lastValidated(history, { ...sought, words: 'w' })?.isReworded)
  })

  it('keeps scenarios of the same name apart by their words', () => {
    const scenarios = [
      { uri: FEATURE, passed: [['One', 'w']] as [string, string][], failed: [], notVerified: [] },
    ]
    const other = [
      { uri: FEATURE, passed: [], failed: [['One', 'x']] as [string, string][], notVerified: [] },
    ]
    const both = [line({ run: 'w', scenarios }), line({ run: 'x', scenarios: other })]
    const at = (words: string) => lastValidated({ runs: both, notes: [] }, { ...sought, words })
    assert.include(at('w'), { run: 'w', result: 'passed', isReworded: false })
    assert.include(at('x'), { run: 'x', result: 'failed', isReworded: false })
    assert.include(at('y'), { run: 'x', result: 'failed', isReworded: true })
  })

  it('goes by texts and tables, not by keywords', () => {
    const steps = [{ text: 'a' }, { text: 'b', argument: '| 1 |' }]
    assert.equal(wordsOf(steps), wordsOf(structuredClone(steps)))
    assert.notEqual(wordsOf(steps), wordsOf([{ text: 'a' }, { text: 'b', argument: '| 2 |' }]))
    assert.notEqual(wordsOf(steps), wordsOf(steps.toReversed()))
  })
})

describe('the last run', () => {
  it('is the last there, if an address is given', () => {
    const runs = [line({ run: 'here' }), line({ run: 'there', baseUrl: 'https://there.example' })]
    assert.equal(lastRunOf({ runs, notes: [] })?.run, 'there')
    assert.equal(lastRunOf({ runs, notes: [] }, 'https://uat.example')?.run, 'here')
    assert.isUndefined(lastRunOf({ runs, notes: [] }, 'https://nowhere.example'))
  })
})
