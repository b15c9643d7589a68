import { type Delivery, deliveriesByTrade, isDownload } from '../../reading/delivery.ts'
import { isOfOneUser, type Matter } from '../../reading/matter.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'

/**
 * Whether each user gets a trade once, or each session does, is setting 34: a trade may come again to another
 * user, or under another token.
 */
export const tradeOnceRule: Rule = {
  id: 'trade.once',
  family: 'Trades',
  sentence: 'A trade is downloaded once, and again only after a resend.',
  source: { section: '5', mark: 'seed' },
  code: 'duplicate-trade',
  check: (matter) => resultOf(deliveriesByTrade(matter).map((ofTrade) => sightOf(ofTrade, matter))),
}

function sightOf(ofTrade: readonly Delivery[], matter: Matter): Sight {
  const last = ofTrade.at(-1)
  if (!last) return undefined
  for (const ofToken of Map.groupBy(ofTrade, tokenOf).values()) {
    const again = repetitionIn(ofToken, matter)
    if (again) return again
  }
  const isLookedFor = matter.readings.some(
    (reading) =>
      isDownload(reading) &&
      reading.number > last.reading.number &&
      reading.exchange.token?.number === tokenOf(last),
  )
  return isLookedFor && isOfOneUser(matter) ? 'held' : undefined
}

function tokenOf({ reading }: Delivery): number | undefined {
  return reading.exchange.token?.number
}

function repetitionIn(ofToken: readonly Delivery[], matter: Matter): Sight {
  let before: Delivery[] = []
  for (const delivery of ofToken) {
    const previous = before.at(-1)
    if (previous && (isSentAgain(delivery) || isResentBetween(previous, delivery, matter)))
      before = []
    before.push(delivery)
    if (before.length > matter.users) {
      return {
        orderId: delivery.orderId,
        detail: `trade ${delivery.tradeId} came again without a resend`,
        exchanges: before.map(({ reading }) => reading.number),
      }
    }
  }
  return undefined
}

/** Another consumer may have asked for it; or it was amended, and comes for that. */
function isSentAgain({ fields: { event } }: Delivery): boolean {
  return typeof event === 'string' && event !== 'NEW'
}

/** A resend may have had its effect also where its answer was lost. */
function isResentBetween(one: Delivery, other: Delivery, { readings }: Matter): boolean {
  return readings.some(
    ({ operation, number }) =>
      operation === 'resendTrades' && number > one.reading.number && number < other.reading.number,
  )
}
