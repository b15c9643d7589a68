import type { ShapeProblem } from '../../../api/client/answer.ts'
import { orderSchema } from '../../../api/contract/orders.ts'
import type { Matter } from '../../reading/matter.ts'
import { isUnnamed } from '../../reading/own-orders.ts'
import { type Fields, idOf, isFields, type Reading } from '../../reading/reading.ts'

/**
 * Whether a problem with the shape of an answer is no fault of the server's rules about own orders:
 * it lies in an order or a trade of somebody else, or in a field that was sent wrongly, which may be
 * accepted at first (setting 19) and then comes back as it was sent.
 */
export function isExcused(problem: ShapeProblem, reading: Reading, matter: Matter): boolean {
  const { index, field } = placeOf(problem.path)
  const element = index === undefined ? reading.body : [reading.body].flat()[index]
  if (!isFields(element)) return false
  if (isOfOthers(element, reading, matter)) return true
  const sent = sentFor(element, reading, matter)
  return sent !== undefined && field !== undefined && isWrongly(sent, field)
}

function isOfOthers(element: Fields, { operation, params }: Reading, matter: Matter): boolean {
  const isList =
    operation === 'downloadTrades' || (operation === 'queryOrders' && params.coId === undefined)
  const orderId = idOf(element.orderId)
  if (!isList || orderId === undefined) return false
  const isOwn =
    matter.orders.some((order) => order.orderId === orderId) ||
    matter.placings.some((placing) => isUnnamed(placing, element.coId))
  return !isOwn
}

function sentFor(element: Fields, reading: Reading, { orders }: Matter): Fields | undefined {
  if (reading.operation === 'placeOrder') return reading.sent
  const orderId = idOf(element.orderId) ?? reading.params.id
  return orders.find((order) => order.orderId === orderId)?.placing?.sent
}

/** What only the server says cannot have been sent wrongly. */
const ANSWERED_ONLY = ['orderId', 'status']

function isWrongly(sent: Fields, field: string): boolean {
  if (!Object.hasOwn(orderSchema.shape, field) || ANSWERED_ONLY.includes(field)) return false
  const schema = orderSchema.shape[field as keyof typeof orderSchema.shape]
  return !schema.safeParse(sent[field]).success
}

/** `[2].coId` is field `coId` of element 2; `coId` is a field of the body itself. */
function placeOf(path: string): { readonly index?: number; readonly field?: string } {
  const [, index, field] = /^(?:\[(\d+)\]\.?)?(\w+)?/.exec(path) ?? []
  return {
    ...(index === undefined ? {} : { index: Number(index) }),
    ...(field === undefined ? {} : { field }),
  }
}
