import { lifecycleOf } from '../../machines/lifecycle.ts'
import { DeskOrder } from './desk-order.ts'
import type { User } from './directory.ts'
import { readOrderRequest } from './order-terms.ts'
import { OrderTrade } from './order-trade.ts'
import type { Pair } from './pairs.ts'
import type { OrderRecord, Person, WorkRecord } from './records.ts'
import type { Settings } from './settings/settings.ts'
import type { Fill, TradeRecord } from './trade-record.ts'

/** What reading an order takes. */
interface Reading {
  readonly settings: Settings
  readonly pairOf: (symbol: string) => Pair | undefined
  readonly userOf: (person: Person) => User
}

export function orderRecordOf(order: DeskOrder): OrderRecord {
  const { orderId, coId, user, echo, placedAt, changedAt, status, fills } = order
  const { lastEvent, rejection, dealsBase, endedAs } = order
  return {
    ...{ orderId, coId, user: personOf(user), echo, placedAt, changedAt, status },
    ...(lastEvent !== undefined && { lastEvent }),
    ...(rejection !== undefined && { rejection }),
    ...(dealsBase !== undefined && { dealsBase }),
    ...(fills.length > 0 && { fills: fills.map(fillOf) }),
    ...(endedAs !== undefined && { endedAs }),
    ...(!order.isFinal && { work: workOf(order) }),
  }
}

/** The order of a record; whatever waits for it is still to be arranged. */
export function orderOf(record: OrderRecord, { settings, pairOf, userOf }: Reading): DeskOrder {
  const { work, fills = [], user, ...rest } = record
  // Terms follow from what was sent, as they did at first.
  const terms = work && readOrderRequest(record.echo, settings, pairOf).terms
  const order = new DeskOrder({
    ...rest,
    ...(terms && { terms }),
    user: userOf(user),
    lifecycle: lifecycleOf(String(record.echo.type)),
    ...(work && { plan: work.plan }),
  })
  const { stagePolls = 0, isCancelling = false, deadline, pace, restsSince } = work ?? {}
  order.resume({
    status: record.status,
    changedAt: record.changedAt,
    lastEvent: record.lastEvent,
    rejection: record.rejection,
    dealsBase: record.dealsBase,
    endedAs: record.endedAs,
    ...{ stagePolls, isCancelling, waits: { deadline, pace, restsSince } },
    fills: fills.map((fill) => new OrderTrade(order, fill)),
  })
  return order
}

export function tradeRecordOf(trade: TradeRecord): TradeRecord {
  const { orderId, coId, user, side, symbol, currency, rateId } = trade
  return {
    ...fillOf(trade),
    ...{ orderId, coId, user: personOf(user), side, symbol, currency },
    ...(rateId !== undefined && { rateId }),
  }
}

function workOf(order: DeskOrder): WorkRecord {
  const { plan, stagePolls, isCancelling, waits } = order
  const { deadline, pace, restsSince } = waits
  return {
    ...{ plan, stagePolls, isCancelling },
    ...(deadline && { deadline }),
    ...(pace && { pace }),
    ...(restsSince !== undefined && { restsSince }),
  }
}

function fillOf({ tradeId, dealt, settled, rate, executedAt }: Fill): Fill {
  return { tradeId, dealt, settled, rate, executedAt }
}

function personOf({ name, org }: Person): Person {
  return { name, org }
}
