import type { ClientRule, ClientSight } from '../client-rule.ts'
import { type Call, isKnownTo } from '../reading/call.ts'
import type { ClientMatter, ClientOrder } from '../reading/client-matter.ts'
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
  check: (matter) =>
    matter.orders.flatMap((order) => toldIn(order).map((told) => finalSight(told, order, matter))),
}

/** The query of each session that told it the final status first. Another process may look anew. */
function toldIn({ ends }: ClientOrder): readonly Call[] {
  return ends.filter((end, at) => ends.findIndex(({ session }) => session === end.session) === at)
}

function finalSight(
  told: Call,
  { orderId, coId, views }: ClientOrder,
  matter: ClientMatter,
): ClientSight {
  const after = matter.calls.filter(
    (call) =>
      call.session === told.session &&
      call.isSuccess &&
      matter.asked.get(call.number) === orderId &&
      isKnownTo(told, call),
  )
  if (after.length <= matter.bounds.mostAfterFinal) return 'held'
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
  check: (matter) => matter.orders.map((order) => cancelSight(order, matter)),
}

function cancelSight(
  { orderId, coId, ends }: ClientOrder,
  { calls, bounds }: ClientMatter,
): ClientSight {
  const cancels = calls.filter(
    ({ operation, params }) => operation === 'cancelOrder' && params.orderId === orderId,
  )
  const over = [...ends, ...cancels.filter(isTooLate)]
  const idle = cancels.filter((cancel) => over.some((known) => isKnownTo(known, cancel)))
  const [first] = over
  if (!first || cancels.length === 0) return undefined
  if (idle.length <= bounds.mostCancels) return 'held'
  return {
    detail: `cancelled ${idle.length} times more, though it was known to be over`,
    exchanges: numbersOf([first, ...idle].toSorted((one, other) => one.number - other.number)),
    user: first.user,
    orderId,
    ...(coId !== undefined && { coId }),
  }
}

/** What a cancel is refused with that comes too late is setting 30; who asks is another matter. */
function isTooLate({ isWhole, status = 0 }: Call): boolean {
  return isWhole && status >= 400 && status < 500 && ![401, 403, 429].includes(status)
}
