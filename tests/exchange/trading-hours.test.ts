import { describe, it } from 'node:test'
import { assert } from 'chai'
import { isMarketOpen, nextCutoff } from '../../src/mocks/exchange/trading-hours.ts'

const utc = (iso: string) => Date.parse(`${iso}Z`)

describe('trading hours', () => {
  /** Sunday 17:00:10 to Friday 17:00 in New York: five hours behind UTC in winter, four in summer. */
  const HOURS: readonly (readonly [name: string, at: string, open: boolean])[] = [
    ['an ordinary Wednesday', '2025-06-11T13:00:00', true],
    ['a millisecond before the pause, in summer', '2025-06-11T20:59:59.999', true],
    ['the pause begins, in summer', '2025-06-11T21:00:00', false],
    ['the pause ends, in summer: a millisecond before', '2025-06-11T21:00:09.999', false],
    ['the pause is over, in summer', '2025-06-11T21:00:10', true],
    ['the hour of the summer’s pause, in winter', '2025-01-15T21:00:05', true],
    ['the pause begins, in winter', '2025-01-15T22:00:00', false],
    ['the pause is over, in winter', '2025-01-15T22:00:10', true],
    ['Monday before dawn', '2025-06-09T04:00:00', true],
    ['Friday before the close', '2025-06-13T20:59:59.999', true],
    ['Friday at the close', '2025-06-13T21:00:00', false],
    ['Friday after the close, no pause ends it', '2025-06-13T21:00:10', false],
    ['Saturday', '2025-06-14T13:00:00', false],
    ['Saturday in London, Friday still in New York, after the close', '2025-06-14T01:00:00', false],
    ['Sunday morning', '2025-06-15T13:00:00', false],
    ['Sunday, a millisecond too early', '2025-06-15T21:00:09.999', false],
    ['Sunday, open', '2025-06-15T21:00:10', true],
    ['Monday in London, Sunday still in New York', '2025-06-16T01:00:00', true],
    // Clocks go forward on 9 March 2025 and back on 2 November 2025, both Sundays.
    ['the last Friday of winter, at the close', '2025-03-07T22:00:00', false],
    ['the last Friday of winter, an hour before', '2025-03-07T21:00:00', true],
    ['the Sunday of spring: opens an hour earlier', '2025-03-09T21:00:10', true],
    ['the Sunday of spring: not yet open', '2025-03-09T21:00:09.999', false],
    ['the last Friday of summer, at the close', '2025-10-31T21:00:00', false],
    ['the Sunday of autumn: the hour it opened in summer', '2025-11-02T21:00:10', false],
    ['the Sunday of autumn: opens an hour later', '2025-11-02T22:00:10', true],
  ]
  for (const [name, at, open] of HOURS) {
    it(`${open ? 'open' : 'closed'}: ${name}`, () => {
      assert.equal(isMarketOpen(utc(at)), open)
    })
  }
})

describe('the end of a DAY order', () => {
  const CUTOFFS: readonly (readonly [name: string, at: string, cutoff: string, end: string])[] = [
    ['in summer', '2025-06-11T13:00:00', '17:00', '2025-06-11T21:00:00'],
    ['in winter', '2025-01-15T13:00:00', '17:00', '2025-01-15T22:00:00'],
    ['a millisecond before it', '2025-06-11T20:59:59.999', '17:00', '2025-06-11T21:00:00'],
    ['at it: the next day', '2025-06-11T21:00:00', '17:00', '2025-06-12T21:00:00'],
    ['placed in the evening', '2025-06-12T01:00:00', '17:00', '2025-06-12T21:00:00'],
    ['on Friday, after its cut-off', '2025-06-13T21:00:00', '17:00', '2025-06-16T21:00:00'],
    ['on Friday, before it', '2025-06-13T20:59:59', '17:00', '2025-06-13T21:00:00'],
    ['on Saturday', '2025-06-14T13:00:00', '17:00', '2025-06-16T21:00:00'],
    ['on Sunday', '2025-06-15T21:30:00', '17:00', '2025-06-16T21:00:00'],
    ['over the change in spring', '2025-03-07T23:00:00', '17:00', '2025-03-10T21:00:00'],
    ['on the day of the change in spring', '2025-03-09T05:00:00', '17:00', '2025-03-10T21:00:00'],
    ['over the change in autumn', '2025-10-31T22:00:00', '17:00', '2025-11-03T22:00:00'],
    ['on the day of the change in autumn', '2025-11-02T04:00:00', '17:00', '2025-11-03T22:00:00'],
    ['at another hour', '2025-06-11T13:00:00', '09:30', '2025-06-11T13:30:00'],
    ['at midnight', '2025-06-11T13:00:00', '00:00', '2025-06-12T04:00:00'],
    [
      'before an hour that spring leaves out',
      '2025-03-09T05:00:00',
      '02:30',
      '2025-03-10T06:30:00',
    ],
    ['after an hour that spring left out', '2025-03-09T12:00:00', '02:30', '2025-03-10T06:30:00'],
    ['before an hour that autumn has twice', '2025-11-02T04:00:00', '01:30', '2025-11-03T06:30:00'],
    ['over the end of the year', '2025-12-31T23:00:00', '17:00', '2026-01-01T22:00:00'],
  ]
  for (const [name, at, cutoff, end] of CUTOFFS) {
    it(`is the next cut-off in New York: ${name}`, () => {
      assert.equal(new Date(nextCutoff(utc(at), cutoff)).toISOString(), `${end}.000Z`)
    })
  }
})
