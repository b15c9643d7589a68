import { isRatesByType, levelsIn } from '../../reading/rate-level.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'

export const topOfBookRule: Rule = {
  id: 'rate.top-of-book',
  family: 'Rates',
  sentence: 'The top of a book, asked for by the type TOB, has one level.',
  source: { section: '2.2', mark: 'inferred' },
  code: 'top-with-depth',
  check: ({ made }) =>
    resultOf(
      made
        .filter((reading) => isRatesByType(reading) && reading.params.type === 'TOB')
        .map((reading): Sight => {
          const { length } = levelsIn(reading)
          if (length <= 1) return length === 1 ? 'held' : undefined
          const detail = `expected one level, received ${length}`
          return { orderId: '', detail, exchanges: [reading.number] }
        }),
    ),
}
