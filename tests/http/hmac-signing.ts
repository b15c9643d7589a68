import { createHash, createHmac } from 'node:crypto'
import type { Answer, Trader, Venue } from './driver.ts'

/** A signed call, written from section 1.5 of the fact sheet: nothing here is the client's code. */
export interface SignedCall {
  readonly method?: string
  readonly target?: string
  readonly body?: string
  readonly username?: string
  readonly secret?: string | Buffer
  readonly algorithm?: string
  readonly names?: readonly string[]
  /** Headers in place of, or besides, the ones that belong there; `undefined` leaves one out. */
  readonly headers?: Readonly<Record<string, string | undefined>>
  /** Written over the signature that is right. */
  readonly signature?: string
  /** Makes the header of the parameters, each `name="value"`. */
  readonly written?: (parameters: readonly string[]) => string
  /** What is sent in the end, in place of what was signed. */
  readonly sent?: Readonly<Partial<Record<'method' | 'target' | 'body' | 'date', string>>>
}

export const RATE_TARGET = '/v2/rates/spot?symbol=EUR%2FUSD'

export const httpDate = (time: number): string => new Date(time).toUTCString()

const digestOf = (body: string): string =>
  `SHA-256=${createHash('sha256').update(body).digest('base64')}`

/** The secret of an enrolled user. */
export function secretOf(venue: Venue, { user }: Trader): string {
  const enrolled = venue.exchange.directory.find(user.name, user.org)
  if (!enrolled) throw new Error(`Nobody is called ${user.name}.`)
  return enrolled.hmacSecret
}

/** Signs a call as a user and sends it; by default a rate request that is right in every way. */
export function callSigned(venue: Venue, trader: Trader, call: SignedCall = {}): Promise<Answer> {
  const { method = 'GET', target = RATE_TARGET, body, sent = {} } = call
  const headers = signedHeaders(venue, trader, call)
  return venue.call(sent.method ?? method, sent.target ?? target, {
    headers: { ...headers, ...(sent.date !== undefined && { Date: sent.date }) },
    ...(body !== undefined && { body: sent.body ?? body }),
  })
}

function signedHeaders(venue: Venue, trader: Trader, call: SignedCall): Record<string, string> {
  const { method = 'GET', target = RATE_TARGET, body = '' } = call
  const { names = ['date', 'request-line', 'digest'], written = (all) => all.join(', ') } = call
  const usual = {
    Date: httpDate(venue.clock.now()),
    Digest: digestOf(body),
    type: 'hmac',
    ...call.headers,
  }
  const given = Object.entries(usual).filter(
    (pair): pair is [string, string] => pair[1] !== undefined,
  )
  const values = new Map(given.map(([name, value]) => [name.toLowerCase(), value]))
  const lines = names.map((name) =>
    name === 'request-line'
      ? `${method} ${target} HTTP/1.1`
      : `${name.toLowerCase()}: ${values.get(name.toLowerCase()) ?? ''}`,
  )
  const secret = call.secret ?? secretOf(venue, trader)
  const signature = createHmac('sha256', secret).update(lines.join('\n'), 'latin1').digest('base64')
  const authorization = written([
    `username="${call.username ?? trader.user.name}"`,
    `algorithm="${call.algorithm ?? 'hmac-sha256'}"`,
    `headers="${names.join(' ')}"`,
    `signature="${call.signature ?? signature}"`,
  ])
  return { ...Object.fromEntries(given), Authorization: `hmac ${authorization}` }
}
