import type { LoginAnswer, RenewAnswer } from '../contract/session.ts'
import type { Malformed, Refusal, Success } from './answer.ts'
import type { ClientOptions } from './options.ts'
import { readAnswer } from './read-answer.ts'
import { type Sender, send } from './send.ts'
import { begun, continued, type SessionInfo } from './session-info.ts'
import { singleFlight } from './single-flight.ts'

type NotObtained = { readonly answer: Refusal | Malformed; readonly session?: undefined }

/** A session to call with, or the answer to the login that gave none. */
export type Obtained = { readonly session: SessionInfo } | NotObtained

/** Default of `renewAheadMs`, in milliseconds. */
const RENEW_AHEAD_MS = 10_000

/** What a session is begun with, and how long before its end it is renewed. */
export type SessionOptions = Pick<
  ClientOptions,
  'credentials' | 'clock' | 'autoRenew' | 'renewAheadMs'
>

/**
 * The session of one login, held by one client or shared by several. Logins and renewals go one at a
 * time, however many calls wait for them; the request goes by the sender of the call that asked first.
 * There are no timers: a token is renewed by the call that finds it due.
 */
export class Session {
  readonly #options: SessionOptions
  #held: SessionInfo | undefined
  /** The session whose token was answered with 401. */
  #distrusted: SessionInfo | undefined
  /** Settles when the last login or renewal begun so far has ended. */
  #lastTurn: Promise<unknown> = Promise.resolve()

  constructor(options: SessionOptions) {
    this.#options = options
  }

  get info(): SessionInfo | undefined {
    return this.#held
  }

  forget(): void {
    this.#held = undefined
  }

  /** Has the next call replace this session, if it is still the one held by then. */
  distrust(session: SessionInfo): void {
    this.#distrusted = session
  }

  /** Whether the next call that needs a session has to get one first. */
  get isDue(): boolean {
    return this.#held === undefined || this.#isDue(this.#held)
  }

  readonly login = singleFlight((sender: Sender) => this.#inTurn(() => this.#sendLogin(sender)))

  /** Renews, whether or not it is due; logs in first where there is no session. */
  readonly renew = singleFlight(async (sender: Sender) => {
    const obtained = this.#held ? { session: this.#held } : await this.login(sender)
    if (obtained.session === undefined) return obtained
    return this.#inTurn(() => this.#sendRenewal(sender, this.#held ?? obtained.session))
  })

  /** The session to call with: the one held, or a new one where there is none or it is due. */
  async obtain(sender: Sender): Promise<Obtained> {
    await this.#lastTurn
    const held = this.#held
    return held && !this.#isDue(held) ? { session: held } : this.#replace(sender)
  }

  /** Renews; where that gives no session, logs in, once. */
  readonly #replace = singleFlight(async (sender: Sender): Promise<Obtained> => {
    const renewed = this.#held && (await this.renew(sender))
    return renewed?.session ? { session: renewed.session } : this.login(sender)
  })

  #isDue(held: SessionInfo): boolean {
    if (this.#options.autoRenew === false) return false
    const { renewAt = Number.POSITIVE_INFINITY } = held
    return held === this.#distrusted || this.#options.clock.now() >= renewAt
  }

  async #sendLogin(
    sender: Sender,
  ): Promise<NotObtained | { answer: Success<LoginAnswer>; session: SessionInfo }> {
    const { user, password, org } = this.#options.credentials
    const body = { user, pass: password, org }
    const received = await send(sender, 'login', { body }, undefined)
    const answer = readAnswer('login', received)
    if (answer.kind !== 'success') return { answer }
    const session = begun(answer.value, this.#at(received.headers))
    this.#held = session
    return { answer, session }
  }

  async #sendRenewal(
    sender: Sender,
    old: SessionInfo,
  ): Promise<NotObtained | { answer: Success<RenewAnswer>; session: SessionInfo | undefined }> {
    const received = await send(sender, 'renew', {}, old.token.reveal())
    const answer = readAnswer('renew', received)
    if (answer.kind !== 'success') return { answer }
    const session = continued(answer.value, old, this.#at(received.headers))
    if (session) this.#held = session
    return { answer, session }
  }

  #at(headers: Headers) {
    const { clock, renewAheadMs = RENEW_AHEAD_MS } = this.#options
    return { headers, now: clock.now(), renewAheadMs }
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.#lastTurn.then(work)
    this.#lastTurn = turn.catch(() => {})
    return turn
  }
}
