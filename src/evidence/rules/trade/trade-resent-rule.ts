import { type Delivery, deliveriesByTrade, isLostDownload } from '../../reading/delivery.ts'
import type { Matter } from '../../reading/matter.ts'
import type { Reading } from '../../reading/reading.ts'
import { emptyDownloadAfter } from '../deal/dealt.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'

const DAY_MS = 86_400_000

export const tradeResentRule: Rule = {
  id: 'trade.resent',
  family: 'Trades',
  sentence:
    'After a resend the trades of its range that were downloaded before can be downloaded again.',
  source: { section: '2.9', mark: 'reference' },
  code: 'not-resent',
  check: (matter) =>
    resultOf(
      matter.made
        .filter(({ operation, isSuccess }) => operation === 'resendTrades' && isSuccess)
        .flatMap((resend) =>
          deliveriesByTrade(matter).map((ofTrade) => sightOf(ofTrade, resend, matter)),
        ),
    ),
}

function sightOf(ofTrade: readonly Delivery[], resend: Reading, matter: Matter): Sight {
  const before = ofTrade.findLast(({ reading }) => reading.number < resend.number)
  if (!before || !isCovered(before, resend)) return undefined
  if (ofTrade.some(({ reading }) => reading.number > resend.number)) return 'held'
  const empty = emptyDownloadAfter(resend, matter.bounds.tradeWithinMs, matter)
  if (!empty || mayBeLost(resend, empty, matter)) return undefined
  return {
    orderId: before.orderId,
    detail: `trade ${before.tradeId} of ${before.fields.tradeDate} did not come again after a resend`,
    exchanges: [before.reading.number, resend.number, empty.number],
  }
}

/**
 * Whether the trade date lies inside the range by whichever clock, zone and hour its day is reckoned: all
 * that is a gap (setting 42), so that a day on either side is asked for.
 */
function isCovered({ fields }: Delivery, { sent }: Reading): boolean {
  const day = Date.parse(`${String(fields.tradeDate)}T00:00:00Z`)
  const [start, end] = [timeOf(sent?.startDate), timeOf(sent?.endDate)]
  return start <= day - DAY_MS && day + 2 * DAY_MS <= end
}

function mayBeLost(after: Reading, before: Reading, { readings }: Matter): boolean {
  return readings.some(
    (reading) =>
      isLostDownload(reading) && reading.number > after.number && reading.number < before.number,
  )
}

/** `yyyy-MM-dd HH:mm:ss,SSS Z` in epoch milliseconds, or NaN. Fact sheet 2.9 [reference]. */
export function timeOf(stamp: unknown): number {
  const parts = /^(\d{4}-\d\d-\d\d) (\d\d:\d\d:\d\d),(\d{3}) ([+-]\d\d)(\d\d)$/.exec(String(stamp))
  if (!parts) return Number.NaN
  const [, day, time, millis, hours, minutes] = parts
  return Date.parse(`${day}T${time}.${millis}${hours}:${minutes}`)
}
