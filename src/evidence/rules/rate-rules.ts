import { isFields } from '../reading/reading.ts'
import { type Rule, resultOf, type Sight } from './rule.ts'

const rateOfSymbolRule: Rule = {
  id: 'rate.of-symbol',
  family: 'Rates',
  sentence: 'A rate is of the symbol that was asked for.',
  source: { section: '2.1', mark: 'reference' },
  code: 'foreign-rate',
  check: ({ made }) =>
    resultOf(
      made
        .filter(({ operation, isSuccess }) => operation === 'spotRate' && isSuccess)
        .map(({ exchange, body, number }): Sight => {
          const asked = URL.parse(exchange.request.url)?.searchParams.get('symbol')
          const answered = isFields(body) ? body.symbol : undefined
          if (typeof answered !== 'string' || !asked) return undefined
          if (answered === asked) return 'held'
          const detail = `asked for ${asked}, answered about ${answered}`
          return { orderId: '', detail, exchanges: [number] }
        }),
    ),
}

/** What a rate is like. */
export const rateRules: readonly Rule[] = [rateOfSymbolRule]
