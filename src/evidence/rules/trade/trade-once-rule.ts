import { type Delivery, deliveriesByTrade, isDownload } from '../../reading/delivery.ts'
import { isOfOneUser, type Matter } from '../../reading/matter.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'

/**
 * Where several users logged in, each may get a trade once: whether they count as one is setting 34.
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
  const [first] = ofTrade
  const last = ofTrade.at(-1)
  if (!first || !last) return undefined
  let before: Delivery[] = []
  for (const delivery of ofTrade) {
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
  const isLookedFor = matter.readings.some(
    (reading) => isDownload(reading) && reading.number > last.reading.number,
  )
  return isLookedFor && isOfOneUser(matter) ? 'held' : undefined
}

/** Another consumer may have asked for it. */
function isSentAgain({ fields }: Delivery): boolean {
  return fields.event === 'RESEND'
}

/** A resend may have had its effect also where its answer was lost. */
function isResentBetween(one: Delivery, other: Delivery, { readings }: Matter): boolean {
  return readings.some(
    ({ operation, number }) =>
      operation === 'resendTrades' && number > one.reading.number && number < other.reading.number,
  )
}
