import { operationMatcher } from '../../../api/contract/operation-matcher.ts'
import { isEnd, type OwnOrder, ownOrdersOf, type View } from '../../reading/own-orders.ts'
import { type Placing, placingsOf } from '../../reading/placing.ts'
import { idOf, isFields } from '../../reading/reading.ts'
import { type ClientBounds, DEFAULT_CLIENT_BOUNDS } from '../client-bounds.ts'
import type { ClientFacts, WatchedExchange } from '../watched-exchange.ts'
import { type Call, callsOf } from './call.ts'

/** A placing with what the server knows of it. */
export interface PlacingCall extends Placing {
  readonly call: Call
}

/** An order as the client saw it. */
export interface ClientOrder extends OwnOrder {
  readonly coId: string | undefined
  readonly placed: PlacingCall | undefined
  /** The queries that told a final status, in order. */
  readonly ends: readonly Call[]
}

/** What the rules of the client are judged on. */
export interface ClientMatter {
  /** In the order of arrival, from the last reset. */
  readonly calls: readonly Call[]
  readonly placings: readonly PlacingCall[]
  readonly orders: readonly ClientOrder[]
  /**
   * The order that each query of one order asks for, by the number of the exchange; `with coId …` where its
   * server id was never told.
   */
  readonly asked: ReadonlyMap<number, string>
  readonly facts: ClientFacts
  readonly bounds: ClientBounds
  /** Whether everything that was ever asked is there. */
  readonly isWhole: boolean
}

export function clientMatterOf(
  exchanges: readonly WatchedExchange[],
  facts: ClientFacts,
  bounds: Partial<ClientBounds> = {},
): ClientMatter {
  const start = Math.max(0, ...resetsIn(facts))
  const kept = exchanges.filter(({ number }) => number >= start)
  const calls = callsOf(kept, facts, operationMatcher(facts))
  const byNumber = new Map(calls.map((call) => [call.number, call]))
  const placings = placingsOf(calls).flatMap((placing): PlacingCall[] => {
    const call = byNumber.get(placing.reading.number)
    return call ? [{ ...placing, call }] : []
  })
  const callOf = ({ reading }: View) => byNumber.get(reading.number) ?? []
  const orders = ownOrdersOf(calls, placings).map((order): ClientOrder => {
    const placed = placings.find(({ call }) => call.number === order.placing?.reading.number)
    const coId = placed?.coId ?? idOf(order.views[0]?.fields.coId)
    const ended = order.views.filter(({ by, status }) => by === 'query' && isEnd(status))
    return { ...order, coId, placed, ends: ended.flatMap(callOf) }
  })
  return {
    ...{ calls, placings, orders, facts, asked: askedIn(calls, orders) },
    bounds: { ...DEFAULT_CLIENT_BOUNDS, ...bounds },
    isWhole: (facts.evicted ?? 0) === 0 && start === 0,
  }
}

function resetsIn({ staged = [] }: ClientFacts): readonly number[] {
  return staged.filter(({ kind }) => kind === 'reset').map(({ before }) => before)
}

function askedIn(
  calls: readonly Call[],
  orders: readonly ClientOrder[],
): ReadonlyMap<number, string> {
  const byCoId = new Map(orders.map(({ coId, orderId }) => [coId, orderId]))
  return new Map(
    calls.flatMap(({ number, operation, params: { id, coId } }): [number, string][] => {
      if (operation === 'queryOrder' && id !== undefined) return [[number, id]]
      if (operation !== 'queryOrders' || coId === undefined) return []
      return [[number, byCoId.get(coId) ?? `with coId ${coId}`]]
    }),
  )
}

/**
 * Whether the client was left without an acknowledgement: there may be an order. A 5xx with an error object
 * says that there is none; it counts where the server took the order all the same (setting `fault.place5xx`).
 *
 * @see Fact sheet 2.4, "Failure" [seed]; 4.3, rule 6 [inferred]; 6, row 47.
 */
export function isUnacknowledged(placing: PlacingCall): boolean {
  const { result, orderId } = placing
  return (
    result === 'in doubt' || (result === 'accepted' && orderId === undefined) || isBelied(placing)
  )
}

/** Whether a placing was answered with an error object, and taken all the same. */
export function isBelied({ result, call }: PlacingCall): boolean {
  return result === 'refused' && call.exchange.tookEffect === true && isFields(call.body)
}
