import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { isoDate, parseStamp, spotDate, stamp } from '../../src/mocks/exchange/dates.ts'

const instant = fc.integer({ min: 0, max: Date.UTC(2100, 0) })

describe('dates', () => {
  it('stamp as the samples do', () => {
    assert.equal(stamp(Date.UTC(2023, 5, 2, 18, 31, 1, 301)), '2023-06-02 18:31:01,301 +0000')
  })

  it('read back what they stamped', () => {
    fc.assert(
      fc.property(instant, (epochMs) => {
        assert.equal(parseStamp(stamp(epochMs)), epochMs)
      }),
      { seed: 1 },
    )
  })

  it('read stamps of other zones', () => {
    const utc = Date.UTC(2023, 5, 2, 18, 31, 1, 301)
    assert.equal(parseStamp('2023-06-02 20:31:01,301 +0200'), utc)
    assert.equal(parseStamp('2023-06-02 13:01:01,301 -0530'), utc)
  })

  for (const text of [
    '',
    '2023-06-02',
    '2023-06-02 18:31:01.301 +0000',
    '2023-06-02 18:31:01,301 Z',
    '2023-06-02 18:31:01,301+0000',
    '2023-06-02T18:31:01,301 +0000',
    '2023-02-30 18:31:01,301 +0000',
    '2023-13-02 18:31:01,301 +0000',
    '2023-06-02 25:31:01,301 +0000',
    ' 2023-06-02 18:31:01,301 +0000',
    '2023-06-02 18:31:01,301 +0000 ',
  ]) {
    it(`do not read "${text}"`, () => {
      assert.isUndefined(parseStamp(text))
    })
  }

  it('name the day in UTC, or where they are asked to', () => {
    const evening = Date.UTC(2025, 5, 11, 22)
    assert.equal(isoDate(evening), '2025-06-11')
    assert.equal(isoDate(evening, 'Asia/Tokyo'), '2025-06-12')
    assert.equal(isoDate(Date.UTC(2025, 5, 11, 3), 'America/New_York'), '2025-06-10')
  })

  const SPOT = {
    'a Monday': ['2025-06-09', '2025-06-11'],
    'a Wednesday': ['2025-06-11', '2025-06-13'],
    'a Thursday': ['2025-06-12', '2025-06-16'],
    'a Friday': ['2025-06-13', '2025-06-17'],
    'a Saturday': ['2025-06-14', '2025-06-17'],
    'a Sunday': ['2025-06-15', '2025-06-17'],
    'the end of a year': ['2025-12-30', '2026-01-01'],
  } as const
  for (const [day, [traded, value]] of Object.entries(SPOT)) {
    it(`value spot two business days after ${day}`, () => {
      assert.equal(spotDate(Date.parse(`${traded}T13:00:00Z`)), value)
    })
  }
})
