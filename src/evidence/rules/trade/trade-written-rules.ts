import type { Delivery } from '../../reading/delivery.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'

const DATE = /^\d{4}-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/
const TYPES: readonly string[] = ['Spot', 'Outright', 'NDF', 'Swap', 'FwdFwd', 'NDFSwap']

export const tradeDatesRule: Rule = {
  id: 'trade.dates',
  family: 'Trades',
  sentence: 'The trade date and the value date of a trade are written YYYY-MM-DD.',
  source: { section: '2.8', mark: 'reference' },
  code: 'wrong-trade-date',
  check: ({ deliveries }) =>
    resultOf(
      deliveries.flatMap((delivery) =>
        (['tradeDate', 'valueDate'] as const).map((field) =>
          writtenSight(delivery, field, (text) => DATE.test(text)),
        ),
      ),
    ),
}

export const tradeTypeRule: Rule = {
  id: 'trade.type',
  family: 'Trades',
  sentence: `The type of a trade is one of ${TYPES.join(', ')}.`,
  source: { section: '2.8', mark: 'reference' },
  code: 'unknown-trade-type',
  check: ({ deliveries }) =>
    resultOf(
      deliveries.map((delivery) =>
        writtenSight(delivery, 'tradeType', (text) => TYPES.includes(text)),
      ),
    ),
}

/** Where it is missing, or no text, its shape is wrong, which is another rule's. */
function writtenSight(
  { orderId, tradeId, fields, reading }: Delivery,
  field: string,
  isRight: (text: string) => boolean,
): Sight {
  const told = fields[field]
  if (typeof told !== 'string') return undefined
  if (isRight(told)) return 'held'
  const detail = `trade ${tradeId}: its ${field} is ${told}`
  return { orderId, detail, exchanges: [reading.number] }
}
