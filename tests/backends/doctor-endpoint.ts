import type { IncomingHttpHeaders, RequestListener } from 'node:http'

export const TOKEN = 'hidH61Uy63IYT08avDFEUUrEO_Sn-BZ6yEqyON5SJS'
export const RENEWED_TOKEN = 'Renewed-hidH61Uy63IYT08avDFEUUrEO_Sn-BZ6yEq'

/** What one endpoint answers in place of what a healthy one does. */
export type Answers = Readonly<
  Record<string, (headers: IncomingHttpHeaders, body: string) => Answer | undefined>
>

export interface Answer {
  readonly status?: number
  readonly headers?: Readonly<Record<string, string | readonly string[]>>
  readonly body: unknown
}

/** A healthy endpoint: a token in every carrier, a renewal that brings another, a fresh rate. */
const HEALTHY: Answers = {
  'POST /v2/sso/login': () => {
    const now = Date.now()
    return {
      headers: {
        SSO_TOKEN: TOKEN,
        'Set-Cookie': [`SSO_TOKEN=${TOKEN}; Domain=.integral.com; Path=/`, `SSO_TOKEN=${TOKEN}`],
      },
      body: { status: 'OK', serverUTCTime: now, expiryTime: now + 60_000 },
    }
  },
  'GET /v2/sso/token/renew': () => ({
    headers: { SSO_TOKEN: RENEWED_TOKEN },
    body: { status: 'OK', valid: true, expiryTime: Date.now() + 60_000, expired: false },
  }),
  'GET /v2/rates/spot?symbol=EUR%2FUSD': () => ({ body: rate() }),
}

export const rate = (more: object = {}) => ({
  symbol: 'EUR/USD',
  bid: 1.1863,
  offer: 1.18638,
  bidLimit: 1_000_000,
  offerLimit: 2_000_000,
  time: Date.now(),
  rateId: '2022-11-10-EURUSD-SPOT-435ef73249',
  ...more,
})

/** @param lines - Every request, as `METHOD path`. */
export function endpoint(lines: string[], answers: Answers = {}): RequestListener {
  return (request, response) => {
    let body = ''
    request.setEncoding('utf8').on('data', (chunk) => {
      body += chunk
    })
    request.on('end', () => {
      const line = `${request.method} ${request.url}`
      lines.push(line)
      const answer = (answers[line] ?? HEALTHY[line])?.(request.headers, body)
      if (answer === undefined) return void response.writeHead(404).end()
      for (const [name, value] of Object.entries(answer.headers ?? {}))
        response.setHeader(name, value)
      response.writeHead(answer.status ?? 200, { 'Content-Type': 'application/json' })
      response.end(JSON.stringify(answer.body))
    })
  }
}
