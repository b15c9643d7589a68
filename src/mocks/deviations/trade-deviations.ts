import type { Deviation } from './deviation.ts'
import { inventedDeviations } from './invented-trade-deviations.ts'
import { retrading } from './retrading.ts'
import { stampOf, timeOf } from './stamps.ts'
import { deliveryDeviations } from './trade-delivery-deviations.ts'

/** Ways to get trades wrong. */
export const tradeDeviations: readonly Deviation[] = [
  {
    id: 'trade.other-side',
    sentence: 'A trade has the other side than its order.',
    breaks: 'trade.agrees',
    begin: retrading((_order, { side }) => ({ side: side === 'Buy' ? 'Sell' : 'Buy' })),
  },
  {
    id: 'trade.other-symbol',
    sentence: 'A trade is of another pair than its order.',
    breaks: 'trade.agrees',
    begin: retrading(() => ({ symbol: 'GBP/CHF' })),
  },
  {
    id: 'trade.other-currency',
    sentence: 'A trade is dealt in the other currency than its order.',
    breaks: 'trade.agrees',
    begin: retrading(({ sent }) => {
      const [base, term] = String(sent.symbol).split('/')
      return { currency: sent.currency === base ? term : base }
    }),
  },
  {
    id: 'trade.other-client-id',
    sentence: 'A trade has another client id than its order.',
    breaks: 'trade.agrees',
    begin: retrading(({ sent }) => ({ coId: `${String(sent.coId)}-other` })),
  },
  {
    id: 'trade.pending',
    sentence: 'A trade is downloaded before it is Verified.',
    breaks: 'trade.verified',
    begin: retrading(() => ({ status: 'Pending' })),
  },
  {
    id: 'trade.other-rate',
    sentence: 'The trade of a previously quoted order names another rate.',
    breaks: 'trade.rate-id',
    begin: retrading(({ sent }, { rateId }) =>
      sent.type === 'PQ' ? { rateId: `${String(rateId)}-other` } : undefined,
    ),
  },
  {
    id: 'trade.id-of-another-order',
    sentence: 'The first trade of an order has the id of a trade of the order before.',
    breaks: 'trade.id-unique',
    begin: (scene) => {
      const ids = new Map<unknown, unknown>()
      const traded: unknown[] = []
      return retrading(({ orderId }, { tradeId }) => {
        if (!traded.includes(orderId)) {
          if (traded.length > 0) ids.set(tradeId, [...ids.values()].at(-1))
          else ids.set(tradeId, tradeId)
          traded.push(orderId)
        }
        return { tradeId: ids.get(tradeId) ?? tradeId }
      })(scene)
    },
  },
  {
    id: 'trade.executed-in-local-time',
    sentence: 'The execution time of a trade is an hour late, and says that it is UTC.',
    breaks: 'trade.execution',
    begin: retrading((_order, { executionTime }) => ({ executionTime: shifted(executionTime, 1) })),
  },
  {
    id: 'trade.executed-a-day-early',
    sentence: 'A trade was executed the day before its order was placed.',
    breaks: 'trade.execution',
    begin: retrading((_order, { executionTime }) => ({
      executionTime: shifted(executionTime, -24),
    })),
  },
  {
    id: 'trade.of-less',
    sentence: 'A trade is of 1 less than was dealt.',
    breaks: 'trade.amount',
    begin: retrading((_order, { dealtAmount }) => ({
      dealtAmount: Number(dealtAmount) - 1,
      settledAmount: undefined,
    })),
  },
  {
    id: 'trade.settles-more',
    sentence: 'A trade settles 2 more than it dealt at its price.',
    breaks: 'trade.settled',
    begin: retrading((_order, { settledAmount }) => ({ settledAmount: Number(settledAmount) + 2 })),
  },
  {
    id: 'trade.order-settles-more',
    sentence: 'Trades that tell no price settle half of what their order settles.',
    breaks: 'trade.settled',
    begin: retrading((_order, { settledAmount }) => ({
      spotRate: undefined,
      rate: undefined,
      tradeType: 'Outright',
      settledAmount: Number(settledAmount) / 2,
    })),
  },
  {
    id: 'trade.first-marked-otherwise',
    sentence: 'A trade that was never downloaded is marked SENT.',
    breaks: 'trade.first-new',
    begin: retrading((_order, { event }) => (event === 'NEW' ? { event: 'SENT' } : undefined)),
  },
  {
    id: 'trade.resent-marked-new',
    sentence: 'A trade that comes again after a resend is marked NEW.',
    breaks: 'trade.resent-mark',
    begin: retrading(() => ({ event: 'NEW' })),
  },
  {
    id: 'trade.resent-changed',
    sentence: 'A trade that is sent again has another value date.',
    breaks: 'trade.resent-unchanged',
    begin: retrading((_order, { event }) =>
      event === 'RESEND' ? { valueDate: '2020-01-02' } : undefined,
    ),
  },
  {
    id: 'trade.of-unknown-type',
    sentence: 'A trade is of a type that nobody knows.',
    breaks: 'trade.type',
    begin: retrading(() => ({ tradeType: 'Forward' })),
  },
  {
    id: 'trade.compact-date',
    sentence: 'The value date of a trade is written without dashes.',
    breaks: 'trade.dates',
    begin: retrading((_order, { valueDate }) => ({
      valueDate: String(valueDate).replaceAll('-', ''),
    })),
  },
  ...deliveryDeviations,
  ...inventedDeviations,
]

function shifted(stamp: unknown, hours: number): string {
  return stampOf(timeOf(stamp) + hours * 3_600_000)
}
