import type { Answer } from '../../api/client/answer.ts'
import type { IntegralClient } from '../../api/client/integral-client.ts'
import { type LooseOrder, looseOrders } from '../../api/client/loose-orders.ts'
import { NoAnswerError } from '../../api/client/no-answer-error.ts'
import type { CallInput } from '../../api/client/options.ts'
import { isSafe } from '../../api/client/safe-operations.ts'
import type { Clock } from '../../api/clock.ts'
import { endpoints, type Operation } from '../../api/contract/endpoints.ts'
import type { Trade } from '../../api/contract/trades.ts'
import type { EndpointSettings } from './endpoint-settings.ts'
import { NotSentError } from './not-sent-error.ts'
import { OneAtATime } from './one-at-a-time.ts'
import type { OrderLedger } from './order-ledger.ts'
import type { CallRequest, ClientRef } from './protocol.ts'
import type { ScenarioRoom } from './scenario-room.ts'
import { sentBody } from './sent-body.ts'
import type { SessionKeeper } from './session-keeper.ts'
import type { TradeDesk } from './trade-desk.ts'
import { withoutOthers } from './without-others.ts'

/** Answers to a safe request after which it may go better: the host, not the API, has trouble. */
const TRANSIENT: readonly number[] = [429, 502, 503, 504]

export interface CallDeskParts {
  readonly clock: Clock
  readonly settings: EndpointSettings
  readonly sessions: SessionKeeper
  /** Whether it speaks for the configured login, whose session is shared. */
  readonly isOwn: (ref: ClientRef) => boolean
  readonly ledger: OrderLedger
  readonly trades: TradeDesk
  /** Told where the endpoint forbids trading: nothing more is to be tried then. */
  readonly forbidden: (why: string) => void
}

const FORBIDDEN = 403

/** Why a call may not be sent any more, asked for when its turn has come; `undefined` where it may. */
export type Hindrance = () => string | undefined

/** One call on its way. */
interface Errand {
  readonly client: IntegralClient
  readonly isOwn: boolean
  readonly operation: Operation
  readonly input: CallInput
  readonly hindrance: Hindrance
}

/**
 * Sends what scenarios ask for: with a session that is good, each order queried and all trades
 * downloaded by one at a time. Whatever an answer says about orders of ours is noted.
 *
 * Safe requests are repeated after trouble, each try an exchange of its own; nothing else ever is, and
 * no login that a safe request needs.
 */
export class CallDesk {
  readonly #parts: CallDeskParts
  readonly #oneAtATime = new OneAtATime()
  readonly #onTheirWay = new Set<Promise<unknown>>()

  constructor(parts: CallDeskParts) {
    this.#parts = parts
  }

  /**
   * @throws {NoAnswerError} No answer, after every repetition that is allowed.
   * @throws {NotSentError} It waited for its turn, and then there was a hindrance.
   */
  async perform(
    room: ScenarioRoom,
    { client: ref, step, what }: Omit<CallRequest, 'key'>,
    hindrance: Hindrance = () => undefined,
  ): Promise<Answer<unknown> | undefined> {
    const client = room.client(ref)
    const isOwn = this.#parts.isOwn(ref)
    room.transcript.step = step
    if (what.kind === 'forgetSession') {
      client.forgetSession()
      return undefined
    }
    if (what.kind !== 'operation') return this.#keepSession(client, isOwn, what.kind, hindrance)
    const { operation, input } = what
    const errand = { client, isOwn, operation, input, hindrance }
    return this.#inTurn(errand, () => this.#operate(room, errand))
  }

