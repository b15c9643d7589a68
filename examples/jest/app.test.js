import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals'
import { setupIntegral } from 'integral-harness'

const integral = setupIntegral({ baseUrl: 'https://uat.fxinside.net' })
const { user, password, org } = integral.credentials

/** What stands here for your app: deals at the quote, and looks what became of it. */
async function buyEuros(coId) {
  const headers = { 'Content-Type': 'application/json' }
  const call = (path, body) =>
    fetch(integral.baseUrl + path, {
      headers,
      ...(body && { method: 'POST', body: JSON.stringify(body) }),
    })
  const login = await call('/v2/sso/login', { user, pass: password, org })
  headers.SSO_TOKEN = login.headers.get('SSO_TOKEN')
  const { offer, rateId } = await (await call('/v2/rates/spot?symbol=EUR%2FUSD')).json()
  const deal = { side: 'Buy', symbol: 'EUR/USD', currency: 'EUR', size: 1_000_000 }
  const terms = { type: 'PQ', timeInForce: 'FOK', price: offer, rateId }
  const { orderId } = await (await call('/v2/orders', { coId, ...deal, ...terms })).json()
  for (;;) {
    const [order] = await (await call(`/v2/orders/${orderId}`)).json()
    if (['FILLED', 'REJECTED'].includes(order.status)) return order
    await integral.clock.sleep(1_000)
  }
}

describe('The trading app', () => {
  beforeAll(() => integral.listen())
  afterEach(() => integral.reset())
  afterAll(() => integral.close())

  it('deals at the quote', async () => {
    expect(await buyEuros('my-order-1')).toMatchObject({ status: 'FILLED' })
  })

  it('reports why an order was rejected', async () => {
    integral.outcomes.script('my-order-1', { kind: 'reject after NEW', reason: 'Last look' })
    const order = await buyEuros('my-order-1')
    expect(order).toMatchObject({ status: 'REJECTED', reason: 'Last look' })
  })
})
