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
import type { Login } from './login.ts'
import { NotSentError } from './not-sent-error.ts'
import { OneAtATime } from './one-at-a-time.ts'
import type { OrderLedger } from './order-ledger.ts'
import type { CallRequest } from './protocol.ts'
import type { ScenarioRoom } from './scenario-room.ts'
import { sentBody } from './sent-body.ts'
import type { TradeDesk } from './trade-desk.ts'
import { withoutOthers } from './without-others.ts'

/** Answers to a safe request after which it may go better: the host, not the API, has trouble. */
const TRANSIENT: readonly number[] = [429, 502, 503, 504]

export interface CallDeskParts {
  readonly clock: Clock
  readonly settings: EndpointSettings
  readonly ledger: OrderLedger
  readonly trades: TradeDesk
  /** Told where the endpoint forbids trading: nothing more is to be tried then. */
  readonly forbidden: (why: string, login: Login) => void
}

const FORBIDDEN = 403

/** Why a call may not be sent any more, asked for when its turn has come; `undefined` where it may. */
export type Hindrance = () => string | undefined

/** One call on its way. */
interface Errand {
  readonly client: IntegralClient
  /** That of the scenario. */
  readonly login: Login
  /** Whether it speaks for that login, whose session is shared. */
  readonly isOwn: boolean
  /** Whether it asks as everybody does: then it may share an answer with others. */
  readonly isPlain: boolean
  readonly operation: Operation
  readonly input: CallInput
  readonly hindrance: Hindrance
}

/**
 * Sends what scenarios ask for: with a session that is good, each order queried and the trades of a
 * login downloaded by one at a time. Whatever an answer says about orders of ours is noted.
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
    const { login } = room
    const isOwn = login.isOf(ref)
    room.transcript.step = step
    if (what.kind === 'forgetSession') {
      client.forgetSession()
      return undefined
    }
    if (what.kind !== 'operation') {
      return this.#keepSession({ client, login, isOwn, hindrance }, what.kind)
    }
    const { operation, input } = what
    const isPlain = isOwn && ref.transport === undefined && isBare(input)
    return this.#inTurn(room, { client, login, isOwn, isPlain, operation, input, hindrance })
  }

  #keepSession(
    {
      client,
      login: { sessions },
      isOwn,
      hindrance,
    }: Pick<Errand, 'client' | 'login' | 'isOwn' | 'hindrance'>,
    how: 'login' | 'renew' | 'ensureSession',
  ): Promise<Answer<unknown> | undefined> {
    if (isOwn && how === 'ensureSession') return sessions.ensure(client)
    if (isOwn && how === 'login') return sessions.login(client)
    return sessions.alone<Answer<unknown> | undefined>(async () => {
      refuse(hindrance)
      return client[how]()
    })
  }

  /** One poll in flight per order, and one download per login. */
  #inTurn(room: ScenarioRoom, errand: Errand): Promise<Answer<unknown>> {
    const { login, operation, input, isPlain } = errand
    if (operation === 'queryOrder') {
      const key = `query ${login.number} ${input.params?.id}`
      return this.#oneAtATime.run(key, () => this.#operate(room, errand))
    }
    if (operation !== 'downloadTrades') return this.#operate(room, errand)
    return isPlain
      ? login.downloads.together(room, (sharers) => this.#download(room, errand, sharers))
      : login.downloads.alone(() => this.#download(room, errand))
  }

  async #operate(room: ScenarioRoom, errand: Errand): Promise<Answer<unknown>> {
    const { operation } = errand
    if (operation === 'placeOrder') return this.#place(room, errand)
    const answer = await this.#send(errand)
    if (operation === 'queryOrder' || operation === 'queryOrders') {
      for (const order of ordersIn(answer)) this.#parts.ledger.observe(order, room.login.number)
    }
    if (operation === 'resendTrades' && answer.kind === 'success') this.#parts.trades.resent(room)
    return answer
  }

  async #download(
    room: ScenarioRoom,
    errand: Errand,
    sharers?: ReadonlySet<ScenarioRoom>,
  ): Promise<Answer<unknown>> {
    const { trades } = this.#parts
    const isOfOurs = (named: LooseOrder) => trades.ownerOf(named, room.login) !== undefined
    try {
      const answer = withoutOthers(await this.#send(errand), isOfOurs)
      if (answer.kind === 'success') trades.sort(answer.value as readonly Trade[], room, sharers)
      return answer
    } finally {
      trades.lost(room)
    }
  }

  /** Written down before it is sent, once. */
  async #place(room: ScenarioRoom, errand: Errand): Promise<Answer<unknown>> {
    const { ledger } = this.#parts
    const entry = ledger.placing(room, sentBody(errand.input))
    entry.isOnItsWay = true
    const sending = this.#send(errand)
    this.#onTheirWay.add(sending)
    try {
      const answer = await sending
      ledger.answered(entry, answer)
      if (answer.operation === 'placeOrder' && answer.httpStatus === FORBIDDEN) {
        const why = `the user may not trade: placing was answered with HTTP ${FORBIDDEN}`
        this.#parts.forbidden(why, room.login)
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
    const { client, login, isOwn, operation, input, hindrance } = errand
    const { sessions } = login
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
}

/** The orders that the answer to a query tells of, well shaped or not. */
function ordersIn(answer: Answer<unknown>): readonly LooseOrder[] {
  if (answer.kind === 'malformed') return looseOrders(answer.raw)
  if (answer.kind === 'refusal') return []
  return [answer.value as LooseOrder | readonly LooseOrder[] | undefined]
    .flat()
    .filter((order) => order !== undefined)
}

/** Whether it says nothing but what is asked for. */
function isBare({ token, query = {}, params, body }: CallInput): boolean {
  const said = [token, params, body, ...Object.values(query)]
  return said.every((each) => each === undefined)
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
