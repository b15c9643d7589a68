import type { ClientBounds } from '../client-bounds.ts'
import type { ClientRule, ClientSight } from '../client-rule.ts'
import { type Call, isKnownTo } from '../reading/call.ts'
import type { ClientOrder } from '../reading/client-matter.ts'
import { numbersOf } from '../reading/runs.ts'

export const pollFinalRule: ClientRule = {
  id: 'client.poll-final',
  family: 'Querying',
  sentence:
    'The client stops querying an order whose final status it was told; one more look is fine.',
  source: { section: '4.3', mark: 'seed' },
  weight: 'should',
  unseen: 'no query told a final status',
  toSee: 'let an order be filled, and the client query it to its end',
  check: ({ calls, asked, orders, bounds }) => {
    const answered = Map.groupBy(
      calls.filter(({ isSuccess }) => isSuccess),
      ({ number }) => asked.get(number),
    )
    return orders.flatMap((order) =>
      toldIn(order).map((told) => {
        const queries = answered.get(order.orderId) ?? []
        return finalSight(told, order, queries, bounds)
      }),
    )
  },
}

/** The query of each session that told it the final status first. Another process may look anew. */
function toldIn({ ends }: ClientOrder): readonly Call[] {
  return ends.filter((end, at) => ends.findIndex(({ session }) => session === end.session) === at)
}

function finalSight(
  told: Call,
  { orderId, coId, views }: ClientOrder,
  queries: readonly Call[],
  { mostAfterFinal }: ClientBounds,
): ClientSight {
  const after = queries.filter((call) => call.session === told.session && isKnownTo(told, call))
  if (after.length <= mostAfterFinal) return 'held'
  const status = views.find(({ reading }) => reading.number === told.number)?.status
  return {
    detail: `queried ${after.length} more times after ${status} was told`,
    exchanges: [told.number, ...numbersOf(after)],
    user: told.user,
    orderId,
    ...(coId !== undefined && { coId }),
  }
}

export const cancelFinishedRule: ClientRule = {
  id: 'client.cancel-finished',
  family: 'Querying',
  sentence: 'The client does not go on cancelling an order that it knows to be over.',
  source: { section: '2.7', mark: 'own' },
  weight: 'should',
  unseen: 'no order that was over was to be cancelled',
  toSee: 'let an order be filled just before the client cancels it',
  check: ({ calls, orders, bounds }) => {
    const cancels = Map.groupBy(
      calls.filter(({ operation }) => operation === 'cancelOrder'),
      ({ params }) => params.orderId,
    )
    return orders.map((order) => cancelSight(order, cancels.get(order.orderId) ?? [], bounds))
  },
}

function cancelSight(
  { orderId, coId, ends }: ClientOrder,
  cancels: readonly Call[],
  { mostCancels }: ClientBounds,
): ClientSight {
  const over = [...ends, ...cancels.filter(isTooLate)]
  const idle = cancels.filter((cancel) =>
    over.some((known) => known.user === cancel.user && isKnownTo(known, cancel)),
  )
  const [first] = over
  if (!first || cancels.length === 0) return undefined
  if (idle.length <= mostCancels) return 'held'
  return {
    detail: `cancelled ${idle.length} times more after it was over, or refused to be cancelled`,
    exchanges: numbersOf([first, ...idle]),
    user: idle[0]?.user ?? '',
    orderId,
    ...(coId !== undefined && { coId }),
  }
}

/** What a cancel is refused with that comes too late is setting 30; who asks is another matter. */
function isTooLate({ isWhole, status = 0 }: Call): boolean {
  return isWhole && status >= 400 && status < 500 && ![401, 403, 429].includes(status)
}
