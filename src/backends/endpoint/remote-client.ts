import type { Answer, Malformed, Refusal, Success } from '../../api/client/answer.ts'
import { clientOver } from '../../api/client/client-over.ts'
import type { IntegralClient } from '../../api/client/integral-client.ts'
import { NoAnswerError } from '../../api/client/no-answer-error.ts'
import { Secret } from '../../api/client/secret.ts'
import type { SessionInfo } from '../../api/client/session-info.ts'
import type { LoginAnswer, RenewAnswer } from '../../api/contract/session.ts'
import { NotVerifiedError } from '../not-verified-error.ts'
import type { CallRequest, PlainSession, Reply } from './protocol.ts'

/**
 * A client whose requests are made by the run's coordinator.
 *
 * Every method throws `NotVerifiedError` where the run may not send what was asked for, or no longer.
 */
export function remoteClient(send: (what: CallRequest['what']) => Promise<Reply>): IntegralClient {
  let session: SessionInfo | undefined
  async function ask(what: CallRequest['what']): Promise<Answer<unknown> | undefined> {
    const reply = await send(what)
    if (reply.kind !== 'not sent') session = reply.session && revived(reply.session)
    return answerIn(reply)
  }
  return clientOver({
    get session() {
      return session
    },
    forgetSession: () => {
      session = undefined
    },
    login: async () => (await ask({ kind: 'login' })) as Success<LoginAnswer> | Refusal | Malformed,
    renew: async () => (await ask({ kind: 'renew' })) as Success<RenewAnswer> | Refusal | Malformed,
    ensureSession: async () =>
      (await ask({ kind: 'ensureSession' })) as Refusal | Malformed | undefined,
    call: async (operation, input = {}) =>
      (await ask({ kind: 'operation', operation, input })) as never,
  })
}

function answerIn(reply: Reply): Answer<unknown> | undefined {
  switch (reply.kind) {
    case 'answer':
      return reply.answer
    case 'no answer':
      throw new NoAnswerError(reply.unanswered, new Error(reply.cause))
    case 'not sent':
      throw new NotVerifiedError(reply.why)
    case 'impossible':
      throw new TypeError(reply.error)
  }
}

/** A session as a class instance again. */
export function revived({ token, ...rest }: PlainSession): SessionInfo {
  return { ...rest, token: new Secret(token) }
}