  #keepSession(
    client: IntegralClient,
    isOwn: boolean,
    how: 'login' | 'renew' | 'ensureSession',
    hindrance: Hindrance,
  ): Promise<Answer<unknown> | undefined> {
    const { sessions } = this.#parts
    if (isOwn && how === 'ensureSession') return sessions.ensure(client)
    if (isOwn && how === 'login') return sessions.login(client)
    return sessions.alone<Answer<unknown> | undefined>(async () => {
      refuse(hindrance)
      return client[how]()
    })
  }

  /** One poll in flight per order, and one download per login. */
  #inTurn<T>({ operation, input }: Errand, work: () => Promise<T>): Promise<T> {
    const { params } = input
    if (operation === 'queryOrder') return this.#oneAtATime.run(`query ${params?.id}`, work)
    if (operation === 'downloadTrades') return this.#oneAtATime.run('download', work)
    return work()
  }

  async #operate(room: ScenarioRoom, errand: Errand): Promise<Answer<unknown>> {
    const { operation } = errand
    if (operation === 'placeOrder') return this.#place(room, errand)
    const answer =
      operation === 'downloadTrades' ? await this.#download(room, errand) : await this.#send(errand)
    if (operation === 'queryOrder' || operation === 'queryOrders') {
      for (const order of ordersIn(answer)) this.#parts.ledger.observe(order)
    }
    if (answer.kind === 'success') this.#sort(room, operation, answer.value)
    return answer
  }

  async #download(room: ScenarioRoom, errand: Errand): Promise<Answer<unknown>> {
    const { ledger, trades } = this.#parts
    try {
      return withoutOthers(await this.#send(errand), ledger)
    } finally {
      trades.lost(room)
    }
  }

  /** Written down before it is sent, once. */
  async #place(room: ScenarioRoom, errand: Errand): Promise<Answer<unknown>> {
    const { ledger } = this.#parts
    const entry = ledger.placing(room.key, sentBody(errand.input))
    entry.isOnItsWay = true
    const sending = this.#send(errand)
    this.#onTheirWay.add(sending)
    try {
      const answer = await sending
      ledger.answered(entry, answer)
      if (answer.operation === 'placeOrder' && answer.httpStatus === FORBIDDEN) {
        this.#parts.forbidden(`the user may not trade: placing was answered with HTTP ${FORBIDDEN}`)
      }
      return answer
    } catch (error) {
      if (isUnsent(error)) ledger.end(entry, 'absent', 'not sent')
      throw error
    } finally {
      entry.isOnItsWay = false
      this.#onTheirWay.delete(sending)
    }
  }

  /** Resolves when every placing on its way has been answered, or will not be. */
  async placingsAnswered(): Promise<void> {
    await Promise.allSettled([...this.#onTheirWay])
  }

  async #send(errand: Errand): Promise<Answer<unknown>> {
    const { settings, clock } = this.#parts
    const { operation, hindrance } = errand
    const most = isSafe(operation) ? settings['retry.attempts'] : 0
    let pauseMs = settings['retry.firstMs']
    for (let repeated = 0; ; repeated++) {
      const isLast = () => repeated >= most || hindrance() !== undefined
      const answer = await this.#sendOnce(errand).catch((error: unknown) => {
        if (error instanceof NoAnswerError && error.operation === operation && !isLast()) return
        throw error
      })
      if (answer && (!isTransient(answer, operation) || isLast())) return answer
      await clock.sleep(pauseMs)
      pauseMs *= settings['retry.factor']
    }
  }

  async #sendOnce(errand: Errand): Promise<Answer<unknown>> {
    const { client, isOwn, operation, input, hindrance } = errand
    const { sessions } = this.#parts
    const call = async (): Promise<Answer<unknown>> => {
      refuse(hindrance)
      return client.call(operation, input)
    }
    refuse(hindrance)
    const isManaged = isOwn && input.token === undefined && endpoints[operation].authenticated
    try {
      return await (isManaged ? sessions.inSession(client, call) : sessions.apart(call))
    } catch (error) {
      // It was held back in the very last moment, by whatever sends for the client.
      const { cause } = Object(error) as { readonly cause?: unknown }
      throw cause instanceof NotSentError ? cause : error
    }
  }

  #sort(room: ScenarioRoom, operation: Operation, value: unknown): void {
    const { trades } = this.#parts
    if (operation === 'resendTrades') trades.resent(room)
    if (operation === 'downloadTrades') trades.sort(value as readonly Trade[], room)
  }
}

/** The orders that the answer to a query tells of, well shaped or not. */
function ordersIn(answer: Answer<unknown>): readonly LooseOrder[] {
  if (answer.kind === 'malformed') return looseOrders(answer.raw)
  if (answer.kind === 'refusal') return []
  return [answer.value as LooseOrder | readonly LooseOrder[] | undefined]
    .flat()
    .filter((order) => order !== undefined)
}

/** @throws {NotSentError} */
function refuse(hindrance: Hindrance): void {
  const why = hindrance()
  if (why !== undefined) throw new NotSentError(why)
}

/** Not so where what was answered is the login that the call needed: that is never repeated. */
function isTransient({ httpStatus, operation }: Answer<unknown>, asked: Operation): boolean {
  return operation === asked && TRANSIENT.includes(httpStatus)
}

/** Whether nothing went out but, perhaps, a login or a renewal. */
function isUnsent(error: unknown): boolean {
  if (error instanceof NotSentError) return true
  return error instanceof NoAnswerError && error.operation !== 'placeOrder'
}
