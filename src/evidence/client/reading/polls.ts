import type { Call } from './call.ts'
import type { ClientMatter } from './client-matter.ts'

/** All queries of one order in one session, or of all active orders. */
export interface Loop {
  /** Absent for all active orders. */
  readonly orderId: string | undefined
  readonly name: string
  readonly polls: readonly Call[]
}

export function loopsOf(matter: ClientMatter): readonly Loop[] {
  const polls = matter.calls.filter(
    ({ operation }) => operation === 'queryOrder' || operation === 'queryOrders',
  )
  const bySession = Map.groupBy(polls, ({ session }) => session)
  return [...bySession.values()].flatMap((all) =>
    [...Map.groupBy(all, (call) => matter.asked.get(call.number))].map(
      ([orderId, some]): Loop => ({
        orderId,
        name: orderId === undefined ? 'all active orders' : `order ${orderId}`,
        polls: some,
      }),
    ),
  )
}
