import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { capProblem, pairProblem } from '../../src/backends/endpoint/caps.ts'

const CAPS = { maxSize: 100_000, maxOrders: 3, maxOpenOrders: 2, maxRequestsPerSecond: 25 }
const NONE = { placed: 0, open: 0 }
const order = (more: object) => ({
  ...{ type: 'Limit', symbol: 'EUR/USD', currency: 'EUR', price: 1.25, size: 1_000 },
  ...more,
})
const problem = (more: object, use = NONE) => capProblem(order(more), CAPS, use)

describe('The caps', () => {
  it('hold for a size in the base currency, at the cap included', () => {
    assert.isUndefined(problem({ size: 100_000 }))
    assert.match(
      problem({ size: 100_000.01 }) ?? '',
      /^an order of 100000 is above the cap of 100000 on its size \(INTEGRAL_MAX_SIZE\)$/,
    )
  })

  it('hold for a size in the term currency, by what it is worth', () => {
    assert.isUndefined(problem({ currency: 'USD', size: 125_000 }))
    assert.isDefined(problem({ currency: 'USD', size: 125_001 }))
    const yen = { symbol: 'USD/JPY', currency: 'JPY', price: 150 }
    assert.isUndefined(problem({ ...yen, size: 15_000_000 }))
    assert.isDefined(problem({ ...yen, size: 15_000_001 }))
  })

  it('count a size in the term currency as it stands where no price tells its worth', () => {
    for (const price of [undefined, null, 'x', 0, -1.25]) {
      assert.isDefined(problem({ currency: 'USD', size: 100_001, price }), String(price))
    }
  })

  it('hold for numbers that are sent as text', () => {
    assert.isDefined(problem({ size: '100001' }))
    assert.isDefined(problem({ size: '1e9' }))
    assert.isDefined(problem({ currency: 'USD', size: '125001', price: '1.25' }))
    assert.isUndefined(problem({ size: '100000' }))
  })

  it('hold for a size below nothing, which a server might read as the other side', () => {
    assert.isDefined(problem({ size: -100_001 }))
    assert.isDefined(problem({ size: '-1e9' }))
    assert.isUndefined(problem({ size: -1 }))
  })

  it('take what is no amount for none: such an order is wrong on purpose', () => {
    for (const size of [undefined, null, 'ten', {}, [], true]) assert.isUndefined(problem({ size }))
    for (const body of [undefined, null, 'text', 7]) {
      assert.isUndefined(capProblem(body, CAPS, NONE))
    }
  })

  it('hold for the orders of a run and for those open at once, whatever they say', () => {
    for (const body of [order({}), {}, undefined]) {
      assert.match(capProblem(body, CAPS, { placed: 3, open: 0 }) ?? '', /^the cap of 3 orders/)
      assert.match(capProblem(body, CAPS, { placed: 2, open: 2 }) ?? '', /^the cap of 2 open/)
      assert.isUndefined(capProblem(body, CAPS, { placed: 2, open: 1 }))
    }
  })

  it('let nothing through that is worth more, in either currency', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 1e-3, max: 1e12, noNaN: true }),
        fc.double({ min: 1e-3, max: 1e4, noNaN: true }),
        fc.boolean(),
        fc.boolean(),
        (size, price, isTerm, asText) => {
          const worth = isTerm ? size / price : size
          // What differs by no more than a double does is not the question.
          fc.pre(Math.abs(worth - CAPS.maxSize) > 1e-3)
          const sent = asText ? { size: String(size), price: String(price) } : { size, price }
          const why = problem({ ...sent, currency: isTerm ? 'USD' : 'EUR' })
          assert.equal(why !== undefined, worth > CAPS.maxSize)
        },
      ),
    )
  })
})

describe('The pair that is traded', () => {
  it('is the agreed one alone; one that does not exist is none', () => {
    for (const symbol of ['USD/JPY', 'EUR/GBP', 'USD/EUR']) {
      assert.equal(
        pairProblem(order({ symbol }), 'EUR/USD'),
        `an order in ${symbol} is none in the agreed pair, EUR/USD`,
      )
    }
    for (const symbol of ['EUR/USD', undefined, '', 7, 'EUR', 'ABC/XYZ', 'EUR/USD/JPY']) {
      assert.isUndefined(pairProblem(order({ symbol }), 'EUR/USD'), String(symbol))
    }
    assert.isUndefined(pairProblem(undefined, 'EUR/USD'))
  })
})
