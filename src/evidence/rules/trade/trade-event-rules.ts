import { type Delivery, deliveriesByTrade, isResend } from '../../reading/delivery.ts'
import { isOfOneUser, type Matter } from '../../reading/matter.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'

/** How a trade may be marked that was changed after it was done; the page of amendments was not read. */
const CHANGED = /amend|cancel|correct|modif|replace|update/i

/**
 * After a resend nobody can tell what it was: trades that were never downloaded are a gap (setting 42). And
 * another consumer may have had it before, and have it sent again.
 */
export const firstNewRule: Rule = {
  id: 'trade.first-new',
  family: 'Trades',
  sentence:
    'A trade that is downloaded for the first time is marked NEW, where it is marked, unless another consumer had it before.',
  source: { section: '2.8', mark: 'reference' },
  code: 'first-not-new',
  check: (matter) =>
    resultOf(deliveriesByTrade(matter).map(([first]) => first && firstSight(first, matter))),
}

function firstSight({ orderId, tradeId, fields, reading }: Delivery, matter: Matter): Sight {
  const { event } = fields
  const isResent = matter.readings.some(
    ({ operation, number }) => operation === 'resendTrades' && number < reading.number,
  )
  if (typeof event !== 'string' || isResent) return undefined
  if (event === 'NEW') return 'held'
  if (event === 'RESEND' || CHANGED.test(event)) return undefined
  const detail = `trade ${tradeId} came for the first time, marked ${event}`
  return { orderId, detail, exchanges: [reading.number] }
}

/** Of two users each may get a trade once: for one it is new that is sent again to the other. */
export const resentMarkRule: Rule = {
  id: 'trade.resent-mark',
  family: 'Trades',
  sentence: 'A trade that comes again after a resend is marked RESEND, where it is marked.',
  source: { section: '2.9', mark: 'reference' },
  code: 'resent-not-marked',
  check: (matter) =>
    resultOf(
      isOfOneUser(matter)
        ? deliveriesByTrade(matter).flatMap((ofTrade) => againSights(ofTrade, matter))
        : [],
    ),
}

function againSights(ofTrade: readonly Delivery[], { readings }: Matter): Sight[] {
  return ofTrade.map((delivery, at): Sight => {
    const before = ofTrade[at - 1]
    const resend = readings.find(
      (reading) =>
        isResend(reading) &&
        before !== undefined &&
        reading.number > before.reading.number &&
        reading.number < delivery.reading.number,
    )
    const { orderId, tradeId, fields } = delivery
    if (!before || !resend || typeof fields.event !== 'string') return undefined
    if (fields.event === 'RESEND') return 'held'
    if (fields.event !== 'NEW') return undefined
    const detail = `trade ${tradeId} came again after a resend, marked ${fields.event}`
    return {
      orderId,
      detail,
      exchanges: [before.reading.number, resend.number, delivery.reading.number],
    }
  })
}
