import { isRatesByType, spotRateIn } from '../../reading/rate-level.ts'
import { elementsOf, type Reading } from '../../reading/reading.ts'
import { isAboutTheRequest } from '../refused.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'

const queryOf = ({ exchange }: Reading) => URL.parse(exchange.request.url)?.searchParams

export const rateOfSymbolRule: Rule = {
  id: 'rate.of-symbol',
  family: 'Rates',
  sentence: 'A rate is of the symbol that was asked for.',
  source: { section: '2.1', mark: 'reference' },
  code: 'foreign-rate',
  check: ({ made }) => resultOf(made.flatMap(symbolSights)),
}

function symbolSights(reading: Reading): Sight[] {
  const told = symbolsIn(reading)
  if (told.length === 0) return []
  const asked = askedIn(reading)
  if (asked.length === 0) return []
  return told.map((answered): Sight => {
    if (asked.some((symbol) => isSame(symbol, answered, reading))) return 'held'
    const detail = `asked for ${asked.join(', ')}, answered about ${answered}`
    return { orderId: '', detail, exchanges: [reading.number] }
  })
}

/** The symbols that a request for rates or market data sets names. */
function askedIn(reading: Reading): readonly string[] {
  const query = queryOf(reading)
  const isSets = reading.operation === 'marketDataSet'
  const names = [query?.get('symbol') ?? '', ...(isSets ? [query?.get('symbols') ?? ''] : [])]
  return names.flatMap((name) => (isSets ? name.split(',') : [name])).filter((name) => name !== '')
}

/** The symbols of the rates that came, where they have one. */
function symbolsIn(reading: Reading): readonly string[] {
  const { operation, isSuccess, body } = reading
  const rate = spotRateIn(reading)
  const isByType = isRatesByType(reading) && isSuccess
  const isSets = operation === 'marketDataSet' && isSuccess
  const rates = [
    ...(rate ? [rate] : []),
    ...(isByType ? elementsOf(body) : []),
    ...(isSets ? elementsOf(body).flatMap((set) => elementsOf(set.rates)) : []),
  ]
  return rates.flatMap(({ symbol }) => (typeof symbol === 'string' ? symbol : []))
}

/** What a market data set calls a symbol is not told: its rateId has it without the slash. */
function isSame(one: string, other: string, { operation }: Reading): boolean {
  if (operation !== 'marketDataSet') return one === other
  return one.trim().replace('/', '') === other.replace('/', '')
}

export const symbolNeededRule: Rule = {
  id: 'rate.symbol-needed',
  family: 'Rates',
  sentence: 'A rate is answered to nobody who names no symbol.',
  source: { section: '2.1', mark: 'reference' },
  code: 'rate-without-symbol',
  check: ({ made }) =>
    resultOf(
      made
        .filter(({ operation }) => operation === 'spotRate')
        .filter((reading) => !queryOf(reading)?.get('symbol'))
        .map((reading): Sight => {
          if (!reading.isSuccess) return isAboutTheRequest(reading.status) ? 'held' : undefined
          const detail = `a request without symbol was answered with ${reading.status}`
          return { orderId: '', detail, exchanges: [reading.number] }
        }),
    ),
}
