import { describe, it } from 'node:test'
import { Big } from 'big.js'
import { assert } from 'chai'
import fc from 'fast-check'
import type { SpotRate } from '../../src/api/contract/rates.ts'
import { buysBase, dealtFields, limitPrice, marketPrice, movedBy } from '../../src/steps/terms.ts'

const PRICING = { throughPips: 10, awayPips: 200, awayFraction: 0.01 }
const NONE = { throughPips: 0, awayPips: 0, awayFraction: 0 }
const AGREED = { symbol: 'EUR/USD', smallSize: 10_000, minSize: 1_000 }

const rateOf = (symbol: string, bid: number, offer = bid): SpotRate => ({
  ...{ symbol, bid, offer, bidLimit: 1_000_000, offerLimit: 1_000_000 },
  ...{ time: 0, rateId: 'r' },
})

const pipOf = (symbol: string) => new Big(symbol.endsWith('JPY') ? '0.01' : '0.0001')

/** A market as it may stand: locked or with a spread, of yen or of others. */
const markets = fc
  .record({
    isYen: fc.boolean(),
    points: fc.integer({ min: 60_000, max: 200_000 }),
    spread: fc.nat(400),
  })
  .map(({ isYen, points, spread }) => {
    const decimals = isYen ? 3 : 5
    const at = (point: number) => new Big(point).times(new Big(10).pow(-decimals)).toNumber()
    return rateOf(isYen ? 'USD/JPY' : 'EUR/USD', at(points), at(points + spread))
  })

const sides = fc.constantFrom('Buy' as const, 'Sell' as const)
const dealt = fc.constantFrom('base' as const, 'term' as const)

describe('Which way an order goes', () => {
  const cases = [
    ['Buy', 'EUR', true],
    ['Sell', 'EUR', false],
    ['Buy', 'USD', false],
    ['Sell', 'USD', true],
  ] as const
  for (const [side, currency, isBuying] of cases) {
    it(`is ${isBuying ? 'to buy' : 'to sell'} euros where ${currency} are dealt to ${side}`, () => {
      assert.equal(buysBase({ side, currency, symbol: 'EUR/USD' }), isBuying)
      const fields = dealtFields(
        side,
        { kind: 'small', of: currency === 'EUR' ? 'base' : 'term' },
        rateOf('EUR/USD', 1.1, 1.2),
        AGREED,
      )
      assert.equal(fields.currency, currency)
      assert.equal(marketPrice(fields, rateOf('EUR/USD', 1.1, 1.2)), isBuying ? 1.2 : 1.1)
    })
  }
})

describe('The size of an order', () => {
  it('is what was agreed, in the base currency or worth as much in the other', () => {
    const rate = rateOf('EUR/USD', 1.25)
    const sizeOf = (amount: Parameters<typeof dealtFields>[1]) =>
      dealtFields('Buy', amount, rate, AGREED).size
    assert.equal(sizeOf({ kind: 'small', of: 'base' }), 10_000)
    assert.equal(sizeOf({ kind: 'small', of: 'term' }), 13_000)
    assert.equal(sizeOf({ kind: 'smallest' }), 1_000)
    assert.equal(sizeOf({ kind: 'above the limit' }), 2_000_000)
  })
})

describe('A limit price', () => {
  it('is never one that fills by accident where the order must not: it is away by pips and by share', () => {
    fc.assert(
      fc.property(
        markets,
        sides,
        dealt,
        fc.integer({ min: 1, max: 600 }),
        (rate, side, of, pips) => {
          const fields = dealtFields(side, { kind: 'small', of }, rate, AGREED)
          const isBuying = buysBase(fields)
          const price = limitPrice(fields, rate, isBuying ? -pips : pips, PRICING)
          const market = new Big(isBuying ? rate.offer : rate.bid)
          const distance = isBuying ? market.minus(price) : new Big(price).minus(market)
          const pip = pipOf(rate.symbol)
          assert.isTrue(distance.gte(pip.times(Math.max(200, pips))), `${distance} in pips`)
          // Rounded to a whole pip: half of one at most is missing.
          const share = market.times(PRICING.awayFraction).minus(pip.div(2))
          assert.isTrue(distance.gte(share), `${distance} of ${market}`)
          assert.isAbove(price, 0)
          assert.isAtMost(new Big(price).c.length, 8, 'more digits than prices have')
        },
      ),
    )
  })

  it('reaches through the market by pips, where the order is meant to fill', () => {
    fc.assert(
      fc.property(
        markets,
        sides,
        dealt,
        fc.integer({ min: 1, max: 600 }),
        (rate, side, of, pips) => {
          const fields = dealtFields(side, { kind: 'small', of }, rate, AGREED)
          const isBuying = buysBase(fields)
          const price = limitPrice(fields, rate, isBuying ? pips : -pips, PRICING)
          const market = isBuying ? rate.offer : rate.bid
          const through = isBuying ? new Big(price).minus(market) : new Big(market).minus(price)
          const expected = pipOf(rate.symbol).times(Math.max(10, pips))
          assert.isTrue(through.eq(expected), `${through} instead of ${expected}`)
        },
      ),
    )
  })

  it('is the market where none is wanted, and exactly so far where nothing else is asked for', () => {
    fc.assert(
      fc.property(
        markets,
        sides,
        dealt,
        fc.integer({ min: -600, max: 600 }),
        (rate, side, of, pips) => {
          const fields = dealtFields(side, { kind: 'small', of }, rate, AGREED)
          assert.equal(limitPrice(fields, rate, 0, PRICING), marketPrice(fields, rate))
          const price = limitPrice(fields, rate, pips, NONE)
          assert.equal(price, movedBy(pips, marketPrice(fields, rate), rate.symbol))
        },
      ),
    )
  })

  it('stays away in a locked market and in yen, as these stand', () => {
    const euro = rateOf('EUR/USD', 1.1)
    const buying = dealtFields('Buy', { kind: 'small', of: 'base' }, euro, AGREED)
    assert.equal(limitPrice(buying, euro, -1, PRICING), 1.08)
    assert.equal(limitPrice(buying, euro, 1, PRICING), 1.101)
    // 200 pips of a yen are two; a hundredth of 300 is three.
    const yen = rateOf('USD/JPY', 300)
    const selling = dealtFields('Sell', { kind: 'small', of: 'base' }, yen, AGREED)
    assert.equal(limitPrice(selling, yen, 1, PRICING), 303)
    const inYen = dealtFields('Sell', { kind: 'small', of: 'term' }, yen, AGREED)
    assert.equal(limitPrice(inYen, yen, -1, PRICING), 297)
  })
})
