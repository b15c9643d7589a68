import type { Answer, Malformed, Refusal } from '../../api/client/answer.ts'
import type { IntegralClient } from '../../api/client/integral-client.ts'
import type { Session } from '../../api/client/session.ts'
import { NotSentError } from './not-sent-error.ts'
import { SessionGate } from './session-gate.ts'

/** Refusals after which the same login may be accepted. */
const MAY_PASS = 429

/**
 * Keeps the session of the configured login good. It is replaced before a call and alone, so that no
 * token ends while others are on their way with it.
 *
 * A login that was refused is not tried again in this run: too many might lock the account.
 */
export class SessionKeeper {
  readonly #gate = new SessionGate()
  readonly #session: Session | undefined
  #refused: string | undefined

  /** @param session - Of the configured login; absent where requests are signed instead. */
  constructor(session: Session | undefined) {
    this.#session = session
  }

  /**
   * Runs `call` with a good session.
   *
   * @returns What `call` brought, or the answer to the login that gave no session.
   * @throws {NotSentError} The login was refused before.
   */
  async inSession<T>(
    client: IntegralClient,
    call: () => Promise<T>,
  ): Promise<T | Refusal | Malformed> {
    const refused = this.#session?.isDue ? await this.ensure(client) : undefined
    return refused ?? this.apart(call)
  }

  /** Runs `call` together with others, but not while a session is being replaced. */
  apart<T>(call: () => Promise<T>): Promise<T> {
    return this.#gate.shared(call)
  }

  /**
   * Logs in unless a good session is held: then it waits for nobody, and nobody for it.
   *
   * @param client - One that shares the session.
   * @returns The answer to the login, where it brought no session.
   * @throws {NotSentError} The login was refused before.
   */
  async ensure(client: IntegralClient): Promise<Refusal | Malformed | undefined> {
    if (this.#isGood) return undefined
    return this.#loggingIn(() => client.ensureSession())
  }

  /** Whether there is nothing to obtain, nor anybody about to replace what there is. */
  get #isGood(): boolean {
    return this.#refused === undefined && !this.#gate.isTaken && this.#session?.isDue !== true
  }

  /** Logs in, also where a session is held. @throws {NotSentError} The login was refused before. */
  login(client: IntegralClient): Promise<Answer<unknown>> {
    return this.#loggingIn(() => client.login())
  }

  #loggingIn<A extends Answer<unknown> | undefined>(work: () => Promise<A>): Promise<A> {
    return this.alone(async () => {
      if (this.#refused !== undefined) throw new NotSentError(this.#refused)
      const answer = await work()
      if (answer && isFinal(answer)) {
        this.#refused = `the login was refused with HTTP ${answer.httpStatus}, and is not tried again in this run`
      }
      return answer
    })
  }

  /** Runs what replaces a session, while nothing else is under way. */
  alone<T>(work: () => Promise<T>): Promise<T> {
    return this.#gate.exclusive(work)
  }
}

function isFinal({ kind, httpStatus }: Answer<unknown>): boolean {
  return kind === 'refusal' && httpStatus < 500 && httpStatus !== MAY_PASS
}
