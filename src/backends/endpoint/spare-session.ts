import { NoAnswerError } from '../../api/client/no-answer-error.ts'
import { Session } from '../../api/client/session.ts'
import type { SessionInfo } from '../../api/client/session-info.ts'
import { loginProblem, noAnswerProblem } from './preflight.ts'
import type { RunParts } from './run-parts.ts'
import type { ScenarioRoom } from './scenario-room.ts'

/** A session that nobody uses, or why there is none. */
export type Spare =
  | { readonly ok: true; readonly session?: SessionInfo }
  | { readonly ok: false; readonly why: string }

/**
 * Logs in for a second token, which nobody uses before it has expired. To be called before the session
 * that is used begins: where a user has but one, that one must be the later.
 */
export async function takeSpareSession(parts: RunParts, own: ScenarioRoom): Promise<Spare> {
  const { clock, config } = parts.options
  const { login } = own
  const { credentials } = login.config
  if (config.auth !== 'token') return { ok: true }
  own.transcript.step = 'Preflight: a second token, to be left unused until it has expired'
  const session = new Session({ clock, credentials })
  const client = parts.connect(login.ref, own, { session })
  try {
    const answer = await login.sessions.login(client)
    if (answer.kind !== 'success') return { ok: false, why: loginProblem(answer, login.suffix) }
    return { ok: true, ...(client.session && { session: client.session }) }
  } catch (error) {
    if (error instanceof NoAnswerError) return { ok: false, why: noAnswerProblem(error) }
    throw error
  }
}
