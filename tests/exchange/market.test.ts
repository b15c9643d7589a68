import { describe, it } from 'node:test'
import { Big } from 'big.js'
import { assert } from 'chai'
import { Chance } from '../../src/mocks/exchange/chance.ts'
import { Market, TICK_MS } from '../../src/mocks/exchange/market.ts'
import { minorUnits, pairs } from '../../src/mocks/exchange/pairs.ts'
import type { Level } from '../../src/mocks/exchange/quotation.ts'
import { VirtualClock } from '../../src/mocks/exchange/virtual-clock.ts'

const PROVIDERS = ['LP1', 'LP2', 'LP3', 'LP4']
const DAY_MS = 86_400_000

function open(seed = 'market') {
  const clock = new VirtualClock(Date.UTC(2025, 5, 11, 13))
  return { clock, market: new Market(clock, new Chance(seed), PROVIDERS) }
}

function topOf(market: Market, symbol: string): Level {
  const top = market.top(symbol)
  return top ?? assert.fail(`No price for ${symbol}`)
}

const bidOf = (market: Market, symbol = 'EUR/USD') => topOf(market, symbol).bid.toFixed(5)

const pricesOf = (market: Market) =>
  market.symbols.map((symbol) => topOf(market, symbol).bid.toString()).join(' ')

/** What each currency is worth in US dollars, within a factor of 1.5 in any recent year. */
const IN_DOLLARS: Readonly<Record<string, number>> = {
  USD: 1,
  EUR: 1.1,
  GBP: 1.27,
  AUD: 0.66,
  NZD: 0.6,
  CAD: 0.73,
  CHF: 1.13,
  JPY: 0.0067,
  SEK: 0.096,
  NOK: 0.095,
  DKK: 0.146,
  SGD: 0.745,
  HKD: 0.128,
  MXN: 0.058,
  ZAR: 0.053,
  INR: 0.012,
}

describe('the pairs', () => {
  it('are 20 at least, the majors among them', () => {
    assert.isAtLeast(pairs.size, 20)
    assert.includeMembers(
      [...pairs.keys()],
      ['EUR/USD', 'USD/JPY', 'GBP/USD', 'AUD/USD', 'USD/CAD', 'USD/CHF', 'NZD/USD'],
    )
  })

  for (const pair of pairs.values()) {
    it(`have ${pair.symbol} near what it is worth, in usual pips, spread and size`, () => {
      const { base, term, symbol, decimals, midPoints, spreadPoints, topSize } = pair
      assert.equal(symbol, `${base}/${term}`)
      const mid = midPoints / 10 ** decimals
      const worth = (IN_DOLLARS[base] ?? Number.NaN) / (IN_DOLLARS[term] ?? Number.NaN)
      assert.isTrue(mid > worth / 1.2 && mid < worth * 1.2, `${mid} for ${worth}`)
      // A pip is 0.01 yen, 0.0001 of most; the price has one digit more.
      assert.equal(decimals, term === 'JPY' ? 3 : term === 'INR' ? 4 : 5)
      assert.isAbove(spreadPoints, 0)
      assert.isBelow(spreadPoints / midPoints, 0.001)
      assert.isTrue(topSize >= 1_000_000 && topSize <= 10_000_000)
    })
  }

  it('count in whole yen, and in cents of the rest', () => {
    assert.deepEqual(['JPY', 'EUR', 'USD'].map(minorUnits), [0, 2, 2])
  })
})

