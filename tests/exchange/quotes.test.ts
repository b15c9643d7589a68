import { describe, it } from 'node:test'
import { assert } from 'chai'
import { Chance } from '../../src/mocks/exchange/chance.ts'
import type { User } from '../../src/mocks/exchange/directory.ts'
import { Market } from '../../src/mocks/exchange/market.ts'
import { type Quote, Quotes } from '../../src/mocks/exchange/quotes.ts'
import { parseSettings } from '../../src/mocks/exchange/settings/parse-settings.ts'
import type { Settings } from '../../src/mocks/exchange/settings/settings.ts'
import { VirtualClock } from '../../src/mocks/exchange/virtual-clock.ts'

const ada: User = { name: 'ada', org: 'AdaOrg', password: 'x', mayTrade: true }

function open(settings: Partial<Settings> = {}, most?: number) {
  const clock = new VirtualClock(Date.UTC(2025, 5, 11, 13))
  const chance = new Chance('quotes')
  const market = new Market(clock, chance, ['LP1'])
  return { clock, market, quotes: new Quotes(clock, chance, market, parseSettings(settings), most) }
}

function quoted(quotes: Quotes, symbol = 'EUR/USD'): Quote {
  const quote = quotes.quote(ada, symbol)
  return quote.ok ? quote.value : assert.fail(quote.refusal.detail)
}

describe('quotes', () => {
  it('are the top of the book at their time', () => {
    const { clock, market, quotes } = open()
    clock.advance(20_000)
    const { bid, offer, bidLimit, offerLimit, quotedAt, quotedTo, symbol } = quoted(quotes)
    const top = market.top('EUR/USD')
    assert.deepEqual(
      [bid, offer, bidLimit, offerLimit],
      [top?.bid, top?.offer, top?.bidLimit, top?.offerLimit],
    )
    assert.deepEqual([quotedAt, quotedTo, symbol], [clock.now(), ada, 'EUR/USD'])
  })

  it('keep their price when the market moves on', () => {
    const { market, quotes } = open()
    const quote = quoted(quotes)
    market.move(100, 'EUR/USD')
    assert.equal(quotes.find(quote.rateId)?.bid.toString(), quote.bid.toString())
    assert.notEqual(quoted(quotes).bid.toString(), quote.bid.toString())
  })

  for (const ttl of [1, 5_000, 60_000]) {
    it(`can be dealt on until ${ttl} ms have passed, and not then`, () => {
      const { clock, quotes } = open({ 'rate.ttlMs': ttl })
      const quote = quoted(quotes)
      assert.equal(quote.expiresAt, clock.now() + ttl)
      clock.advance(ttl - 1)
      assert.isTrue(quotes.isLive(quote))
      clock.advance(1)
      assert.isFalse(quotes.isLive(quote))
    })
  }

  it('have ids like the sample’s, each of its own', () => {
    const { quotes } = open()
    const ids = Array.from({ length: 100 }, () => quoted(quotes, 'USD/JPY').rateId)
    for (const id of ids) assert.match(id, /^2025-06-11-USDJPY-SPOT-[0-9a-f]{10}$/)
    assert.equal(new Set(ids).size, 100)
    assert.equal(quoted(open().quotes, 'USD/JPY').rateId, ids[0])
  })

  it('are spent once dealt on, only where the settings say so', () => {
    for (const [singleUse, live] of [
      [false, true],
      [true, false],
    ] as const) {
      const { quotes } = open({ 'rate.singleUse': singleUse })
      const [quote, other] = [quoted(quotes), quoted(quotes)]
      quotes.spend(quote.rateId)
      assert.deepEqual([quotes.isLive(quote), quotes.isLive(other)], [live, true])
    }
  })

  it('are refused for what has no price', () => {
    const { market, quotes } = open()
    market.withdraw('EUR/USD')
    const reasons = ['EUR/USD', 'XXX/YYY', ''].map((symbol) => {
      const quote = quotes.quote(ada, symbol)
      return quote.ok ? 'none' : quote.refusal.reason
    })
    assert.deepEqual(reasons, ['no-liquidity', 'unknown-symbol', 'unknown-symbol'])
  })

  it('are kept up to a limit; the oldest makes room, expired or not', () => {
    const { clock, quotes } = open({ 'rate.singleUse': true }, 3)
    const [first, second, third] = [quoted(quotes), quoted(quotes), quoted(quotes)]
    quotes.spend(first.rateId)
    assert.isDefined(quotes.find(first.rateId))
    clock.advance(5_000)
    const fourth = quoted(quotes)
    const fifth = quoted(quotes)
    const kept = [first, second, third, fourth, fifth].map(({ rateId }) => quotes.find(rateId))
    assert.deepEqual(kept, [undefined, undefined, third, fourth, fifth])
  })

  it('make room before the published rates that hold, and not before those that are over', () => {
    const { clock, quotes } = open({}, 3)
    const { quotedTo: _, ...prices } = quoted(quotes)
    const published = { ...prices, rateId: 'published', expiresAt: clock.now() + 10_000 }
    quotes.remember(published)
    for (let quote = 0; quote < 7; quote++) quoted(quotes)
    assert.equal(quotes.find('published'), published)
    clock.advance(10_000)
    for (let quote = 0; quote < 3; quote++) quoted(quotes)
    assert.isUndefined(quotes.find('published'))
  })

  it('keep to the limit also where all are published and hold', () => {
    const { clock, quotes } = open({}, 2)
    const { quotedTo: _, ...prices } = quoted(quotes)
    for (const rateId of ['one', 'two', 'three'])
      quotes.remember({ ...prices, rateId, expiresAt: clock.now() + 10_000 })
    const kept = ['one', 'two', 'three'].filter((rateId) => quotes.find(rateId))
    assert.lengthOf(kept, 2)
    assert.include(kept, 'three')
  })
})
