import { isDeepStrictEqual } from 'node:util'
import { tradeSchema } from '../../../api/contract/trades.ts'
import { type Delivery, deliveriesByTrade } from '../../reading/delivery.ts'
import { isOfOneUser } from '../../reading/matter.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'

/** What is documented of a trade. Anything else may be of the message that brings it. */
const FIELDS = Object.keys(tradeSchema.shape).filter((field) => field !== 'event')

/**
 * Another user may see a trade from another side. A field that was not told at first may be filled later, as
 * a settlement code is "when available".
 */
export const tradeUnchangedRule: Rule = {
  id: 'trade.resent-unchanged',
  family: 'Trades',
  sentence: 'A trade that is marked RESEND tells what it told before.',
  source: { section: '2.8', mark: 'reference' },
  code: 'resent-changed',
  check: (matter) =>
    resultOf(
      isOfOneUser(matter)
        ? deliveriesByTrade(matter).flatMap((ofTrade) =>
            ofTrade.map((delivery, at) => sightOf(ofTrade[at - 1], delivery)),
          )
        : [],
    ),
}

function sightOf(before: Delivery | undefined, again: Delivery): Sight {
  if (!before || again.fields.event !== 'RESEND' || isChange(before)) return undefined
  const { orderId, tradeId } = again
  const told = FIELDS.filter((field) => before.fields[field] != null)
  const changed = told
    .filter((field) => !isDeepStrictEqual(before.fields[field], again.fields[field]))
    .map(
      (field) =>
        `${field}: ${tell(before.fields[field])} before, then ${tell(again.fields[field])}`,
    )
  if (changed.length === 0) return 'held'
  const detail = `trade ${tradeId}: ${changed.join('; ')}`
  const exchanges = [...new Set([before.reading.number, again.reading.number])]
  return { orderId, detail, exchanges }
}

/** Whether it told of a change itself, in words that nobody has documented. */
function isChange({ fields: { event } }: Delivery): boolean {
  return typeof event === 'string' && event !== 'NEW' && event !== 'RESEND'
}

function tell(value: unknown): string {
  return value == null ? 'nothing' : String(value)
}
