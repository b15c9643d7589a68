import { describe, it } from 'node:test'
import { assert } from 'chai'
import { dataSets } from '../../src/mocks/exchange/market-data-sets.ts'
import { at, type Trader, Venue } from '../http/driver.ts'

const ask = (trader: Trader, query: Readonly<Record<string, string>>) =>
  trader.call('GET', `/marketdataset?${new URLSearchParams(query)}`)

const FIXED = { id: '4HProduct', symbol: 'EUR/USD' }
const REGULAR = { id: 'RealTimeMDS', symbol: 'EUR/USD', tenor: 'SPOT' }

describe('a market data set', () => {
  it('is one of each workflow', () => {
    assert.deepEqual(
      dataSets.map(({ id, workflow }) => `${id} ${workflow}`),
      ['RealTimeMDS regular', 'EndOfDayMDS endOfDay', '4HProduct fixedPeriod'],
    )
  })

  it('publishes rates for a window of four hours', async () => {
    const trader = await new Venue().trader()
    const { body } = await ask(trader, { id: '4HProduct', symbols: 'EUR/USD,USD/JPY,XXX/YYY' })
    assert.deepInclude(Object(at(body, 0)), {
      id: '4HProduct',
      name: 'Four-hour fixed-period market data',
      date: '2025-06-11',
      timeWindow: '1200-1600',
      createdTime: Date.UTC(2025, 5, 11, 12),
      activationTime: Date.UTC(2025, 5, 11, 12),
      validUntil: Date.UTC(2025, 5, 11, 16),
      nextCreationTime: Date.UTC(2025, 5, 11, 16),
      expirationTime: Date.UTC(2025, 5, 11, 16),
      rates: [
        {
          rateId: '4HProduct|2025-06-11|1200-1600|EURUSD|SPOT',
          symbol: 'EUR/USD',
          tenor: 'SPOT',
          bid: 1.08632,
          offer: 1.08636,
        },
        {
          rateId: '4HProduct|2025-06-11|1200-1600|USDJPY|SPOT',
          symbol: 'USD/JPY',
          tenor: 'SPOT',
          bid: 149.369,
          offer: 149.375,
        },
      ],
    })
  })

  it('keeps its rates until the window ends, whatever the market does', async () => {
    const venue = new Venue()
    const trader = await venue.trader()
    const rateNow = async () => at((await ask(trader, FIXED)).body, 0, 'rates', 0)
    const rate = await rateNow()
    venue.market.move(50, 'EUR/USD')
    assert.deepEqual(await rateNow(), rate)
    venue.clock.advance(3 * 3_600_000 - 1)
    await trader.login()
    assert.deepEqual(await rateNow(), rate)
    venue.clock.advance(1)
    const next = await rateNow()
    assert.equal(at(next, 'rateId'), '4HProduct|2025-06-11|1600-2000|EURUSD|SPOT')
    assert.notEqual(at(next, 'bid'), at(rate, 'bid'))
  })

  it('lets anybody place on its rate, until the window ends', async () => {
    const venue = new Venue()
    const trader = await venue.trader()
    const other = await venue.trader('ben')
    const { body } = await ask(trader, FIXED)
    const rate = {
      ...(await trader.rate()),
      rateId: String(at(body, 0, 'rates', 0, 'rateId')),
      offer: Number(at(body, 0, 'rates', 0, 'offer')),
    }
    const status = async (by: Trader) => {
      const placed = await by.placePq(rate)
      return (await by.finish(String(at(placed.body, 'orderId')))).status
    }
    venue.clock.advance(3 * 3_600_000 - 1)
    await Promise.all([trader.login(), other.login()])
    assert.equal(await status(other), 'FILLED')
    venue.clock.advance(1)
    assert.equal(await status(trader), 'REJECTED')
  })

  it('has no rates for another date, tenor or window, nor for what nobody streams', async () => {
    const venue = new Venue()
    const trader = await venue.trader()
    const rates = async (query: Readonly<Record<string, string>>) =>
      at((await ask(trader, query)).body, 0, 'rates', 'length')
    assert.equal(await rates({ ...FIXED, date: '2025-06-11' }), 1)
    assert.equal(await rates({ ...FIXED, date: '2025-06-10' }), 0)
    assert.equal(await rates({ ...FIXED, tenor: 'SPOT' }), 1)
    assert.equal(await rates({ ...FIXED, tenor: '1W' }), 0)
    assert.equal(await rates({ ...FIXED, timeWindow: '1200-1600' }), 1)
    assert.equal(await rates({ ...FIXED, timeWindow: '0800-1200' }), 0)
    venue.market.withdraw('GBP/USD')
    assert.equal(await rates({ ...FIXED, symbol: 'GBP/USD' }), 0)
  })

  it('is found by organisation too: the fixed-period one', async () => {
    const { body } = await ask(await new Venue().trader(), { org: 'BNK1-4HOrg', symbol: 'EUR/USD' })
    assert.deepEqual([at(body, 'length'), at(body, 0, 'id')], [1, '4HProduct'])
  })

  const QUERIES: readonly (readonly [string, Readonly<Record<string, string>>, number])[] = [
    ['a regular one by tenor', REGULAR, 200],
    ['a regular one by date', { id: 'RealTimeMDS', symbol: 'EUR/USD', date: '2025-06-11' }, 200],
    ['a regular one by both', { ...REGULAR, date: '2025-06-11' }, 400],
    ['a regular one by neither', { id: 'RealTimeMDS', symbol: 'EUR/USD' }, 400],
    ['a regular one with a window', { ...REGULAR, timeWindow: '1200-1600' }, 400],
    ['an end-of-day one by neither', { id: 'EndOfDayMDS', symbol: 'EUR/USD' }, 400],
    ['an end-of-day one', { id: 'EndOfDayMDS', symbols: 'EUR/USD', tenor: 'SPOT' }, 200],
    ['symbol and symbols', { ...FIXED, symbols: 'EUR/USD' }, 400],
    ['neither symbol nor symbols', { id: '4HProduct' }, 400],
    ['id and org', { ...FIXED, org: 'A' }, 400],
    ['neither id nor org', { symbol: 'EUR/USD' }, 400],
    ['a day that is none', { ...FIXED, date: '2025-02-30' }, 400],
    ['a day written otherwise', { ...FIXED, date: '20250611' }, 400],
    ['symbols that name none', { id: '4HProduct', symbols: ' , ' }, 400],
    ['an unknown id', { id: 'NoMDS', symbol: 'EUR/USD' }, 400],
  ]
  for (const [what, query, code] of QUERIES) {
    it(`answers ${code} to a query for ${what}`, async () => {
      assert.equal((await ask(await new Venue().trader(), query)).status, code)
    })
  }
})
