import type { Matter } from '../../reading/matter.ts'
import { elementsOf, idOf, type Reading } from '../../reading/reading.ts'
import { isAboutTheRequest } from '../refused.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'

const asked = ({ exchange }: Reading, name: string) =>
  URL.parse(exchange.request.url)?.searchParams.get(name) || undefined

const requests = ({ made }: Matter) => made.filter(({ operation }) => operation === 'marketDataSet')

export const setOfIdRule: Rule = {
  id: 'rate.set-of-id',
  family: 'Rates',
  sentence: 'A market data set that is asked for by its id is the one that is answered.',
  source: { section: '2.3', mark: 'inferred' },
  code: 'foreign-data-set',
  check: (matter) =>
    resultOf(
      requests(matter).flatMap((reading) => {
        const id = asked(reading, 'id')
        const answered = reading.isSuccess ? elementsOf(reading.body) : []
        if (id === undefined) return []
        return answered.map((set): Sight => {
          const other = idOf(set.id)
          if (other === undefined) return undefined
          if (other === id) return 'held'
          const detail = `asked for ${id}, answered about ${other}`
          return { orderId: '', detail, exchanges: [reading.number] }
        })
      }),
    ),
}

export const setQueryRule: Rule = {
  id: 'rate.set-query',
  family: 'Rates',
  sentence:
    'Market data sets asked for by id and org at once, or by symbol and symbols at once, are refused.',
  source: { section: '2.3', mark: 'inferred' },
  code: 'ambiguous-query-accepted',
  check: (matter) => resultOf(requests(matter).map(querySight)),
}

function querySight(reading: Reading): Sight {
  const both = [
    ['id', 'org'],
    ['symbol', 'symbols'],
  ].find((names) => names.every((name) => asked(reading, name) !== undefined))
  if (!both) return undefined
  if (!reading.isSuccess) return isAboutTheRequest(reading.status) ? 'held' : undefined
  const detail = `a query by ${both.join(' and ')} was answered with ${reading.status}`
  return { orderId: '', detail, exchanges: [reading.number] }
}
