import { placeOrderRequestSchema } from '../../api/contract/orders.ts'
import type { Matter } from '../reading/matter.ts'
import { endOf, isEnd, type OwnOrder } from '../reading/own-orders.ts'
import type { Placing } from '../reading/placing.ts'
import { elementsOf, idOf, type Reading } from '../reading/reading.ts'
import { isSeenEnded } from '../rules/known-order.ts'
import type { Variant } from './variant.ts'

/** Placing, querying and cancelling. Fact sheet 6, rows 19, 21, 22, 24 and 30. */
export function orderVariants(matter: Matter): readonly Variant[] {
  return [
    ...matter.made.flatMap((reading) => [
      ...queryVariants(reading, matter),
      ...activeVariants(reading, matter),
      ...cancelVariants(reading, matter),
    ]),
    ...matter.placings.flatMap(validationVariants),
  ]
}

function queryVariants(reading: Reading, matter: Matter): Variant[] {
  const { operation, params, status, isSuccess, body, number } = reading
  if (operation !== 'queryOrder') return []
  if (isSuccess && elementsOf(body).length > 0) {
    const value = Array.isArray(body) ? 'array' : 'object'
    return [{ setting: 'query.shape', value, exchange: number }]
  }
  const isNothing = isSuccess && Array.isArray(body)
  if (!isNothing && status !== 404) return []
  if (isSeenEnded(reading, matter)) {
    return [{ setting: 'order.retentionMs', value: 'limited', exchange: number }]
  }
  const isUnknown = !matter.orders.some(
    ({ orderId, views }) => orderId === params.id && views.length > 0,
  )
  return isUnknown ? [{ setting: 'query.unknown', value: status, exchange: number }] : []
}

function activeVariants(reading: Reading, { orders }: Matter): Variant[] {
  const { operation, params, isSuccess, body, number } = reading
  if (operation !== 'queryOrders' || !isSuccess || params.coId !== undefined) return []
  const ended = elementsOf(body).filter(
    ({ status, orderId }) =>
      isEnd(String(status)) && orders.some((order) => order.orderId === idOf(orderId)),
  )
  if (ended.length === 0) return []
  return [{ setting: 'active.includesTerminal', value: true, exchange: number }]
}

function cancelVariants(reading: Reading, { orders }: Matter): Variant[] {
  const { operation, params, status = 0, number } = reading
  if (operation !== 'cancelOrder') return []
  if (status >= 200 && status < 300) {
    return [{ setting: 'cancel.successStatus', value: status, exchange: number }]
  }
  const order = orders.find(({ orderId }) => orderId === params.orderId)
  const isOver = order !== undefined && endedBefore(order, number)
  if (!isOver || status < 400 || status >= 500 || status === 401 || status === 429) return []
  return [{ setting: 'cancel.tooLate', value: status, exchange: number }]
}

function endedBefore(order: OwnOrder, number: number): boolean {
  return (endOf(order)?.reading.number ?? number) < number
}

/** A placing that lacks a required field, and has nothing else wrong with it. */
function validationVariants({ sent, result, reading }: Placing): Variant[] {
  const issues = placeOrderRequestSchema.safeParse(sent).error?.issues ?? []
  const isMissing = ({ path: [name] }: (typeof issues)[number]) => sent[String(name)] === undefined
  if (issues.length === 0 || !issues.every(isMissing)) return []
  const value =
    result === 'accepted' ? 'rejectOnQuery' : reading.status === 400 ? 'http400' : undefined
  if (value === undefined) return []
  return [{ setting: 'validation.missingField', value, exchange: reading.number }]
}
