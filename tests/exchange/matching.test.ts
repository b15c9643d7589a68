import { describe, it } from 'node:test'
import { Big } from 'big.js'
import { assert } from 'chai'
import fc from 'fast-check'
import {
  available,
  dealable,
  isWithinLimit,
  marketPrice,
  settledAmount,
  split,
} from '../../src/mocks/exchange/matching.ts'
import type { OrderTerms } from '../../src/mocks/exchange/order-terms.ts'
import { minorUnits, type Pair, pairs } from '../../src/mocks/exchange/pairs.ts'
import type { Level } from '../../src/mocks/exchange/quotation.ts'

const pairOf = (symbol: string): Pair => pairs.get(symbol) ?? assert.fail(symbol)

/** Terms of a limit order, of buying base unless told otherwise. */
const terms = (particulars: Partial<OrderTerms> = {}): OrderTerms => ({
  type: 'Limit',
  timeInForce: 'GTC',
  pair: pairOf('EUR/USD'),
  size: new Big(1_000_000),
  minQty: new Big(0),
  dealsBase: true,
  takes: 'offer',
  price: new Big('1.1'),
  ...particulars,
})

const level = (
  bid: number | string,
  offer: number | string,
  bidLimit = 5,
  offerLimit = 3,
): Level => ({
  bid: new Big(bid),
  offer: new Big(offer),
  bidLimit: new Big(bidLimit).times(1_000_000),
  offerLimit: new Big(offerLimit).times(1_000_000),
  provider: 'LP1',
})

const USUAL = level('1.08632', '1.08636')

/** Money with two decimals, and prices with five. */
const amount = fc.integer({ min: 1, max: 10 ** 11 }).map((cents) => new Big(cents).div(100))
const price = fc.integer({ min: 1_000, max: 10 ** 8 }).map((points) => new Big(points).div(10 ** 5))
const anyTerms = fc.record({
  pair: fc.constantFrom(...pairs.values()),
  size: amount,
  minQty: fc.oneof(fc.constant(new Big(0)), amount),
  dealsBase: fc.boolean(),
  takes: fc.constantFrom('offer' as const, 'bid' as const),
  price,
  timeInForce: fc.constantFrom('GTC' as const, 'IOC' as const, 'FOK' as const, 'DAY' as const),
})
const anyLevel = fc.record({ bid: price, spread: price, bidLimit: amount, offerLimit: amount }).map(
  ({ bid, spread, bidLimit, offerLimit }): Level => ({
    bid,
    offer: bid.plus(spread),
    bidLimit,
    offerLimit,
    provider: 'LP1',
  }),
)

interface Deal {
  readonly asked: OrderTerms
  readonly beyond: boolean
  readonly onOffer: Big
  readonly allOrNothing: boolean
  readonly dealt: Big
  readonly offered: Big
}

function reckoned(asked: OrderTerms, limit: Big, top: Level, oversize: 'partial' | 'expire'): Deal {
  const [taken, base, beyond] =
    asked.takes === 'offer'
      ? [top.offer, top.offerLimit, top.offer.gt(limit)]
      : [top.bid, top.bidLimit, top.bid.lt(limit)]
  return {
    asked,
    beyond,
    onOffer: asked.dealsBase ? base : base.times(taken),
    allOrNothing: asked.timeInForce === 'FOK' || oversize === 'expire',
    dealt: dealable(asked, asked.size, top, oversize),
    offered: available(asked, top),
  }
}

