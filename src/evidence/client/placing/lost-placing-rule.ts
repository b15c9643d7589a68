import { elementsOf, idOf } from '../../reading/reading.ts'
import type { ClientBreach, ClientRule, ClientSight } from '../client-rule.ts'
import { type Call, endingOf } from '../reading/call.ts'
import {
  type ClientMatter,
  isBelied,
  isUnacknowledged,
  type PlacingCall,
} from '../reading/client-matter.ts'

export const lostPlacingRule: ClientRule = {
  id: 'client.look-up-lost',
  family: 'Placing',
  sentence:
    'After a placing without acknowledgement the client looks the order up by its coId, before it places it again: there may be an order.',
  source: { section: '4.3', mark: 'inferred' },
  weight: 'must',
  unseen: 'no acknowledgement was lost',
  toSee: 'stage a fault on placeOrder that cuts the connection after the side effect',
  check: (matter) =>
    matter.placings.filter(isUnacknowledged).map((placing) => lostSight(placing, matter)),
}

function lostSight(lost: PlacingCall, matter: ClientMatter): ClientSight {
  const { call, coId } = lost
  if (coId === undefined) return undefined
  const learnt = learntBy(lost, matter)
  const later = matter.placings.filter(
    (each) =>
      each.call.user === call.user &&
      each.call.number > call.number &&
      each.call.number < (learnt?.number ?? Number.POSITIVE_INFINITY),
  )
  const breach = (what: string, again?: PlacingCall): ClientBreach => ({
    detail: `got no acknowledgement (${endingOf(call)}), and ${what}`,
    exchanges: [call.number, ...(again ? [again.call.number] : [])],
    ...{ user: call.user, coId },
  })
  const same = later.find((each) => each.coId === coId)
  if (same) return breach('was placed again under the same coId without a look', same)
  const doubled = later.find((each) => isSecondGo(each, lost, learnt, matter))
  if (doubled) {
    const what = `the same terms were placed under coId ${doubled.coId} without a look: the risk is doubled where both were taken`
    return breach(what, doubled)
  }
  if (learnt) return 'held'
  // An error object says that there is no order: who believes it has nothing to look for.
  return isBelied(lost) ? undefined : breach('was never looked up by its coId')
}

/** The first answer that told whether there is such an order. */
function learntBy({ call, coId }: PlacingCall, { calls }: ClientMatter): Call | undefined {
  return calls.find((each) => {
    if (each.number <= call.number || each.user !== call.user) return false
    if (each.operation === 'queryOrders' && each.params.coId === coId) {
      return each.isSuccess || (each.isWhole && each.status === 404)
    }
    return each.isSuccess && each.operation !== 'placeOrder' && tellsOf(each, coId)
  })
}

export function tellsOf({ body }: Call, coId: string | undefined): boolean {
  return elementsOf(body).some((fields) => idOf(fields.coId) === coId)
}

/**
 * Whether a placing may be the lost one once more. Not so where the client places the like all the time, or
 * made both at once and looked the lost one up as it should; or where another process made it, that ran
 * before the loss: one that was begun after it may be the same one, started anew.
 */
function isSecondGo(
  each: PlacingCall,
  lost: PlacingCall,
  learnt: Call | undefined,
  { calls, placings, bounds }: ClientMatter,
): boolean {
  const { session } = each.call
  const isOtherProcess =
    session !== lost.call.session &&
    calls.some((call) => call.session === session && call.number < lost.call.number)
  if (isOtherProcess || termsOf(each) !== termsOf(lost)) return false
  const isHabit = placings.some(
    (earlier) =>
      earlier.call.user === lost.call.user &&
      earlier.call.number < lost.call.number &&
      termsOf(earlier) === termsOf(lost),
  )
  if (isHabit) return false
  const [first, second] = [lost.call.cameAt, each.call.cameAt]
  const isTogether =
    first !== undefined && second !== undefined && second - first < bounds.togetherMs
  return !(isTogether && learnt?.operation === 'queryOrders')
}

/** What makes the risk; a rate and its price are others each time. */
function termsOf({ sent }: PlacingCall): string {
  const { type, side, symbol, currency, size } = sent
  return JSON.stringify([type, side, symbol, currency, Number(size)])
}
