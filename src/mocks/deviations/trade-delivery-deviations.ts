import type { Deviation, Fields } from './deviation.ts'
import { redelivering } from './retrading.ts'
import { timeOf } from './stamps.ts'

/** From a deal until its trade is held back, in milliseconds: longer than a trade may take. */
const LATE_MS = 10_000

/** Ways to get wrong how often trades come, and when. */
export const deliveryDeviations: readonly Deviation[] = [
  {
    id: 'trade.twice',
    sentence: 'A trade is in the next download, too.',
    breaks: 'trade.once',
    begin: redelivering(() => {
      let before: readonly Fields[] = []
      return (trades, maxCount) => {
        const again = before.slice(0, maxCount - trades.length)
        before = trades
        return again.length === 0 ? trades : [...trades, ...again]
      }
    }),
  },
  {
    id: 'trade.twice-in-one',
    sentence: 'A trade is in the same download twice.',
    breaks: 'trade.once',
    begin: redelivering(() => (trades, maxCount) => {
      const again = trades.slice(0, maxCount - trades.length)
      return again.length === 0 ? trades : [...trades, ...again]
    }),
  },
  {
    id: 'trade.missing',
    sentence: 'Trades are never downloaded.',
    breaks: 'trade.in-time',
    begin: redelivering(() => (trades) => (trades.length === 0 ? trades : [])),
  },
  {
    id: 'trade.part-missing',
    sentence: 'The second trade of an order is left out of a download.',
    breaks: 'trade.amount',
    begin: redelivering(() => (trades) => {
      const [first, second] = trades
      return first && first.orderId === second?.orderId ? [first, ...trades.slice(2)] : trades
    }),
  },
  {
    id: 'trade.after-empty',
    sentence: 'A trade comes only after a download that was empty when it was long due.',
    breaks: 'trade.empty-is-empty',
    begin: redelivering(({ now }) => {
      const held: Fields[] = []
      let since = Number.POSITIVE_INFINITY
      let wasEmpty = false
      return (trades) => {
        held.push(...trades)
        const last = trades.at(-1)
        if (last) {
          since = timeOf(last.executionTime)
          wasEmpty = false
        }
        if (wasEmpty) return held.splice(0)
        wasEmpty = now() - since >= LATE_MS
        return []
      }
    }),
  },
  {
    id: 'trade.batch-too-large',
    sentence: 'A download that is full has one trade more, of somebody else.',
    breaks: 'trade.batch-size',
    begin: redelivering(() => (trades, maxCount) => {
      const [first] = trades
      if (!first || trades.length < maxCount) return trades
      return [...trades, { ...first, orderId: '9', tradeId: 'FXI9', coId: 'of-somebody-else' }]
    }),
  },
  {
    id: 'trade.resend-ignored',
    sentence: 'A resend is answered well, and nothing comes again.',
    breaks: 'trade.resent',
    begin: () => ({
      instead: ({ operation }) =>
        operation === 'resendTrades'
          ? { status: 200, headers: new Headers(), body: undefined }
          : undefined,
    }),
  },
]
