import { orderView } from './order-view.ts'
import { hasEnded, type Order, statusAt } from './orders.ts'
import { othersOrders } from './others.ts'
import { failure, json, type Reply, silence } from './replies.ts'
import type { ApiRequest } from './requests.ts'
import { nth, type State } from './state.ts'

type Fields = Record<string, unknown>

/** The time that an answer about `order` shows it at: an earlier one if the flags say so. */
function shownAt({ flags }: State, order: Order, now: number): number {
  if (order.queries < flags.receivedAgain) return order.placedAt - 1
  const goesBack = flags.terminalChanges > 0 && order.filledQueries >= flags.terminalChanges
  return goesBack ? order.fate.newAt : now
}

function fillAfterCancel(order: Order, now: number): void {
  const price = Number(order.terms.price ?? 1)
  order.fate = {
    newAt: order.fate.newAt,
    ending: { status: 'FILLED', at: now },
    fill: { quantity: Number(order.terms.size), price, at: now },
  }
}

/** One query of `order`. */
function observe(state: State, order: Order): Fields {
  const now = Date.now()
  if (statusAt(order, now) === 'FILLED') order.filledQueries += 1
  const at = shownAt(state, order, now)
  order.queries += 1
  const view = orderView(state, order, at)
  const seenCancelled = order.cancelled && statusAt(order, at) === 'CANCELED'
  if (state.flags.fillsAfterCancel && seenCancelled) fillAfterCancel(order, now)
  return view
}

function httpStatus({ flags }: State, view: Fields): number {
  return view.status === 'REJECTED' && flags.rejectionAs !== 200
    ? flags.rejectionAs
    : flags.queryStatus
}

function unknown({ flags }: State, what: string): Reply {
  return flags.unknownOrder === 200
    ? json(200, [])
    : failure(flags.unknownOrder, 'UNKNOWN_ORDER', `There is no order ${what}.`)
}

const another = (view: Fields): Fields => ({
  ...view,
  orderId: '9100000001',
  coId: 'another-order',
})

/** Section 2.5. */
export function queryById(state: State, { parts }: ApiRequest): Reply {
  const { flags, orders } = state
  if (flags.hang === 'query') return silence
  const id = parts[0] ?? ''
  const order = orders.find(({ orderId }) => orderId === id)
  const theirs = othersOrders(state).find(({ orderId }) => orderId === id)
  const found = order === undefined ? theirs : observe(state, order)
  if (found === undefined) return unknown(state, id)
  const foreign = flags.foreignAnswer && nth(state, 'query by id') % 5 === 0
  const view = foreign ? another(found) : found
  const answer = flags.severalOrders ? [view, another(view)] : [view]
  return json(
    httpStatus(state, view),
    flags.queryShape === 'object' && answer.length === 1 ? view : answer,
  )
}

function queryByClientId(state: State, coId: string): Reply {
  const found = state.orders.filter((order) => order.coId === coId)
  const theirs = othersOrders(state).filter((order) => order.coId === coId)
  const views = [...found.map((order) => observe(state, order)), ...theirs]
  const [first] = views
  if (first === undefined) return unknown(state, `with client id ${coId}`)
  const named = state.flags.idChanges
    ? views.map((view) => ({ ...view, orderId: '9100000002' }))
    : views
  return json(httpStatus(state, first), named)
}

/** Section 2.6: one order by client id, or the active ones. Listing an order is no query of it. */
export function queryByClient(state: State, { query }: ApiRequest): Reply {
  const { flags, orders } = state
  if (flags.hang === 'query') return silence
  const coId = query.get('coId')
  if (coId !== null) return queryByClientId(state, coId)
  const now = Date.now()
  const active = orders
    .filter((order) => !hasEnded(order, now))
    .map((order) => orderView(state, order, shownAt(state, order, now)))
  const all = [...active, ...othersOrders(state)]
  return json(flags.queryStatus, flags.reverseLists ? all.reverse() : all)
}
