import type { RequestListener } from 'node:http'
import { text } from 'node:stream/consumers'
import { type Status, statusAt } from './orders.ts'
import { changeBehaviour, type State } from './state.ts'

/** An order as it really is, whatever the API says of it. */
export interface KnownOrder {
  readonly orderId: string
  readonly coId: string
  readonly status: Status
  readonly type: unknown
  readonly timeInForce: unknown
  readonly size: unknown
  /** `user@org` */
  readonly user: string
  /** Every field as it was sent. */
  readonly terms: Readonly<Record<string, unknown>>
  /** Epoch milliseconds. */
  readonly placedAt: number
}

function knownOrders({ orders, flags }: State): KnownOrder[] {
  const now = Date.now()
  const { user, org } = flags.credentials
  return orders.map((order) => ({
    orderId: order.orderId,
    coId: order.coId,
    status: statusAt(order, now),
    type: order.terms.type,
    timeInForce: order.terms.timeInForce,
    size: order.terms.size,
    user: `${user}@${org}`,
    terms: order.terms,
    placedAt: order.placedAt,
  }))
}

const views: Readonly<Record<string, (state: State) => unknown>> = {
  'GET /orders': (state) => [state, ...state.further].flatMap(knownOrders),
  'GET /requests': ({ requests }) => requests,
  'GET /tokens': (state) =>
    [state, ...state.further].flatMap(({ sessions }) => sessions.map(({ token }) => token)),
  'GET /peak': ({ measures }) => measures.peak(),
}

async function answer(state: State, what: string, body: string): Promise<[number, unknown]> {
  try {
    if (what === 'POST /behaviour') {
      changeBehaviour(state, JSON.parse(body))
      return [200, state.flags]
    }
    const view = views[what]
    return view === undefined ? [404, `There is no ${what}.`] : [200, view(state)]
  } catch (error) {
    return [400, error instanceof Error ? error.message : String(error)]
  }
}

/** Serves what a test may ask the stand-in about itself, and change. Loopback only, never TLS. */
export const adminListener =
  (state: State): RequestListener =>
  (message, response) => {
    text(message)
      .then((body) => answer(state, `${message.method} ${message.url}`, body))
      .then(([status, value]) => {
        response.writeHead(status, { 'Content-Type': 'application/json' })
        response.end(JSON.stringify(value))
      })
      .catch(() => response.destroy())
  }
