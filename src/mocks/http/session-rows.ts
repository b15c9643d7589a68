import { loginRequestSchema } from '../../api/contract/session.ts'
import type { Exchange } from '../exchange/exchange.ts'
import type { Refusal } from '../exchange/refusal.ts'
import type { Session } from '../exchange/session-store.ts'
import { readJson } from './bodies.ts'
import type { DoorAnswer, DoorRequest, Row } from './door.ts'
import { errorAnswer } from './error-answers.ts'
import { readToken, tokenHeaders } from './token-carriers.ts'

/** With signatures only there is nothing to log in for. */
const NO_TOKENS: Refusal = {
  reason: 'not-authenticated',
  detail: 'There are no tokens here: sign every request.',
}

const envelope = { status: 'OK', errorCode: null, responseTuples: null } as const

/** Login and renewal. Fact sheet 1.1 to 1.4 [reference]. */
export function sessionRows(exchange: Exchange): readonly Row[] {
  const { sessions, settings } = exchange
  const failed = (refusal: Refusal) => errorAnswer(refusal, settings)
  const withTokens = (handle: Row['handle']): Row['handle'] =>
    settings['auth.method'] === 'hmac' ? () => failed(NO_TOKENS) : handle

  const login = (request: DoorRequest): DoorAnswer => {
    const json = readJson(request, settings)
    if (!json.ok) return failed(json.refusal)
    const parsed = loginRequestSchema.safeParse(json.value)
    if (!parsed.success) {
      const refusal = {
        reason: 'malformed-body',
        detail: 'A login needs user, pass and org as texts.',
      } as const
      return failed(refusal)
    }
    const { user, pass, org } = parsed.data
    const session = sessions.login(user, pass, org)
    if (!session.ok) return failed(session.refusal)
    const { startedAt, expiresAt } = session.value
    return answer(session.value, { ...envelope, expiryTime: expiresAt, serverUTCTime: startedAt })
  }

  const renew = (request: DoorRequest): DoorAnswer => {
    const renewal = sessions.renew(readToken(request, settings))
    if (!renewal.ok) return failed(renewal.refusal)
    const { apiVersion } = settings
    if (!renewal.value.valid) {
      return { status: 200, body: { ...envelope, valid: false, expired: true, apiVersion } }
    }
    const { session, wasExpired } = renewal.value
    const facts = { valid: true, expired: wasExpired, apiVersion, expiryTime: session.expiresAt }
    return answer(session, { ...envelope, ...facts })
  }

  const answer = (session: Session, body: unknown): DoorAnswer => ({
    status: 200,
    headers: tokenHeaders(session.token, settings),
    body,
  })

  return [
    { operation: 'login', method: 'POST', path: '/v2/sso/login', handle: withTokens(login) },
    { operation: 'renew', method: 'GET', path: '/v2/sso/token/renew', handle: withTokens(renew) },
  ]
}
