import type { Answer } from '../../api/client/answer.ts'
import type { CallInput } from '../../api/client/options.ts'
import type { Clock } from '../../api/clock.ts'
import type { Operation } from '../../api/contract/endpoints.ts'
import type { Order } from '../../api/contract/orders.ts'
import type { LeftWorking } from '../backend.ts'
import type { Breaches } from './breaches.ts'
import type { CallDesk } from './call-desk.ts'
import type { EndpointSettings } from './endpoint-settings.ts'
import type { LedgerEntry, OrderLedger } from './order-ledger.ts'
import type { ClientRef } from './protocol.ts'
import type { ScenarioRoom } from './scenario-room.ts'

export interface SettlementParts {
  readonly clock: Clock
  readonly settings: EndpointSettings
  readonly desk: CallDesk
  readonly ledger: OrderLedger
  readonly breaches: Breaches
  readonly client: ClientRef
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

  /** @returns The orders that may be working still. */
  async settle(entries: readonly LedgerEntry[], room: ScenarioRoom): Promise<LeftWorking[]> {
    const left: LeftWorking[] = []
    for (const entry of entries) {
      const why = await this.#settleOne(entry, room).catch(messageOf)
      if (why === undefined) continue
      const { orderId = 'unknown', coId = 'none', status } = entry
      left.push({ orderId, coId, status: status === '' ? 'unknown' : status, why })
    }
    return left
  }

  /** @returns Why the order may be working still; `undefined` where it is not. */
  async #settleOne(entry: LedgerEntry, room: ScenarioRoom): Promise<string | undefined> {
    if (entry.orderId === undefined) {
      const why = await this.#find(entry, room)
      if (entry.orderId === undefined) return why
    }
    await this.#query(entry, room)
    if (isOver(entry)) return undefined
    if (endsByItself(entry) && (await this.#awaitEnd(entry, room))) return undefined
    const cancellation = await this.#call(room, 'cancelOrder', {
      params: { orderId: entry.orderId },
    })
    if (await this.#awaitEnd(entry, room)) return undefined
    return `its cancellation was answered ${cancellation}, and it is ${entry.status} still`
  }

  /** Looks until the order is found, or has not been there for as long as it might take to appear. */
  async #find(entry: LedgerEntry, room: ScenarioRoom): Promise<string | undefined> {
    const { clock, settings, ledger } = this.#parts
    const deadline = clock.now() + settings['doubt.withinMs']
    for (let pauseMs = settings['poll.firstMs']; ; pauseMs *= settings['poll.factor']) {
      const seen = await this.#lookUp(entry, room)
      if (entry.orderId !== undefined) return undefined
      const isLast = clock.now() + pauseMs > deadline
      if (isLast && seen === 'none') {
        ledger.end(entry, 'absent', 'none seen')
        return undefined
      }
      if (isLast) return `its placing got no answer, and looking for it was answered ${seen}`
      await clock.sleep(Math.min(pauseMs, settings['poll.mostMs']))
    }
  }

  /** One look by client id, or, without one, among the active orders for one that is made the same. */
  async #lookUp({ coId, sent, ...entry }: LedgerEntry, room: ScenarioRoom): Promise<string> {
    const input = coId === undefined ? {} : { query: { coId } }
    let found: readonly Order[] = []
    const answered = await this.#call(room, 'queryOrders', input, (answer) => {
      if (answer.kind === 'success') found = answer.value as readonly Order[]
    })
    if (coId === undefined) {
      const twin = found.find((order) => isMadeOf(order, sent) && !this.#parts.ledger.find(order))
      const own = this.#parts.ledger.entries.find(({ order }) => order === entry.order)
      if (twin && own) this.#parts.ledger.see(own, twin)
    }
    return answered === 'HTTP 404' || answered === 'HTTP 200' ? 'none' : answered
  }

  async #query({ orderId = '' }: LedgerEntry, room: ScenarioRoom): Promise<void> {
    await this.#call(room, 'queryOrder', { params: { id: orderId } })
  }

  async #awaitEnd(entry: LedgerEntry, room: ScenarioRoom): Promise<boolean> {
    const { clock, settings, breaches } = this.#parts
    const { withinMs, isFull } = breaches.allow('cancellation', settings['cancel.withinMs'])
    const deadline = clock.now() + withinMs
    for (let pauseMs = settings['poll.firstMs']; ; pauseMs *= settings['poll.factor']) {
      await this.#query(entry, room)
      if (isOver(entry)) return true
      if (clock.now() + pauseMs > deadline) break
      await clock.sleep(Math.min(pauseMs, settings['poll.mostMs']))
    }
    if (isFull) breaches.note('cancellation')
    return false
  }

  /** @returns What came back, in a few words. */
  async #call(
    room: ScenarioRoom,
    operation: Operation,
    input: CallInput,
    look?: (answer: Answer<unknown>) => void,
  ): Promise<string> {
    const what = { kind: 'operation', operation, input } as const
    try {
      const answer = await this.#parts.desk.perform(room, {
        client: this.#parts.client,
        step: STEP,
        what,
      })
      if (answer) look?.(answer)
      return answer ? `HTTP ${answer.httpStatus}` : 'nothing'
    } catch (error) {
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

function isMadeOf(order: Order, sent: Readonly<Record<string, unknown>>): boolean {
  const names = Object.keys(sent)
  return names.length >= 4 && names.every((name) => order[name] === sent[name])
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error)
}
