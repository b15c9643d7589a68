import type { ClientRule, ClientSight } from '../client-rule.ts'
import { type ClientMatter, isUnacknowledged, type PlacingCall } from '../reading/client-matter.ts'
import { tellsOf } from './lost-placing-rule.ts'

export const coIdRule: ClientRule = {
  id: 'client.co-id-once',
  family: 'Placing',
  sentence: 'The client gives each order a coId of its own, and none again that an order has.',
  source: { section: '2.4', mark: 'own' },
  weight: 'must',
  unseen: 'fewer than two orders were placed by one user',
  toSee: 'let the client place two orders, in two runs of it if it makes its coIds by counting',
  check: (matter) => {
    const byUser = Map.groupBy(matter.placings, ({ call }) => call.user)
    return [...byUser.values()].flatMap((placings) => userSights(placings, matter))
  },
}

function userSights(
  placings: readonly PlacingCall[],
  matter: ClientMatter,
): readonly ClientSight[] {
  const named = placings.filter(({ coId }) => coId !== undefined)
  const byCoId = [...Map.groupBy(named, ({ coId }) => coId)]
  const breaches = byCoId.map(([coId = '', all]): ClientSight => {
    const taken = all.find((placing) => isTaken(placing, matter))
    const again = all.filter(
      ({ call }) => taken && call.number > (takenAt(taken, matter) ?? Number.POSITIVE_INFINITY),
    )
    if (!taken || again.length === 0) return undefined
    const more = again.length === 1 ? 'again' : `${again.length} times again`
    return {
      detail: `placed ${more} under a coId that an order was known to have`,
      exchanges: [taken.call.number, ...again.map(({ call }) => call.number)],
      ...{ user: taken.call.user, coId },
    }
  })
  const hasSeveral =
    byCoId.filter(([, all]) => all.some((each) => isTaken(each, matter))).length > 1
  return hasSeveral ? [...breaches, 'held'] : breaches
}

const isTaken = (placing: PlacingCall, matter: ClientMatter) =>
  takenAt(placing, matter) !== undefined

/** The exchange that told the client of the order: the acknowledgement, or a look at it. */
function takenAt(placing: PlacingCall, { calls }: ClientMatter): number | undefined {
  const { call, coId, result } = placing
  if (!isUnacknowledged(placing)) return result === 'accepted' ? call.number : undefined
  return calls.find(
    (each) =>
      each.number > call.number &&
      each.user === call.user &&
      each.isSuccess &&
      each.operation !== 'placeOrder' &&
      tellsOf(each, coId),
  )?.number
}
