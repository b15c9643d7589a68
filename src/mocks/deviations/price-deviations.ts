import type { Deviation } from './deviation.ts'
import { retelling } from './retelling.ts'
import { retrading } from './retrading.ts'
import { buysBase, moved } from './terms-of.ts'

/** What the settled amount would tell of a price is left out, so that the price alone is wrong. */
const SILENT = { settlCurrAmt: undefined }
const TRADE_SILENT = { settledAmount: undefined }

/** Ways to get prices wrong. */
export const priceDeviations: readonly Deviation[] = [
  {
    id: 'price.average-beyond-limit',
    sentence: 'The average price of a limit order is a point beyond its limit.',
    breaks: 'price.limit-or-better',
    begin: retelling(({ sent }, { averagePrice }) =>
      sent.type === 'Limit' && averagePrice !== undefined
        ? { averagePrice: moved(sent.price, sent, 'worse'), ...SILENT }
        : undefined,
    ),
  },
  {
    id: 'price.average-far-beyond-limit',
    sentence: 'The average price of a limit order is a tenth beyond its limit, and a round figure.',
    breaks: 'price.limit-or-better',
    begin: retelling(({ sent }, { averagePrice }) => {
      if (sent.type !== 'Limit' || averagePrice === undefined) return undefined
      const far = Number(sent.price) * (buysBase(sent) ? 1.1 : 0.9)
      return { averagePrice: Number(far.toPrecision(2)), ...SILENT }
    }),
  },
  {
    id: 'price.last-beyond-limit',
    sentence: 'The last fill of a limit order is a point beyond its limit, its average is not.',
    breaks: 'price.limit-or-better',
    begin: retelling(({ sent }, { lastPrice }) =>
      sent.type === 'Limit' && lastPrice !== undefined
        ? { lastPrice: moved(sent.price, sent, 'worse') }
        : undefined,
    ),
  },
  {
    id: 'price.term-side-mistaken',
    sentence:
      'A limit order that deals in the term currency is filled as if its side were that of the base currency.',
    breaks: 'price.limit-or-better-term',
    begin: retelling(({ sent }, { averagePrice }) => {
      const isMistaken = sent.type === 'Limit' && buysBase(sent) !== (sent.side === 'Buy')
      if (!isMistaken || averagePrice === undefined) return undefined
      const price = moved(sent.price, sent, 'worse')
      return { averagePrice: price, lastPrice: price, ...SILENT }
    }),
  },
  {
    id: 'price.pq-worse-than-quote',
    sentence: 'A previously quoted order is filled a point worse than its rate.',
    breaks: 'price.pq-at-quote',
    begin: retelling(({ sent }, { averagePrice }) =>
      sent.type === 'PQ' && averagePrice !== undefined
        ? { averagePrice: moved(averagePrice, sent, 'worse'), ...SILENT }
        : undefined,
    ),
  },
  {
    id: 'price.pq-last-worse-than-quote',
    sentence: 'The last fill of a previously quoted order is a point worse than its rate.',
    breaks: 'price.pq-at-quote',
    begin: retelling(({ sent }, { lastPrice }) =>
      sent.type === 'PQ' && lastPrice !== undefined
        ? { lastPrice: moved(lastPrice, sent, 'worse') }
        : undefined,
    ),
  },
  {
    id: 'price.trade-beyond-limit',
    sentence: 'The trade of a limit order is a point beyond its limit.',
    breaks: 'price.trade',
    begin: retrading(({ sent }) => {
      if (sent.type !== 'Limit') return undefined
      const rate = moved(sent.price, sent, 'worse')
      return { spotRate: rate, rate, ...TRADE_SILENT }
    }),
  },
  {
    id: 'price.trade-off-quote',
    sentence: 'The trade of a previously quoted order is a point worse than its rate.',
    breaks: 'price.trade',
    begin: retrading(({ sent }, { rate }) => {
      if (sent.type !== 'PQ') return undefined
      const worse = moved(rate, sent, 'worse')
      return { spotRate: worse, rate: worse, ...TRADE_SILENT }
    }),
  },
  {
    id: 'price.trade-amounts-beyond-limit',
    sentence: 'A trade that tells no price has amounts of one beyond the limit of its order.',
    breaks: 'price.trade',
    settings: { 'stp.extraFields': { settledAmount: 'settledAmount' } },
    begin: retrading(({ sent }, { settledAmount }) =>
      sent.type === 'Limit'
        ? { settledAmount: Number(settledAmount) * (sent.side === 'Buy' ? 1.01 : 0.99) }
        : undefined,
    ),
  },
]
