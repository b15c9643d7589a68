import type { Answer, Malformed, Refusal } from '../../api/client/answer.ts'
import type { IntegralClient } from '../../api/client/integral-client.ts'
import { NoAnswerError } from '../../api/client/no-answer-error.ts'
import type { CallInput } from '../../api/client/options.ts'
import { isSafe } from '../../api/client/safe-operations.ts'
import type { Session } from '../../api/client/session.ts'
import type { Clock } from '../../api/clock.ts'
import { endpoints, type Operation } from '../../api/contract/endpoints.ts'
import type { Order } from '../../api/contract/orders.ts'
import type { Trade } from '../../api/contract/trades.ts'
import type { EndpointSettings } from './endpoint-settings.ts'
import { OneAtATime } from './one-at-a-time.ts'
import type { OrderLedger } from './order-ledger.ts'
import type { Pace } from './pace.ts'
import type { CallRequest } from './protocol.ts'
import type { ScenarioRoom } from './scenario-room.ts'
import { SessionGate } from './session-gate.ts'
import type { TradeDesk } from './trade-desk.ts'

/** Answers to a safe request after which it may go better: the host, not the API, has trouble. */
const TRANSIENT: readonly number[] = [429, 502, 503, 504]

export interface CallDeskParts {
  readonly clock: Clock
  readonly settings: EndpointSettings
  readonly pace: Pace
  /** The session of the configured login; absent where requests are signed instead. */
  readonly session?: Session
  readonly ledger: OrderLedger
  readonly trades: TradeDesk
}

/**
 * Sends what scenarios ask for: at the agreed pace, with a session that is good, each order queried
 * and all trades downloaded by one at a time. Whatever an answer says about orders of ours is noted.
 *
 * Safe requests are repeated after trouble, each try an exchange of its own; nothing else ever is.
 */
export class CallDesk {
  readonly #parts: CallDeskParts
  readonly #gate = new SessionGate()
  readonly #oneAtATime = new OneAtATime()

  constructor(parts: CallDeskParts) {
    this.#parts = parts
  }

  /** @throws {NoAnswerError} No answer, after every repetition that is allowed. */
  perform(
    room: ScenarioRoom,
    { client: ref, step, what }: Omit<CallRequest, 'key'>,
  ): Promise<Answer<unknown> | undefined> {
    const client = room.client(ref)
    room.transcript.step = step
    switch (what.kind) {
      case 'operation':
        return this.#inTurn(what.operation, what.input, () =>
          this.#operate(room, client, what.operation, what.input),
        )
      case 'forgetSession':
        client.forgetSession()
        return Promise.resolve(undefined)
      default:
        return this.#keepSession(client, what.kind)
    }
  }

  async #keepSession(
    client: IntegralClient,
    how: 'login' | 'renew' | 'ensureSession',
  ): Promise<Answer<unknown> | undefined> {
    await this.#parts.pace.turn()
    return this.#gate.exclusive<Answer<unknown> | undefined>(() => client[how]())
  }

  /** One poll in flight per order, and one download per login. */
  #inTurn<T>(operation: Operation, { params }: CallInput, work: () => Promise<T>): Promise<T> {
    if (operation === 'queryOrder') return this.#oneAtATime.run(`query ${params?.id}`, work)
    if (operation === 'downloadTrades') return this.#oneAtATime.run('download', work)
    return work()
  }

  async #operate(
    room: ScenarioRoom,
    client: IntegralClient,
    operation: Operation,
    input: CallInput,
  ): Promise<Answer<unknown>> {
    const entry =
      operation === 'placeOrder' ? this.#parts.ledger.placing(room.key, input.body) : undefined
    const answer = await this.#send(client, operation, input)
    if (entry) this.#parts.ledger.answered(entry, answer)
    if (answer.kind === 'success') this.#learn(room, operation, answer.value)
    return answer
  }

  async #send(
    client: IntegralClient,
    operation: Operation,
    input: CallInput,
  ): Promise<Answer<unknown>> {
    const { settings, clock } = this.#parts
    const most = isSafe(operation) ? settings['retry.attempts'] : 0
    let pauseMs = settings['retry.firstMs']
    for (let repeated = 0; ; repeated++) {
      const answer = await this.#sendOnce(client, operation, input).catch((error: unknown) => {
        if (repeated < most && error instanceof NoAnswerError) return undefined
        throw error
      })
      const isSettled = answer && !TRANSIENT.includes(answer.httpStatus)
      if (answer && (isSettled || repeated >= most)) return answer
      await clock.sleep(pauseMs)
      pauseMs *= settings['retry.factor']
    }
  }

  async #sendOnce(
    client: IntegralClient,
    operation: Operation,
    input: CallInput,
  ): Promise<Answer<unknown>> {
    await this.#parts.pace.turn()
    const refused = await this.#refreshSession(client, operation, input)
    return refused ?? this.#gate.shared(() => client.call(operation, input))
  }

  /** Before the call and alone, so that no token is replaced while others are on their way with it. */
  #refreshSession(
    client: IntegralClient,
    operation: Operation,
    { token }: CallInput,
  ): Promise<Refusal | Malformed | undefined> {
    const isManaged = token === undefined && endpoints[operation].authenticated
    if (!isManaged || this.#parts.session?.isDue !== true) return Promise.resolve(undefined)
    return this.#gate.exclusive(() => client.ensureSession())
  }

  #learn(room: ScenarioRoom, operation: Operation, value: unknown): void {
    const { ledger, trades } = this.#parts
    if (operation === 'queryOrder' || operation === 'queryOrders') {
      for (const order of [value].flat()) if (order) ledger.observe(order as Order)
    }
    if (operation === 'resendTrades') trades.resent(room)
    if (operation === 'downloadTrades') trades.sort(value as readonly Trade[], room)
  }
}
