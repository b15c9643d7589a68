import { createIntegralClient } from '../../src/api/client/create-integral-client.ts'
import type { IntegralClient } from '../../src/api/client/integral-client.ts'
import type { ClientOptions } from '../../src/api/client/options.ts'
import type { Fetch } from '../../src/api/fetch.ts'
import { ManualClock } from './manual-clock.ts'

/** A request as the server saw it. */
export interface Seen {
  /** e.g. `GET /v2/orders/1?a=b` */
  readonly line: string
  readonly headers: Headers
  readonly body: string
}

/** A request to the path below the base URL, read whole. */
async function seen(request: Request): Promise<Seen> {
  const { pathname, search } = new URL(request.url)
  const line = `${request.method} ${pathname}${search}`
  return { line, headers: request.headers, body: await request.text() }
}

/** A `fetch` that hands each request to `answer` and keeps it in `requests`. */
export function recording(answer: (request: Seen) => Response | Promise<Response>) {
  const requests: Seen[] = []
  const fetch: Fetch = async (request) => {
    const one = await seen(request)
    requests.push(one)
    return answer(one)
  }
  return { fetch, requests, lines: () => requests.map(({ line }) => line) }
}

export const START = Date.UTC(2024, 0, 15, 12)
export const PASSWORD = 'pa55-word!'
export const TOKEN = 'hidH61Uy63IYT08avDFEUUrEO_Sn-BZ6yEqyON5SJS'

/** A login as documented, whose token lives 60 s. */
function loggedIn(token = TOKEN, now = START): Response {
  return Response.json(
    { status: 'OK', errorCode: null, expiryTime: now + 60_000, serverUTCTime: now },
    { headers: { SSO_TOKEN: token } },
  )
}

/** A client whose every request but the login is answered by `answer`. */
export function clientAnsweredBy(
  answer: (request: Seen) => Response | Promise<Response>,
  options: Partial<ClientOptions> = {},
) {
  const server = recording((request) =>
    request.line === 'POST /v2/sso/login' ? loggedIn() : answer(request),
  )
  return { ...server, client: clientOf({ fetch: server.fetch, ...options }) }
}

export function clientOf(
  options: Pick<ClientOptions, 'fetch'> & Partial<ClientOptions>,
): IntegralClient {
  let requestCount = 0
  return createIntegralClient({
    baseUrl: 'http://integral.test',
    clock: new ManualClock(START),
    credentials: { user: 'ada', password: PASSWORD, org: 'ORG1' },
    newRequestId: () => `request-${++requestCount}`,
    ...options,
  })
}

/** An answer to a query, as the reference shows it. */
export const ORDER = {
  orderId: '4820276016',
  status: 'NEW',
  coId: '8932452311944',
  type: 'Limit',
  timeInForce: 'IOC',
  side: 'Buy',
  currency: 'EUR',
  symbol: 'EUR/USD',
  size: 1_000_000,
  price: 1.0971678,
} as const

export const TRADE = {
  orderId: '4820276016',
  tradeId: 'FXI9369258100',
  coId: '8932452311944',
  tradeType: 'Spot',
  tradeDate: '2023-06-02',
  valueDate: '2023-06-15',
  maker: false,
  side: 'Buy',
  status: 'Verified',
  symbol: 'EUR/USD',
  currency: 'EUR',
} as const

export const RATE = {
  symbol: 'EUR/USD',
  bid: 1.1863,
  offer: 1.18638,
  bidLimit: 1_000_000,
  offerLimit: 1_000_000,
  time: 1_602_536_120_080,
  rateId: '2022-11-10-EURUSD-SPOT-435ef73249',
} as const
