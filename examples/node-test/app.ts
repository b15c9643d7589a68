/** A tiny trading app: it deals one spot order and brings the trade home. Knows nothing of tests. */

export interface Account {
  readonly baseUrl: string
  readonly user: string
  readonly password: string
  readonly org: string
}

export interface Deal {
  readonly coId: string
  readonly side: 'Buy' | 'Sell'
  readonly symbol: string
  readonly currency: string
  readonly size: number
  /** A limit order at this price, good for 30 seconds; without it, the price quoted is dealt. */
  readonly limit?: number
}

export interface Result {
  readonly status: string
  readonly reason?: string
  readonly trades: readonly { readonly orderId: string; readonly tradeId: string }[]
}

const forMilliseconds = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms))

export async function trade(account: Account, deal: Deal, wait = forMilliseconds): Promise<Result> {
  const { baseUrl, user, password, org } = account
  const headers: Record<string, string> = { 'Content-Type': 'application/json' }

  const call = async (method: string, path: string, body?: object) => {
    const answer = await fetch(baseUrl + path, {
      method,
      headers,
      ...(body && { body: JSON.stringify(body) }),
    })
    if (!answer.ok) throw new Error(`${method} ${path} failed with HTTP ${answer.status}`)
    return answer
  }

  const login = await call('POST', '/v2/sso/login', { user, pass: password, org })
  headers.SSO_TOKEN = login.headers.get('SSO_TOKEN') ?? ''

  const { limit, ...order } = deal
  const terms = limit === undefined ? await quoted() : goodFor30Seconds(limit)
  const { orderId } = await (await call('POST', '/v2/orders', { ...order, ...terms })).json()

  for (;;) {
    const [{ status, reason }] = await (await call('GET', `/v2/orders/${orderId}`)).json()
    if (['FILLED', 'REJECTED', 'EXPIRED', 'CANCELED'].includes(status)) {
      const all = await (await call('GET', '/v2/trades/stp/messages')).json()
      return {
        status,
        reason,
        trades: all.filter((each: Result['trades'][0]) => each.orderId === orderId),
      }
    }
    await wait(1_000)
  }

  async function quoted() {
    const query = new URLSearchParams({ symbol: deal.symbol })
    const rate = await (await call('GET', `/v2/rates/spot?${query}`)).json()
    const liftsOffer = (deal.side === 'Buy') === deal.symbol.startsWith(deal.currency)
    const price = liftsOffer ? rate.offer : rate.bid
    return { type: 'PQ', timeInForce: 'FOK', price, rateId: rate.rateId }
  }
}

function goodFor30Seconds(price: number) {
  return { type: 'Limit', timeInForce: 'GTT', expiryTime: 30, price }
}
