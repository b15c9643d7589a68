import type { OwnOrder } from '../../reading/own-orders.ts'
import type { Placing } from '../../reading/placing.ts'
import { type Fields, isFields, type Reading } from '../../reading/reading.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import { echoed } from './echo-fields.ts'

export const echoPlacingRule: Rule = {
  id: 'echo.placing',
  family: 'Echo',
  sentence:
    'The answer to a placing repeats what was sent, numbers to the last digit, prices at least to a tenth of a pip.',
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
  sentence:
    'Every query of an order repeats what was sent to place it, numbers to the last digit, prices at least to a tenth of a pip.',
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

function sightsIn(
  orderId: string,
  { reading: { number: placedIn }, sent }: Placing,
  { number }: Reading,
  answered: Fields,
): Sight[] {
  const when = placedIn === number ? 'at placing' : 'later'
  const compared = echoed(sent, answered, when)
  const different = compared.filter(({ isSame }) => !isSame)
  if (different.length === 0) return compared.length === 0 ? [] : ['held']
  return different.map(({ field }) => ({
    orderId,
    detail: `${field}: sent ${JSON.stringify(sent[field])}, answered ${JSON.stringify(answered[field])}`,
    exchanges: [...new Set([placedIn, number])],
  }))
}
