import type { Answer } from '../../api/client/answer.ts'
import type { CallInput } from '../../api/client/options.ts'
import type { Clock } from '../../api/clock.ts'
import type { Operation } from '../../api/contract/endpoints.ts'
import type { Order } from '../../api/contract/orders.ts'
import type { Breaches } from './breaches.ts'
import type { CallDesk } from './call-desk.ts'
import type { EndpointSettings } from './endpoint-settings.ts'
import { isMadeOf } from './made-of.ts'
import { NotSentError } from './not-sent-error.ts'
import type { LedgerEntry, OrderLedger } from './order-ledger.ts'
import type { ScenarioRoom } from './scenario-room.ts'

export interface SettlementParts {
  readonly clock: Clock
  readonly settings: EndpointSettings
  readonly desk: CallDesk
  readonly ledger: OrderLedger
  readonly breaches: Breaches
  /** Whether there is no time to look first: then it is cancelled at once. */
  readonly isHurried: () => boolean
}

/** Which step the exchanges of a clean-up belong to. */
const STEP = 'Clean-up: no order is left working'

/**
 * Brings orders to their end: looks for those in doubt, cancels what is working, and makes sure of it.
 * It never throws for what the endpoint does: what could not be settled is told.
 */
export class Settlement {
  readonly #parts: SettlementParts

  constructor(parts: SettlementParts) {
    this.#parts = parts
  }

  /**
   * @param room - Of the login that the order was placed with.
   * @returns Why the order may be working still; `undefined` where it is not.
   */
  settle(entry: LedgerEntry, room: ScenarioRoom): Promise<string | undefined> {
    return this.#settle(entry, room).catch(messageOf)
  }

  async #settle(entry: LedgerEntry, room: ScenarioRoom): Promise<string | undefined> {
    if (entry.orderId === undefined) {
      const why = await this.#find(entry, room)
      if (entry.orderId === undefined) return why
    }
    if (this.#parts.isHurried() && !endsByItself(entry)) return this.#cancel(entry, room)
    await this.#query(entry, room)
    if (isOver(entry)) return undefined
    if (endsByItself(entry) && (await this.#awaitEnd(entry, room))) return undefined
    return this.#cancel(entry, room)
  }

  async #cancel(entry: LedgerEntry, room: ScenarioRoom): Promise<string | undefined> {
    const { orderId = '' } = entry
    const cancellation = await this.#call(room, 'cancelOrder', { params: { orderId } })
    if (await this.#awaitEnd(entry, room)) return undefined
    const status = entry.status === '' ? 'of unknown status' : entry.status
    return `its cancellation was answered ${said(cancellation)}, and it is ${status} still`
  }

  /** Looks until the order is found, or has not been there for as long as it might take to appear. */
  async #find(entry: LedgerEntry, room: ScenarioRoom): Promise<string | undefined> {
    const { settings, ledger } = this.#parts
    let seen = ''
    const isFound = await this.#until(settings['doubt.withinMs'], async () => {
      seen = await this.#lookUp(entry, room)
      return entry.orderId !== undefined || isOver(entry)
    })
    if (isFound) return undefined
    if (entry.isOnItsWay) return 'its placing is on its way still'
    if (seen !== 'none') return `its placing got no answer, and looking for it was answered ${seen}`
    ledger.end(entry, 'absent', 'none seen')
    return undefined
  }

  /**
   * One look by client id, or, without one, among the active orders for one that is made the same.
   *
   * A 404 may also come from an address that does not exist, as nobody could read where the query by
   * client id lives: it counts where the list of active orders beside it can be had.
   *
   * @returns `none`, or what came instead of an answer that tells.
   * @see Fact sheet 2.6 [inferred].
   */
  async #lookUp(entry: LedgerEntry, room: ScenarioRoom): Promise<string> {
    const { coId } = entry
    if (coId === undefined) return this.#lookAmongActive(entry, room)
    const answer = await this.#call(room, 'queryOrders', { query: { coId } })
    const isNone = typeof answer !== 'string' && answer.httpStatus === 404
    return isNone ? this.#lookAmongActive(entry, room) : seenIn(answer)
  }

  async #lookAmongActive(entry: LedgerEntry, room: ScenarioRoom): Promise<string> {
    const { ledger } = this.#parts
    const answer = await this.#call(room, 'queryOrders', {})
    if (typeof answer !== 'string' && answer.kind === 'success' && entry.coId === undefined) {
      const found = answer.value as readonly Order[]
      const twin = found.find(
        (order) => isMadeOf(order, entry.sent) && !ledger.find(order, entry.login),
      )
      if (twin) ledger.see(entry, twin)
    }
    return seenIn(answer)
  }

  async #query({ orderId = '' }: LedgerEntry, room: ScenarioRoom): Promise<void> {
    await this.#call(room, 'queryOrder', { params: { id: orderId } })
  }

  async #awaitEnd(entry: LedgerEntry, room: ScenarioRoom): Promise<boolean> {
    const { settings, breaches } = this.#parts
    const { withinMs, isFull } = breaches.allow('cancellation', settings['cancel.withinMs'])
    const hasEnded = await this.#until(withinMs, async () => {
      await this.#query(entry, room)
      return isOver(entry)
    })
    if (!hasEnded && isFull) breaches.note('cancellation')
    return hasEnded
  }

  /** Looks at growing pauses, for the last time when the window has passed, until `look` is content. */
  async #until(withinMs: number, look: () => Promise<boolean>): Promise<boolean> {
    const { clock, settings } = this.#parts
    const deadline = clock.now() + withinMs
    let pauseMs = settings['poll.firstMs']
    for (;;) {
      const isLast = clock.now() >= deadline
      if (await look()) return true
      if (isLast) return false
      await clock.sleep(Math.min(pauseMs, Math.max(0, deadline - clock.now())))
      pauseMs = Math.min(pauseMs * settings['poll.factor'], settings['poll.mostMs'])
    }
  }

  /**
   * @returns The answer; without one, why there is none.
   * @throws {NotSentError} The login was refused: it is tried no more, and waiting would bring nothing.
   */
  async #call(
    room: ScenarioRoom,
    operation: Operation,
    input: CallInput,
  ): Promise<Answer<unknown> | string> {
    const what = { kind: 'operation', operation, input } as const
    const request = { client: room.login.ref, step: STEP, what }
    try {
      return (await this.#parts.desk.perform(room, request)) ?? 'nothing'
    } catch (error) {
      if (error instanceof NotSentError) throw error
      return messageOf(error)
    }
  }
}

function isOver({ standing }: LedgerEntry): boolean {
  return standing === 'ended' || standing === 'absent'
}

/** Whether the order does not wait, and has only to be waited for. */
function endsByItself({ sent }: LedgerEntry): boolean {
  return sent.type === 'PQ' || sent.timeInForce === 'IOC' || sent.timeInForce === 'FOK'
}

function seenIn(answer: Answer<unknown> | string): string {
  return typeof answer !== 'string' && answer.kind === 'success' ? 'none' : said(answer)
}

function said(answer: Answer<unknown> | string): string {
  if (typeof answer === 'string') return answer.replace(/\.$/, '')
  const isReadable = answer.kind !== 'malformed'
  return `HTTP ${answer.httpStatus}${isReadable ? '' : ', not as documented'}`
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