describe('the market', () => {
  it('begins with the mid of each pair between bid and offer', () => {
    const { market } = open()
    assert.sameMembers([...market.symbols], [...pairs.keys()])
    for (const { symbol, decimals, midPoints, spreadPoints, topSize } of pairs.values()) {
      const { bid, offer, bidLimit, offerLimit } = topOf(market, symbol)
      assert.equal(
        offer
          .minus(bid)
          .times(10 ** decimals)
          .toString(),
        String(spreadPoints),
      )
      const mid = new Big(midPoints).div(10 ** decimals)
      assert.isTrue(bid.lt(mid) && offer.gt(mid), symbol)
      assert.deepEqual([bidLimit.toNumber(), offerLimit.toNumber()], [topSize, topSize])
    }
    assert.equal(bidOf(market), '1.08632')
  })

  it('has three levels, worse and larger one after the other, of a provider each', () => {
    const book = open().market.book('EUR/USD')
    assert.deepEqual(
      book.map(({ bid, offer, bidLimit, offerLimit, provider }) =>
        [bid, offer, bidLimit, offerLimit, provider].join(' '),
      ),
      [
        '1.08632 1.08636 5000000 5000000 LP1',
        '1.08628 1.0864 10000000 10000000 LP2',
        '1.08624 1.08644 15000000 15000000 LP3',
      ],
    )
  })

  it('has the same prices for the same seed, whoever looked before', () => {
    const first = open()
    const second = open()
    const course: string[] = []
    for (let tick = 0; tick < 30; tick++) {
      first.clock.advance(TICK_MS)
      course.push(pricesOf(first.market))
    }
    for (const ms of [700, 5_300, 24_000]) {
      second.clock.advance(ms)
      if (ms === 5_300) assert.equal(pricesOf(second.market), course[5])
    }
    assert.equal(pricesOf(second.market), course.at(-1))
    assert.isAbove(new Set(course).size, 20)
  })

  it('has other prices for another seed', () => {
    const [first, second] = [open('one'), open('two')]
    for (const { clock } of [first, second]) clock.advance(60 * TICK_MS)
    assert.notEqual(pricesOf(first.market), pricesOf(second.market))
  })

  it('walks once a second, pair by pair, and stays within five pips of its start', () => {
    const { clock, market } = open()
    const start = pricesOf(market)
    clock.advance(TICK_MS - 1)
    assert.equal(pricesOf(market), start)
    clock.advance(1)
    assert.notEqual(pricesOf(market), start)
    clock.advance(DAY_MS)
    for (const { symbol, decimals, midPoints, spreadPoints } of pairs.values()) {
      const bidPoints = topOf(market, symbol)
        .bid.times(10 ** decimals)
        .toNumber()
      assert.isAtMost(Math.abs(bidPoints + Math.floor(spreadPoints / 2) - midPoints), 50, symbol)
    }
    const moves = market.symbols.map((symbol) =>
      topOf(market, symbol).bid.minus(topOf(open().market, symbol).bid).toString(),
    )
    assert.isAbove(new Set(moves).size, 5)
  })

  it('stands still while frozen, and then goes on from there', () => {
    const { clock, market } = open()
    const twin = open()
    assert.isFalse(market.frozen)
    clock.advance(10 * TICK_MS)
    market.freeze()
    market.freeze()
    assert.isTrue(market.frozen)
    const frozen = pricesOf(market)
    clock.advance(DAY_MS)
    assert.equal(pricesOf(market), frozen)
    market.thaw()
    market.thaw()
    assert.isFalse(market.frozen)
    assert.equal(pricesOf(market), frozen)
    clock.advance(7 * TICK_MS)
    twin.clock.advance(17 * TICK_MS)
    assert.equal(pricesOf(market), pricesOf(twin.market))
  })

  it('can be moved by pips, one pair or all', () => {
    const { market } = open()
    market.freeze()
    market.move(10, 'EUR/USD')
    assert.deepEqual([bidOf(market), bidOf(market, 'USD/JPY')], ['1.08732', '149.36900'])
    market.move(-0.5)
    assert.deepEqual([bidOf(market), bidOf(market, 'USD/JPY')], ['1.08727', '149.36400'])
  })

  it('can be set to a mid, rounded to a point, and walks on from there', () => {
    const { clock, market } = open()
    clock.advance(5 * TICK_MS)
    market.set('EUR/USD', new Big('1.234567'))
    assert.deepEqual(
      [bidOf(market), topOf(market, 'EUR/USD').offer.toFixed(5)],
      ['1.23455', '1.23459'],
    )
    const courses = new Set<string>()
    for (let tick = 0; tick < 20; tick++) {
      clock.advance(TICK_MS)
      courses.add(bidOf(market))
    }
    assert.isAbove(courses.size, 3)
  })

  it('never has a price of nothing or less', () => {
    const { market } = open()
    market.move(-1_000_000)
    // The mid is kept at 13 points, so that the last bid of the book is above nothing.
    const bids = market.book('EUR/USD').map(({ bid }) => bid.toFixed(5))
    assert.deepEqual(bids, ['0.00011', '0.00007', '0.00003'])
    for (const symbol of market.symbols) {
      for (const { bid, offer } of market.book(symbol)) {
        assert.isTrue(bid.gt(0) && offer.gt(bid), symbol)
      }
    }
  })

  it('knows how far the walk alone can come', () => {
    const { market } = open()
    const reach = () => {
      const { bid, offer } = market.reach('EUR/USD') ?? assert.fail()
      return [bid.toFixed(5), offer.toFixed(5)]
    }
    // Five pips above and below the start of 1.08632 to 1.08636.
    assert.deepEqual(reach(), ['1.08682', '1.08586'])
    market.move(10, 'EUR/USD')
    assert.deepEqual(reach(), ['1.08782', '1.08686'])
    assert.isUndefined(market.reach('XXX/YYY'))
  })

  it('can be given another amount at the top', () => {
    const { market } = open()
    market.offerSize('EUR/USD', 250_000)
    const limits = market.book('EUR/USD').map(({ offerLimit }) => offerLimit.toNumber())
    assert.deepEqual(limits, [250_000, 500_000, 750_000])
    assert.equal(topOf(market, 'GBP/USD').offerLimit.toNumber(), 3_000_000)
  })

  it('has no price while nobody streams, of one pair or of all', () => {
    const { market } = open()
    market.withdraw('EUR/USD')
    assert.isUndefined(market.top('EUR/USD'))
    assert.deepEqual([market.streams('EUR/USD'), market.streams('GBP/USD')], [false, true])
    market.withdraw()
    assert.isEmpty(market.symbols.filter((symbol) => market.streams(symbol)))
    market.restore('EUR/USD')
    assert.deepEqual([market.streams('EUR/USD'), market.streams('GBP/USD')], [true, false])
    market.restore()
    assert.equal(bidOf(market), '1.08632')
  })

  it('knows no other symbol: it has no price, and staging it is refused', () => {
    const { market } = open()
    assert.isUndefined(market.pair('XXX/YYY'))
    assert.isUndefined(market.top('XXX/YYY'))
    assert.isEmpty(market.book('XXX/YYY'))
    assert.isFalse(market.streams('XXX/YYY'))
    for (const stage of [
      () => market.move(1, 'XXX/YYY'),
      () => market.set('XXX/YYY', new Big(1)),
      () => market.offerSize('XXX/YYY', 1),
      () => market.withdraw('XXX/YYY'),
      () => market.restore('XXX/YYY'),
    ]) {
      assert.throws(
        stage,
        RangeError,
        'Failed to stage XXX/YYY: unknown symbol. Use one of EUR/USD',
      )
    }
  })

  it('tells those who listen what was staged, and nothing of the walk', () => {
    const { clock, market } = open()
    const heard: string[] = []
    market.onChange((symbol) => heard.push(symbol))
    clock.advance(DAY_MS)
    market.freeze()
    assert.deepEqual(heard, [])
    market.move(1, 'EUR/USD')
    market.set('GBP/USD', new Big(1.3))
    market.offerSize('USD/JPY', 5)
    market.withdraw('EUR/GBP')
    market.restore('EUR/GBP')
    assert.deepEqual(heard, ['EUR/USD', 'GBP/USD', 'USD/JPY', 'EUR/GBP', 'EUR/GBP'])
    heard.length = 0
    market.thaw()
    assert.sameMembers(heard, [...market.symbols])
  })
})
