import type { Answer } from '../../api/client/answer.ts'
import { isErrorObject } from '../../api/client/error-object.ts'
import { NoAnswerError } from '../../api/client/no-answer-error.ts'
import type { TokenTransport } from '../../api/client/token.ts'
import type { SpotRate } from '../../api/contract/rates.ts'
import type { CallDesk } from './call-desk.ts'
import type { ClientRef } from './protocol.ts'
import type { ScenarioRoom } from './scenario-room.ts'

export interface PreflightParts {
  readonly desk: CallDesk
  readonly room: ScenarioRoom
  readonly client: (transport: TokenTransport) => ClientRef
  readonly transport: TokenTransport
  readonly symbol: string
  /** How old a rate may be, in milliseconds, on the server's clock. */
  readonly staleAfterMs: number
  /** The server's time, epoch milliseconds. */
  readonly serverNow: () => number
  readonly usesToken: boolean
  /** What the names of the login's variables end with. */
  readonly suffix: string
}

/** Why a run cannot begin, or with what it can. */
export type Preflight =
  | { readonly ok: true; readonly transport: TokenTransport; readonly rate: SpotRate }
  | { readonly ok: false; readonly why: string }

const broken = (why: string): Preflight => ({ ok: false, why })

/**
 * What must be there before an order is placed: a session, a rate for the agreed pair, and the
 * permission to trade. Finds out, too, in which way the endpoint takes the token.
 *
 * @see Fact sheet 5, "Prerequisites" [seed].
 */
export async function preflight(parts: PreflightParts): Promise<Preflight> {
  try {
    const session = await signIn(parts)
    if (session !== undefined) return broken(session)
    const { transport, answer } = await firstRate(parts)
    const rate = rateIn(answer, parts)
    if (typeof rate === 'string') return broken(rate)
    const permission = await permissionProblem(parts, transport)
    return permission === undefined ? { ok: true, transport, rate } : broken(permission)
  } catch (error) {
    if (error instanceof NoAnswerError) return broken(noAnswerProblem(error))
    throw error
  }
}

/** In which way the endpoint takes the token, as far as asking for a rate tells. */
export async function transportOf(parts: PreflightParts): Promise<TokenTransport> {
  return (await firstRate(parts)).transport
}

/** @returns Why there is no session, as a sentence; `undefined` where there is one. */
export async function signInProblem(parts: PreflightParts): Promise<string | undefined> {
  try {
    return await signIn(parts)
  } catch (error) {
    if (error instanceof NoAnswerError) return noAnswerProblem(error)
    throw error
  }
}

async function signIn({ desk, room, client, transport, usesToken, suffix }: PreflightParts) {
  if (!usesToken) return undefined
  const answer = await desk.perform(room, {
    client: client(transport),
    step: 'Preflight: login',
    what: { kind: 'ensureSession' },
  })
  return answer && loginProblem(answer, suffix)
}

/** A token in the header is refused where only cookies count: then it goes as a cookie. */
async function firstRate(parts: PreflightParts) {
  const ask = (transport: TokenTransport) =>
    parts.desk.perform(parts.room, {
      client: parts.client(transport),
      step: 'Preflight: a rate for the agreed pair',
      what: {
        kind: 'operation',
        operation: 'spotRate',
        input: { query: { symbol: parts.symbol } },
      },
    })
  const answer = await ask(parts.transport)
  const isRefused = answer?.kind === 'refusal' && answer.httpStatus < 500
  // Which code says that there is no token is left open (fact sheet 6, row 8).
  if (!isRefused || !parts.usesToken) return { transport: parts.transport, answer }
  const other: TokenTransport = parts.transport === 'header' ? 'cookie' : 'header'
  const again = await ask(other)
  return again?.kind === 'success'
    ? { transport: other, answer: again }
    : { transport: parts.transport, answer }
}

function rateIn(
  answer: Answer<unknown> | undefined,
  { symbol, staleAfterMs, serverNow, usesToken, suffix }: PreflightParts,
): SpotRate | string {
  if (!usesToken && answer?.kind === 'refusal' && answer.httpStatus === 401) {
    return `the signature was refused with ${saying(answer)}. Check INTEGRAL_USER${suffix} and INTEGRAL_HMAC_SECRET${suffix}, and the clock of this machine`
  }
  if (answer?.kind !== 'success') {
    const what = answer === undefined ? 'nothing' : saying(answer)
    return `there is no rate for ${symbol}: asking for one was answered with ${what}. Check INTEGRAL_SYMBOL, that the market is open, and that a provider streams to this organisation`
  }
  const rate = answer.value as SpotRate
  if (rate.symbol !== symbol) {
    return `asking for a rate of ${symbol} was answered about ${rate.symbol}, so nothing is placed at it`
  }
  const ageMs = serverNow() - rate.time
  if (ageMs <= staleAfterMs) return rate
  return `the market seems closed: the rate for ${symbol} is ${Math.round(ageMs / 60_000)} minutes old. Come back while it is open, or raise the setting rate.staleAfterMs`
}

/** An order without a single field can be no order; who may not trade is told so all the same. */
async function permissionProblem(
  { desk, room, client }: PreflightParts,
  transport: TokenTransport,
) {
  const answer = await desk.perform(room, {
    client: client(transport),
    step: 'Preflight: may this user trade? An order without any field is refused, or forbidden',
    what: { kind: 'operation', operation: 'placeOrder', input: { body: {} } },
  })
  return answer?.httpStatus === 403 || answer?.httpStatus === 401
    ? `the user may not trade: placing was answered with ${saying(answer)}. Ask for trading permission`
    : undefined
}

/**
 * Why there is no session, as a sentence.
 *
 * @param suffix - What the names of the login's variables end with.
 */
export function loginProblem(answer: Answer<unknown>, suffix: string): string {
  const names = ['USER', 'PASSWORD', 'ORG'].map((name) => `INTEGRAL_${name}${suffix}`)
  return answer.kind === 'refusal'
    ? `the login was refused with ${saying(answer)}. Check ${names[0]}, ${names[1]} and ${names[2]}`
    : `the login brought no session: ${saying(answer)}`
}

/** Why nothing can be judged, where the endpoint does not answer. */
export function noAnswerProblem(error: NoAnswerError): string {
  return `the endpoint did not answer: ${error.message} Check INTEGRAL_BASE_URL, the network and INTEGRAL_CA_FILE; "doctor" tells more`
}

/** An answer in a few words, without what it quotes. */
function saying(answer: Answer<unknown>): string {
  const code = `HTTP ${answer.httpStatus}`
  if (answer.kind === 'malformed') {
    const problems = answer.problems.map(({ path, message }) => `${path || 'body'}: ${message}`)
    return `${code}, not as documented (${problems.join('; ')})`
  }
  if (answer.kind === 'success') return `${code}`
  const message = answer.message ?? (isErrorObject(answer.raw) ? '' : 'no error object')
  return message === '' ? code : `${code} (${message})`
}
