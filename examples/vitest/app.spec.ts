import { setupIntegral } from 'integral-harness'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { trade } from '../node-test/app.ts'

const integral = setupIntegral({ baseUrl: 'https://uat.fxinside.net' })
const account = { baseUrl: integral.baseUrl, ...integral.credentials }
const euros = { side: 'Buy', symbol: 'EUR/USD', currency: 'EUR', size: 1_000_000 } as const
const wait = (ms: number) => integral.clock.sleep(ms)

describe('The trading app', () => {
  beforeAll(() => integral.listen())
  afterEach(() => integral.reset())
  afterAll(() => integral.close())

  it('deals at the quote and downloads the trade', async () => {
    const { status, trades } = await trade(account, { coId: 'my-order-1', ...euros }, wait)
    expect(status).toBe('FILLED')
    expect(trades).toMatchObject(integral.trades().map(({ tradeId }) => ({ tradeId })))
    expect(trades).toHaveLength(1)
  })

  it('reports why an order was rejected', async () => {
    integral.outcomes.script('my-order-1', { kind: 'reject after NEW', reason: 'Last look' })
    const result = await trade(account, { coId: 'my-order-1', ...euros }, wait)
    expect(result).toEqual({ status: 'REJECTED', reason: 'Last look', trades: [] })
  })
})
