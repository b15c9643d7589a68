import { test } from 'node:test'
import { assert } from 'chai'
import { verdictTexts } from '../../src/evidence/verdict-json.ts'
import { verdictOf } from '../../src/evidence/verdict-tally.ts'

test('a verdict that is made piece by piece is byte for byte the one that is made at once', () => {
  const failed = { uri: 'a.feature', line: 3, name: 'Öl "→"\n', status: 'failed' } as const
  const run = { target: 'uat', seed: 's', startedAt: '', settings: { a: { b: [1, null] } } }
  for (const more of [{}, { selection: ['--name a', 'b'], leftWorking: [] }]) {
    const verdict = verdictOf({ ...run, ...more }, [
      { ...failed, failure: { step: 'one\ntwo', message: 'first\nsecond' } },
      { ...failed, line: 4, status: 'notVerified' },
    ])
    for (const each of [verdict, { ...verdict, notJudged: 'why', deviation: undefined }]) {
      assert.equal([...verdictTexts(Object(each))].join(''), `${JSON.stringify(each, null, 2)}\n`)
    }
  }
})
