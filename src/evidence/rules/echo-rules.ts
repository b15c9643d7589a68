import { decimalOf } from '../reading/decimal.ts'
import type { OwnOrder } from '../reading/own-orders.ts'
import type { Placing } from '../reading/placing.ts'
import { type Fields, isFields, type Reading } from '../reading/reading.ts'
import { type Rule, resultOf, type Sight } from './rule.ts'

/** What comes back as it was sent; the last two only where the answer has them. */
const FIELDS = [
  'coId',
  'type',
  'timeInForce',
  'side',
  'currency',
  'symbol',
  'size',
  'price',
  'rateId',
  'expiryTime',
] as const

export const echoPlacingRule: Rule = {
  id: 'echo.placing',
  family: 'Echo',
  sentence: 'The answer to a placing repeats what was sent, numbers to the last digit.',
  source: { section: '2.4', mark: 'reference' },
  code: 'echo-mismatch',
  check: ({ placings }) =>
    resultOf(
      placings.flatMap((placing) =>
        placing.result === 'accepted' && isFields(placing.reading.body)
          ? sightsIn(placing.orderId ?? '', placing, placing.reading, placing.reading.body)
          : [],
      ),
    ),
}

export const echoQueryRule: Rule = {
  id: 'echo.query',
  family: 'Echo',
  sentence: 'Every query of an order repeats what was sent to place it, numbers to the last digit.',
  source: { section: '2.5', mark: 'reference' },
  code: 'echo-mismatch',
  check: ({ orders }) => resultOf(orders.flatMap(querySights)),
}

function querySights({ orderId, placing, views }: OwnOrder): Sight[] {
  if (!placing) return []
  return views
    .filter(({ by, reading }) => by === 'query' && reading.number > placing.reading.number)
    .flatMap(({ reading, fields }) => sightsIn(orderId, placing, reading, fields))
}

function sightsIn(orderId: string, placing: Placing, reading: Reading, fields: Fields): Sight[] {
  const compared = FIELDS.filter((field) => isComparable(field, placing.sent, fields))
  const different = compared.filter((field) => !isSame(placing.sent[field], fields[field]))
  if (different.length === 0) return compared.length === 0 ? [] : ['held']
  const exchanges = [...new Set([placing.reading.number, reading.number])]
  return different.map((field) => ({
    orderId,
    detail: `${field}: sent ${JSON.stringify(placing.sent[field])}, answered ${JSON.stringify(fields[field])}`,
    exchanges,
  }))
}

function isComparable(field: (typeof FIELDS)[number], sent: Fields, answered: Fields): boolean {
  const isThere = (value: unknown) => value !== undefined && value !== null
  // A PQ order may be FOK whatever it says (setting 18).
  const isForced = field === 'timeInForce' && sent.type === 'PQ' && sent.timeInForce !== 'FOK'
  return isThere(sent[field]) && isThere(answered[field]) && !isForced
}

function isSame(sent: unknown, answered: unknown): boolean {
  if (typeof sent !== 'number' && typeof answered !== 'number') return sent === answered
  const [one, other] = [decimalOf(sent), decimalOf(answered)]
  return one !== undefined && other !== undefined && one.eq(other)
}
