import type { Matter } from '../reading/matter.ts'
import { endOf, type OwnOrder, type View } from '../reading/own-orders.ts'
import { lastDealt } from '../rules/deal/dealt.ts'
import type { Variant } from './variant.ts'

/** What orders pass, and how they end. Fact sheet 6, rows 26 to 28. */
export function progressVariants(matter: Matter): readonly Variant[] {
  return matter.orders.flatMap((order) => [
    ...receivedVariants(order),
    ...skippedVariants(order),
    ...lapseVariants(order, matter),
    ...spellingVariants(order),
  ])
}

/** Statuses that are called otherwise than in the documentation, where that leaves it open. */
function spellingVariants({ views }: OwnOrder): Variant[] {
  return views.flatMap(({ fields, status, reading }): Variant[] => {
    if (fields.status === status || typeof fields.status !== 'string') return []
    const setting = status === 'CANCELED' ? 'cancel.status' : 'partial.workingStatus'
    return [{ setting, value: fields.status, exchange: reading.number }]
  })
}

function receivedVariants({ views }: OwnOrder): Variant[] {
  const again = views.find(({ by, status }) => by === 'query' && status === 'RECEIVED')
  if (!again) return []
  return [{ setting: 'advance.receivedQueries', value: '>0', exchange: again.reading.number }]
}

/** FILLED and EXPIRED lie behind NEW; whether it was there and nobody looked cannot be told. */
function skippedVariants(order: OwnOrder): Variant[] {
  const { views } = order
  const end = endOf(order)
  const mustHavePassed = end?.status === 'FILLED' || end?.status === 'EXPIRED'
  if (!mustHavePassed) return []
  const skipped = !views.some(({ by, status }) => by === 'query' && status === 'NEW')
  return [{ setting: 'advance.skipNew', value: skipped, exchange: end.reading.number }]
}

function lapseVariants(order: OwnOrder, { made }: Matter): Variant[] {
  const end = endOf(order)
  const isCancelled = made.some(
    ({ operation, params }) => operation === 'cancelOrder' && params.orderId === order.orderId,
  )
  if (!end || !isHasty(order, end) || isCancelled) return []
  if (end.status !== 'EXPIRED' && end.status !== 'CANCELED') return []
  const setting = lastDealt(order)?.gt(0) ? 'partial.finalStatus' : 'ioc.unfilledStatus'
  return [{ setting, value: end.status, exchange: end.reading.number }]
}

function isHasty({ placing }: OwnOrder, { fields }: View): boolean {
  const life = placing?.sent.timeInForce ?? fields.timeInForce
  return life === 'IOC' || life === 'FOK'
}
