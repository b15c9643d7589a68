import { describe, it } from 'node:test'
import { assert } from 'chai'
import { exchangeRecords } from '../../src/evidence/bundle/exchange-records.ts'

const lines = [
  { record: 1, chain: 'transcript.ndjson', format: 'f', run: 'r' },
  { record: 2, phase: 'sent', scenario: 'a', number: 1 },
  { record: 3, phase: 'sent', scenario: 'b', number: 1 },
  { record: 4, phase: 'ended', scenario: 'a', number: 1 },
  { record: 5, phase: 'judged', scenario: 'b', number: 2, from: 'a, exchange 1' },
  { record: 6, end: 'transcript.ndjson', records: 6 },
]
const recordOf = exchangeRecords(lines.map((line) => `${JSON.stringify(line)}\n`).join(''))

describe('the record of an exchange', () => {
  it('is the one with its answer', () => assert.equal(recordOf('a', 1), 4))

  it('is the request, where no answer was written', () => assert.equal(recordOf('b', 1), 3))

  it('is that of another scenario, where it was taken up from there', () =>
    assert.equal(recordOf('b', 2), 4))

  it('is none, where there is no such exchange', () => {
    assert.isUndefined(recordOf('a', 2))
    assert.isUndefined(recordOf('c', 1))
  })
})
