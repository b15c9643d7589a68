import type { LoginAnswer, RenewAnswer } from '../contract/session.ts'
import { Secret } from './secret.ts'
import { tokenIn } from './token.ts'

/** A token, and what is known of its life. */
export interface SessionInfo {
  readonly token: Secret
  /** End of the session on the server's clock, epoch milliseconds; absent where it was not told. */
  readonly expiryTime?: number
  /** The server's clock less ours, in milliseconds, as of the last login. */
  readonly skewMs: number
  /** From when on the token is renewed, epoch milliseconds on our clock; absent as `expiryTime`. */
  readonly renewAt?: number
}

interface Circumstances {
  readonly headers: Headers
  /** Our clock when the answer had come, epoch milliseconds. */
  readonly now: number
  readonly renewAheadMs: number
}

/**
 * The session that a login began.
 *
 * The skew is `serverUTCTime` less our clock at the receipt, so it lacks the way of the answer: what
 * is renewed ahead has to cover that.
 *
 * @throws {Error} No token: `readAnswer` calls such a login malformed, so it does not get here.
 * @see Fact sheet 1.1 "Token lifetime" [inferred].
 */
export function begun(answer: LoginAnswer, at: Circumstances): SessionInfo {
  const token = tokenIn(at.headers)
  if (token === undefined) throw new Error('A login without a token was taken for a success.')
  const skewMs = answer.serverUTCTime === undefined ? 0 : answer.serverUTCTime - at.now
  return { token: new Secret(token), skewMs, ...lifeOf(answer.expiryTime, skewMs, at) }
}

/**
 * The session that a renewal left; `undefined` where it renewed nothing: it brought no new token and
 * says that the old one is not valid, or expired. Without a token, the old one lives on.
 *
 * A renewal does not tell the server's time: the skew stays that of the last login.
 *
 * @see Fact sheet 1.4 [reference]; 6, settings 3 and 5.
 */
export function continued(
  answer: RenewAnswer,
  old: SessionInfo,
  at: Circumstances,
): SessionInfo | undefined {
  const token = tokenIn(at.headers) ?? old.token.reveal()
  const isSame = token === old.token.reveal()
  if (isSame && (answer.valid === false || answer.expired === true)) return undefined
  const { skewMs } = old
  return { token: new Secret(token), skewMs, ...lifeOf(answer.expiryTime, skewMs, at) }
}

function lifeOf(expiryTime: number | undefined, skewMs: number, at: Circumstances) {
  if (expiryTime === undefined) return {}
  const expiresAt = expiryTime - skewMs
  const aheadMs = Math.min(at.renewAheadMs, Math.max(0, expiresAt - at.now) / 3)
  return { expiryTime, renewAt: Math.ceil(expiresAt - aheadMs) }
}
