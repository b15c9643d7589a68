import type { Answer } from '../../api/client/answer.ts'
import type { Unanswered } from '../../api/client/no-answer-error.ts'
import type { CallInput, Credentials } from '../../api/client/options.ts'
import type { SessionInfo } from '../../api/client/session-info.ts'
import type { TokenTransport } from '../../api/client/token.ts'
import type { Operation } from '../../api/contract/endpoints.ts'
import type { Trade } from '../../api/contract/trades.ts'
import type { Account } from '../../evidence/account.ts'
import type { Exchange } from '../../evidence/exchange.ts'
import type { Capability, DoubtResult, LeftWorking } from '../backend.ts'
import type { Allowance, WaitKind } from '../patience.ts'
import type { EndpointSettings } from './endpoint-settings.ts'

/*
 * What the threads that run scenarios say to the one that owns the run on an endpoint, and are told.
 * Everything here travels by message: plain data, no functions, no classes.
 */

/** A session as plain data: class instances do not travel. */
export type PlainSession = Omit<SessionInfo, 'token'> & { readonly token: string }

/** Who speaks: a client is made for each, and clients of the configured login share one session. */
export interface ClientRef {
  readonly credentials: Credentials
  /** Default: the way that the endpoint was found to accept. */
  readonly transport?: TokenTransport
}

export interface CallRequest {
  /** Of the scenario, as given to `open`. */
  readonly key: string
  readonly client: ClientRef
  readonly step?: string
  /** An operation of the contract, or what a client does about its session. */
  readonly what:
    | { readonly kind: 'operation'; readonly operation: Operation; readonly input: CallInput }
    | { readonly kind: 'login' | 'renew' | 'ensureSession' | 'forgetSession' }
}

/** What became of a call. */
export type Reply = {
  /** The session that the client holds now. */
  readonly session?: PlainSession
  /** Secrets learned since the last reply, so that nothing of theirs is shown. */
  readonly secrets: readonly string[]
  /** Trades of this scenario that another one's download brought. */
  readonly arrived?: readonly Trade[]
} & (
  | { readonly kind: 'answer'; readonly answer: Answer<unknown> | undefined }
  | { readonly kind: 'no answer'; readonly unanswered: Unanswered; readonly cause: string }
  /** Not sent, since this run may not, or has come to its end. */
  | { readonly kind: 'not sent'; readonly why: string }
  /** The caller asked for what cannot be sent at all. */
  | { readonly kind: 'impossible'; readonly error: string }
)

/** What a scenario's end brings. */
export interface Closing {
  /** Every exchange of the scenario, redacted and whole. */
  readonly exchanges: readonly Exchange[]
  readonly leftWorking: readonly LeftWorking[]
  readonly secrets: readonly string[]
}

/** What a scenario needs to know of the run, and of the login that it was given. */
export interface RunFacts {
  /** Begins every client id of this run, so that no two runs have one in common. */
  readonly runId: string
  readonly baseUrl: string
  readonly capabilities: readonly Capability[]
  readonly credentials: Credentials
  /** As whom it trades; absent where all scenarios trade as one. */
  readonly account?: Account
  readonly agreed: {
    readonly symbol: string
    readonly smallSize: number
    readonly minSize: number
  }
  readonly settings: EndpointSettings
  readonly secrets: readonly string[]
  /** A second token, obtained at the start and left unused. */
  readonly spare?: PlainSession
  /** Epoch milliseconds after which nothing new is begun. */
  readonly endsAt: number
}

/** The coordinator of a run on an endpoint, as scenarios see it. */
export interface RunDesk {
  /**
   * Gives a scenario a login, which it keeps.
   *
   * @param worker - The number of the worker that runs it, from 0.
   */
  facts(key: string, worker: number): Promise<RunFacts>
  /**
   * Begins a scenario.
   *
   * @param label - How the verdict names it.
   * @returns Why it is not to be run; absent where it is.
   */
  open(key: string, label: string): Promise<string | undefined>
  call(request: CallRequest): Promise<Reply>
  /** How long a wait of this kind may take now. */
  allow(kind: WaitKind, withinMs: number): Promise<Allowance>
  /** Notes that a wait of this kind came to its deadline in vain. */
  breach(kind: WaitKind): Promise<void>
  /** Notes how the lookup of a placing without an answer ended. */
  doubt(coId: string, result: DoubtResult): Promise<void>
  /**
   * Waits, without the scenario's time running.
   *
   * @returns Why the wait was broken off; `undefined` where it was not.
   */
  pause(key: string, ms: number): Promise<string | undefined>
  /** Ends a scenario: what it left working is cancelled first. */
  close(key: string): Promise<Closing>
}
