import { tokenIn } from '../../api/client/token.ts'
import type { Answer, Call } from './deviation.ts'

/** What was told of a token: whether anybody issued it, and whether its time is over. */
export type TokenState = 'none' | 'unknown' | 'live' | 'expired'

/** Remembers which tokens were handed out, and until when. */
export class TokenBook {
  readonly #expiries = new Map<string, number>()

  learn({ operation }: Call, { status, headers, body }: Answer): void {
    const token = tokenIn(headers)
    const { expiryTime } = Object(body) as { readonly expiryTime?: unknown }
    const isIssue = (operation === 'login' || operation === 'renew') && status === 200
    if (!isIssue || token === undefined || typeof expiryTime !== 'number') return
    this.#expiries.set(token, expiryTime)
  }

  /** The state of the token that a request carries. */
  stateIn({ headers }: Call, now: number): TokenState {
    const [, cookie] = /(?:^|;)\s*SSO_TOKEN=([^;]*)/.exec(headers.get('Cookie') ?? '') ?? []
    const token = headers.get('SSO_TOKEN') || cookie?.trim() || undefined
    if (token === undefined) return 'none'
    const expiry = this.#expiries.get(token)
    if (expiry === undefined) return 'unknown'
    return now < expiry ? 'live' : 'expired'
  }
}
