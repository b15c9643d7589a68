import { isRatesByType } from '../../reading/rate-level.ts'
import { isFields, type Reading } from '../../reading/reading.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'

export const parallelArraysRule: Rule = {
  id: 'rate.parallel-arrays',
  family: 'Rates',
  sentence:
    'In rates by type that come as arrays, each price has its amount, and its provider where those are told.',
  source: { section: '2.2', mark: 'inferred' },
  code: 'unequal-arrays',
  check: ({ made }) =>
    resultOf(
      made
        .filter((reading) => isRatesByType(reading) && reading.isSuccess)
        .flatMap((reading) => [sideSight('bid', reading), sideSight('offer', reading)]),
    ),
}

function sideSight(side: 'bid' | 'offer', { body, number }: Reading): Sight {
  const prices = isFields(body) ? body[side] : undefined
  if (!isFields(body) || !Array.isArray(prices)) return undefined
  const names = [`${side}Limit`, `${side}Providers`].filter((name) => Array.isArray(body[name]))
  const lengths = names.map((name) => [name, [body[name]].flat().length] as const)
  const [unequal] = lengths.filter(([, length]) => length !== prices.length)
  if (!unequal) return lengths.length > 0 && prices.length > 0 ? 'held' : undefined
  const [name, length] = unequal
  const detail = `${prices.length} in ${side}, ${length} in ${name}`
  return { orderId: '', detail, exchanges: [number] }
}
