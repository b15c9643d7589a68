import { altering, isSuccess, successInstead } from './altering.ts'
import type { Deviation, Fields } from './deviation.ts'
import { mapped } from './retelling.ts'

/** Ways to get market data sets wrong. */
export const dataSetDeviations: readonly Deviation[] = [
  {
    id: 'data-set-of-another-pair',
    sentence: 'The rates of a market data set are of another pair than was asked for.',
    breaks: 'rate.of-symbol',
    begin: retellingSets((set) => withRates(set, { symbol: 'XAU/USD' })),
  },
  {
    id: 'data-set-with-empty-rate-ids',
    sentence: 'The rateIds of a market data set are empty.',
    breaks: 'rate.id',
    begin: retellingSets((set) => withRates(set, { rateId: '' })),
  },
  {
    id: 'another-data-set',
    sentence: 'Another market data set is answered than was asked for.',
    breaks: 'rate.set-of-id',
    begin: retellingSets((set) => ({ ...set, id: 'AnotherMDS' })),
  },
  {
    id: 'data-set-asked-for-twice-over',
    sentence: 'A market data set is answered to who asks by symbol and symbols at once.',
    breaks: 'rate.set-query',
    begin: altering(['marketDataSet'], (answer, { url: { searchParams } }) =>
      searchParams.has('symbol') && searchParams.has('symbols')
        ? successInstead(answer, [{ id: searchParams.get('id'), rates: [] }])
        : answer,
    ),
  },
]

function retellingSets(otherwise: (set: Fields) => Fields): Deviation['begin'] {
  return altering(['marketDataSet'], (answer) =>
    isSuccess(answer) ? mapped(answer, otherwise) : answer,
  )
}

function withRates(set: Fields, fields: Fields): Fields {
  const rates = Array.isArray(set.rates) ? set.rates : []
  return { ...set, rates: rates.map((rate: Fields) => ({ ...rate, ...fields })) }
}
