import { parseClientQueryPath } from '../../api/contract/client-query-path.ts'
import type { DeskOrder } from '../exchange/desk-order.ts'
import type { User } from '../exchange/directory.ts'
import type { Exchange } from '../exchange/exchange.ts'
import { orderView, placedView } from '../exchange/order-view.ts'
import type { Refusal } from '../exchange/refusal.ts'
import type { Authenticated } from './authentication.ts'
import { readJson } from './bodies.ts'
import type { DoorAnswer, DoorRequest, Row } from './door.ts'
import { errorAnswer } from './error-answers.ts'

/** Placing, querying and cancelling. Fact sheet 2.4 to 2.7 [seed, reference; 2.6 and 2.7: inferred]. */
export function orderRows(exchange: Exchange, authenticated: Authenticated): readonly Row[] {
  const { desk, settings, directory } = exchange
  const view = (order: DeskOrder) => orderView(order, settings, directory.broker.org)
  const clientQuery = parseClientQueryPath(settings['paths.queryByClient'])

  const failed = (refusal: Refusal): DoorAnswer => errorAnswer(refusal, settings)

  const notFound = (refusal: Refusal): DoorAnswer =>
    settings['query.unknown'] === 200 ? { status: 200, body: [] } : failed(refusal)

  const place = (request: DoorRequest, user: User): DoorAnswer => {
    const json = readJson(request, settings)
    if (!json.ok) return failed(json.refusal)
    const order = desk.place(user, json.value)
    return order.ok
      ? { status: 202, body: placedView(order.value, settings) }
      : failed(order.refusal)
  }

  const query = (request: DoorRequest, user: User): DoorAnswer => {
    const order = desk.query(user, request.params.id ?? '')
    if (!order.ok) return notFound(order.refusal)
    const body = view(order.value)
    return { status: 200, body: settings['query.shape'] === 'array' ? [body] : body }
  }

  /** The path of the query by client id may cover that of the query by server id. */
  const notByClient = (request: DoorRequest, user: User): DoorAnswer => {
    const id = request.params.coId
    if (id && request.pathname.startsWith('/v2/orders/')) {
      return query({ ...request, params: { id } }, user)
    }
    return failed({ reason: 'unknown-path', detail: `There is no GET ${request.pathname}.` })
  }

  const queryByClient = (request: DoorRequest, user: User): DoorAnswer => {
    const search = request.query.toString()
    const asked = clientQuery.match({ pathname: request.pathname, search })
    if (!asked) return notByClient(request, user)
    if (asked.kind === 'allActive') return { status: 200, body: desk.queryActive(user).map(view) }
    const order = desk.queryByCoId(user, asked.coId)
    return order.ok ? { status: 200, body: [view(order.value)] } : notFound(order.refusal)
  }

  const cancel = (request: DoorRequest, user: User): DoorAnswer => {
    const order = desk.cancel(user, request.params.orderId ?? '')
    if (!order.ok) return failed(order.refusal)
    const status = settings['cancel.successStatus']
    return status === 204 ? { status } : { status, body: placedView(order.value, settings) }
  }

  return [
    { operation: 'placeOrder', method: 'POST', path: '/v2/orders', handle: authenticated(place) },
    ...clientQuery.mounts.map(
      (path): Row => ({
        operation: 'queryOrders',
        method: 'GET',
        path,
        handle: authenticated(queryByClient),
      }),
    ),
    {
      operation: 'queryOrder',
      method: 'GET',
      path: '/v2/orders/{id}',
      handle: authenticated(query),
    },
    {
      operation: 'cancelOrder',
      method: 'DELETE',
      path: '/v2/orders/{orderId}',
      handle: authenticated(cancel),
    },
  ]
}
