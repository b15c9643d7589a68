import { z } from 'zod'
import { parseJson } from '../api/client/shape.ts'
import { tokenIn } from '../api/client/token.ts'
import type { Operation } from '../api/contract/endpoints.ts'
import type { Exchange } from './exchange.ts'
import type { TokenLedger } from './token-ledger.ts'

/** What an exchange tells of credentials without showing them. */
export type CredentialFacts = Pick<Exchange, 'token' | 'issuedToken' | 'password'>

const COOKIE = /(?:^|;)\s*SSO_TOKEN\s*=\s*([^;]*)/i

/** Which token goes along with a request, and which password, where it is a login. */
export function factsOfRequest(
  ledger: TokenLedger,
  operation: Operation | undefined,
  headers: Headers,
  body: string | undefined,
  at: number,
): CredentialFacts {
  const token = tokenPassedIn(headers)
  const password = operation === 'login' ? passwordIn(body) : undefined
  return {
    ...(token === undefined ? {} : { token: ledger.use(token, at) }),
    ...(password === undefined ? {} : { password: ledger.numberOf(password) }),
  }
}

const times = z.object({
  expiryTime: z.number().optional().catch(undefined),
  serverUTCTime: z.number().optional().catch(undefined),
})

/**
 * Which token the answer to a login or a renewal brought. A renewal that names none has kept the one
 * it was asked with.
 *
 * @param at - When the answer had come in, in epoch milliseconds of the backend's clock.
 */
export function factsOfAnswer(
  ledger: TokenLedger,
  operation: Operation | undefined,
  { headers: sent }: Pick<Request, 'headers'>,
  { ok, headers }: Pick<Response, 'ok' | 'headers'>,
  { body }: { readonly body?: string },
  at: number,
): CredentialFacts {
  if (!ok || !(operation === 'login' || operation === 'renew')) return {}
  const token = tokenIn(headers) ?? (operation === 'renew' ? tokenPassedIn(sent) : undefined)
  if (token === undefined) return {}
  const { expiryTime, serverUTCTime } = times.safeParse(jsonOf(body)).data ?? {}
  return { issuedToken: ledger.issue(token, { at, expiryTime, serverTime: serverUTCTime }) }
}

/** The token that goes along with a request, in its header or else in its cookie. Fact sheet 1.3. */
function tokenPassedIn(headers: Headers): string | undefined {
  const [, cookie] = COOKIE.exec(headers.get('Cookie') ?? '') ?? []
  return [headers.get('SSO_TOKEN')?.trim(), cookie?.trim()].find(Boolean)
}

const login = z.object({ pass: z.string() })

/** The password in the body of a login; `undefined` where there is none to be read. */
function passwordIn(body: string | undefined): string | undefined {
  return login.safeParse(jsonOf(body)).data?.pass
}

function jsonOf(text: string | undefined): unknown {
  const parsed = parseJson(text ?? '')
  return parsed.ok ? parsed.value : undefined
}
