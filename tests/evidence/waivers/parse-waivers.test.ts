import { describe, test } from 'node:test'
import { assert } from 'chai'
import { parseWaivers } from '../../../src/evidence/waivers/parse-waivers.ts'

const good = {
  rule: 'limit.new-expired',
  owner: 'Q. A. Lead',
  reason: 'known to the provider, ticket 17',
  granted: '2026-11-01',
  expires: '2027-01-31',
}

/** What is put in the place of the second waiver, and what is said of it. */
const mistakes: readonly (readonly [given: unknown, said: RegExp])[] = [
  [null, /^\[1\]: /],
  ['limit.new-expired', /^\[1\]: /],
  [{ ...good, rule: undefined }, /^\[1\]\.rule: /],
  [
    { ...good, rule: 'limt.new-expired' },
    /^\[1\]\.rule: there is no rule "limt.new-expired"; did you mean "limit.new-expired"\?$/,
  ],
  [{ ...good, owner: '  ' }, /^\[1\]\.owner: cannot be empty$/],
  [{ ...good, owner: 7 }, /^\[1\]\.owner: .*expected string/],
  [{ ...good, reason: 'x'.repeat(1_001) }, /^\[1\]\.reason: /],
  [{ ...good, target: 'UAT' }, /^\[1\]\.target: /],
  [{ ...good, scenario: '' }, /^\[1\]\.scenario: cannot be empty$/],
  [{ ...good, granted: '1.11.2026' }, /^\[1\]\.granted: expected a day of the calendar/],
  [{ ...good, expires: '2027-02-29' }, /^\[1\]\.expires: expected a day of the calendar/],
  [
    { ...good, expires: '2026-10-31' },
    /^\[1\]\.expires: 2026-10-31 is before the day it was granted, 2026-11-01$/,
  ],
  [
    { ...good, expire: '2027-01-31' },
    /^\[1\]\.expire: there is no such name; did you mean "expires"\?$/,
  ],
  ...['rule', 'owner', 'reason', 'granted', 'expires'].map((name): [unknown, RegExp] => [
    Object.fromEntries(Object.entries(good).filter(([key]) => key !== name)),
    new RegExp(`^\\[1\\]\\.${name}: it is missing$`),
  ]),
]

describe('a waiver file', () => {
  test('is a list, and may be empty', () => {
    assert.deepEqual(parseWaivers([]), [])
    assert.deepEqual(parseWaivers([good]), [good])
    const everything = { ...good, scenario: '*expires*', target: 'uat' }
    assert.deepEqual(parseWaivers([everything, good]), [everything, good])
  })

  for (const given of [null, undefined, {}, { waivers: [good] }, 'text', 1]) {
    test(`is a list, and not ${JSON.stringify(given)}`, () => {
      assert.throws(() => parseWaivers(given), /no list of waivers/)
    })
  }

  for (const [given, said] of mistakes) {
    test(`says what is wrong: ${said.source}`, () => {
      assert.throws(() => parseWaivers([good, given]), said)
    })
  }
})
