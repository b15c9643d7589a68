import assert from 'node:assert/strict'
import { after, afterEach, before, describe, it } from 'node:test'
import { setupIntegral } from 'integral-harness'
import { type Deal, trade } from './app.ts'

const integral = setupIntegral({ baseUrl: 'https://uat.fxinside.net' })
const account = { baseUrl: 'https://uat.fxinside.net', ...integral.credentials }
const wait = (ms: number) => integral.clock.sleep(ms)
const euros = { side: 'Buy', symbol: 'EUR/USD', currency: 'EUR', size: 1_000_000 } as const

describe('The trading app', () => {
  before(() => integral.listen())
  afterEach(() => integral.reset())
  after(() => integral.close())

  it('deals at the quote and downloads the trade', async () => {
    const { status, trades } = await trade(account, { coId: 'my-order-1', ...euros }, wait)
    assert.equal(status, 'FILLED')
    assert.deepEqual(
      trades.map(({ tradeId }) => tradeId),
      integral.trades().map(({ tradeId }) => tradeId),
    )
    assert.equal(trades.length, 1)
  })

  it('reports why an order was rejected', async () => {
    integral.outcomes.script('my-order-1', { kind: 'reject after NEW', reason: 'Last look' })
    const result = await trade(account, { coId: 'my-order-1', ...euros }, wait)
    assert.deepEqual(result, { status: 'REJECTED', reason: 'Last look', trades: [] })
  })

  it('gives up when the market stays away for 30 seconds', async () => {
    const offer = integral.market.top('EUR/USD')?.offer ?? Number.NaN
    const deal: Deal = { coId: 'my-order-1', ...euros, limit: Number((offer - 0.02).toFixed(5)) }
    const start = integral.clock.now()
    const { status } = await trade(account, deal, wait)
    assert.equal(status, 'EXPIRED')
    assert.equal(integral.clock.now() - start, 30_000)
  })

  it('says so when the order could not be placed', async () => {
    integral.faults.stage({ operation: 'placeOrder', status: 503 })
    const placing = trade(account, { coId: 'my-order-1', ...euros }, wait)
    await assert.rejects(placing, { message: 'POST /v2/orders failed with HTTP 503' })
    assert.deepEqual(integral.orders(), [])
  })
})