describe('matching', () => {
  it('lifts the offer or hits the bid', () => {
    assert.equal(marketPrice(terms({ takes: 'offer' }), USUAL).toString(), '1.08636')
    assert.equal(marketPrice(terms({ takes: 'bid' }), USUAL).toString(), '1.08632')
  })

  const LIMITS: readonly (readonly ['offer' | 'bid', string, boolean])[] = [
    ['offer', '1.08637', true],
    ['offer', '1.08636', true],
    ['offer', '1.08635', false],
    ['bid', '1.08631', true],
    ['bid', '1.08632', true],
    ['bid', '1.08633', false],
  ]
  for (const [takes, limit, within] of LIMITS) {
    it(`${within ? 'deals' : 'does not deal'} on the ${takes} with a limit of ${limit}`, () => {
      const asked = terms({ takes, price: new Big(limit) })
      assert.equal(isWithinLimit(asked, marketPrice(asked, USUAL)), within)
      assert.equal(dealable(asked, new Big(100), USUAL, 'partial').toNumber(), within ? 100 : 0)
    })
  }

  it('deals at any price without a limit', () => {
    const { price: _limit, ...asked } = terms()
    assert.isTrue(isWithinLimit(asked, new Big(1_000)))
  })

  describe('whatever is asked of whatever market', () => {
    const oversize = fc.constantFrom('partial' as const, 'expire' as const)
    /** What each order may take, reckoned here from its terms. */
    const holds = (law: (deal: Deal) => void) =>
      fc.assert(
        fc.property(anyTerms, anyLevel, oversize, (particulars, top, handling) =>
          law(reckoned(terms(particulars), particulars.price, top, handling)),
        ),
        { seed: 1, numRuns: 500 },
      )

    it('deals nothing beyond the limit', () => {
      holds(({ beyond, dealt }) => assert.isTrue(!beyond || dealt.eq(0)))
    })

    it('deals no more than is open, and no more than is on offer', () => {
      holds(({ asked, dealt, onOffer }) => {
        assert.isTrue(dealt.gte(0) && dealt.lte(asked.size) && dealt.lte(onOffer))
      })
    })

    it('deals no part of all or nothing, and none below minQty', () => {
      holds(({ asked, allOrNothing, dealt }) => {
        if (dealt.eq(0) || dealt.eq(asked.size)) return
        assert.isTrue(!allOrNothing && dealt.gte(asked.minQty))
      })
    })

    it('deals all that is open where so much is on offer', () => {
      holds(({ asked, beyond, dealt, offered }) => {
        if (!beyond && asked.size.lte(offered)) assert.isTrue(dealt.eq(asked.size))
      })
    })
  })

  it('deals nothing where there is no price', () => {
    assert.equal(dealable(terms(), new Big(1), undefined, 'partial').toNumber(), 0)
  })

  const OVERSIZE: readonly (readonly [
    string,
    Partial<OrderTerms>,
    'partial' | 'expire',
    number,
  ])[] = [
    ['what there is', {}, 'partial', 3_000_000],
    ['nothing, told so', {}, 'expire', 0],
    ['nothing of a FOK order', { timeInForce: 'FOK' }, 'partial', 0],
    ['nothing below minQty', { minQty: new Big(3_000_001) }, 'partial', 0],
    ['what there is at minQty', { minQty: new Big(3_000_000) }, 'partial', 3_000_000],
    ['what is on the bid', { takes: 'bid', price: new Big(1) }, 'partial', 4_000_000],
  ]
  for (const [what, particulars, oversize, dealt] of OVERSIZE) {
    it(`deals ${what}, where less is on offer than is open`, () => {
      const asked = terms({ size: new Big(4_000_000), ...particulars })
      assert.equal(dealable(asked, asked.size, USUAL, oversize).toNumber(), dealt)
    })
  }

  it('offers the dealt currency: base as it is, term at the price, whole cents or yen only', () => {
    const dollars = { dealsBase: false, takes: 'bid' } as const
    assert.equal(available(terms(), USUAL).toString(), '3000000')
    assert.equal(available(terms(dollars), USUAL).toString(), '5431600')
    const uneven = { ...level('1.08632', '1.08636'), bidLimit: new Big('1.01') }
    assert.equal(available(terms(dollars), uneven).toString(), '1.09')
    const yen = terms({ ...dollars, pair: pairOf('USD/JPY') })
    assert.equal(
      available(yen, { ...level('149.369', '149.375'), bidLimit: new Big('1.5') }).toString(),
      '224',
    )
  })

  const SETTLED: readonly (readonly [string, string, string, string, string])[] = [
    ['EUR/USD', 'base', '1000000', '1.08636', '1086360'],
    ['EUR/USD', 'base', '0.01', '1.08636', '0.01'],
    ['EUR/USD', 'base', '123.45', '1.08636', '134.11'],
    ['EUR/USD', 'term', '1086360', '1.08636', '1000000'],
    ['EUR/USD', 'term', '100', '1.08636', '92.05'],
    ['USD/JPY', 'base', '1000000', '149.375', '149375000'],
    ['USD/JPY', 'base', '0.01', '149.375', '1'],
    ['USD/JPY', 'term', '1000000', '149.375', '6694.56'],
    ['EUR/JPY', 'base', '100.5', '162.273', '16308'],
  ]
  for (const [symbol, dealt, quantity, rate, settled] of SETTLED) {
    it(`settles ${quantity} of ${dealt} ${symbol} at ${rate} for ${settled}`, () => {
      const asked = terms({ pair: pairOf(symbol), dealsBase: dealt === 'base' })
      assert.equal(settledAmount(asked, new Big(quantity), new Big(rate)).toString(), settled)
    })
  }

  it('settles within half a minor unit of the exact amount', () => {
    fc.assert(
      fc.property(anyTerms, price, (particulars, rate) => {
        const asked = terms(particulars)
        const settled = settledAmount(asked, asked.size, rate)
        const exact = asked.dealsBase ? asked.size.times(rate) : asked.size.div(rate)
        const decimals = minorUnits(asked.dealsBase ? asked.pair.term : asked.pair.base)
        assert.isTrue(
          settled
            .minus(exact)
            .abs()
            .lte(new Big(0.5).div(10 ** decimals)),
        )
        assert.isTrue(settled.eq(settled.round(decimals)))
      }),
      { seed: 2 },
    )
  })

  it('splits without losing or inventing anything', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 10 ** 9 }),
        fc.integer({ min: 1, max: 60 }),
        fc.constantFrom(0, 2),
        (units, count, decimals) => {
          const quantity = new Big(units).div(10 ** decimals)
          const parts = split(quantity, count, decimals)
          const sum = parts.reduce((total, part) => total.plus(part), new Big(0))
          assert.isTrue(sum.eq(quantity))
          assert.isTrue(parts.every((part) => part.gt(0) && part.eq(part.round(decimals))))
          assert.equal(parts.length, units >= count ? count : 1)
          assert.isTrue(parts.slice(1, -1).every((part) => part.eq(parts[0] ?? 0)))
        },
      ),
      { seed: 3 },
    )
  })
})
