import type { Deviation, Fields, KnownOrder } from './deviation.ts'
import { retelling } from './retelling.ts'
import { retrading } from './retrading.ts'

const sizeOf = ({ sent }: KnownOrder) => Number(sent.size)
/** Leaves the fields of the last fill out: what it dealt would not agree. */
const NO_FILL = {
  averagePrice: undefined,
  lastPrice: undefined,
  lastQty: undefined,
  settlCurrAmt: undefined,
}
const isHasty = ({ type, timeInForce }: Fields) => type === 'PQ' || timeInForce === 'FOK'

/** Ways to get amounts wrong. */
export const sizeDeviations: readonly Deviation[] = [
  {
    id: 'size.deals-too-much',
    sentence: 'A filled order says that 1 more than its size was dealt.',
    breaks: 'size.never-more',
    begin: retelling((order, { status }) =>
      status === 'FILLED'
        ? { ...NO_FILL, cumQty: sizeOf(order) + 1, leavesQty: undefined }
        : undefined,
    ),
  },
  {
    id: 'size.trades-too-much',
    sentence: 'Every trade is of 1 more than was dealt.',
    breaks: 'size.never-more',
    begin: retrading((_order, { dealtAmount }) => ({
      dealtAmount: Number(dealtAmount) + 1,
      settledAmount: undefined,
    })),
  },
  {
    id: 'size.all-or-nothing-in-part',
    sentence: 'A previously quoted or fill-or-kill order is half dealt when it ends undealt.',
    breaks: 'size.all-or-nothing',
    begin: retelling((order, { status }) => {
      const isUndealt = status === 'EXPIRED' || status === 'REJECTED'
      if (!isUndealt || !isHasty(order.sent)) return undefined
      return { cumQty: sizeOf(order) / 2, leavesQty: 0 }
    }),
  },
  {
    id: 'size.filled-in-part',
    sentence: 'A filled order still has a part open.',
    breaks: 'size.filled-whole',
    begin: retelling((order, { status }) =>
      status === 'FILLED'
        ? { ...NO_FILL, cumQty: undefined, leavesQty: sizeOf(order) / 10 }
        : undefined,
    ),
  },
  {
    id: 'size.filled-with-less',
    sentence: 'A filled order says that 1 less than its size was dealt.',
    breaks: 'size.filled-whole',
    begin: retelling((order, { status }) =>
      status === 'FILLED' ? { ...NO_FILL, cumQty: sizeOf(order) - 1 } : undefined,
    ),
  },
  {
    id: 'size.open-forgotten',
    sentence: 'A working order has 1 less open than is not dealt.',
    breaks: 'size.adds-up',
    begin: retelling((_order, { status, leavesQty }) =>
      status === 'NEW' ? { leavesQty: Number(leavesQty) - 1 } : undefined,
    ),
  },
  {
    id: 'size.dealt-shrinks',
    sentence: 'What is dealt of an order that ended in part becomes 1 less with every query.',
    breaks: 'size.dealt-grows',
    begin: (scene) => {
      const queries = new Map<string, number>()
      return retelling(({ orderId }, { status, cumQty }) => {
        if (status !== 'EXPIRED' && status !== 'CANCELED') return undefined
        const before = queries.get(orderId) ?? 0
        queries.set(orderId, before + 1)
        const less = Number(cumQty) - before
        return Number(cumQty) > 0 ? { ...NO_FILL, cumQty: less } : undefined
      })(scene)
    },
  },
  {
    id: 'size.rejected-but-dealt',
    sentence: 'A rejected order says that its whole size was dealt.',
    breaks: 'size.rejected-nothing',
    begin: retelling((order, { status }) =>
      status === 'REJECTED' ? { cumQty: sizeOf(order), leavesQty: 0 } : undefined,
    ),
  },
  {
    id: 'size.settles-unconverted',
    sentence: 'An order settles the amount that it dealt, as if both currencies were one.',
    breaks: 'size.settled',
    begin: retelling((_order, { settlCurrAmt, cumQty }) =>
      settlCurrAmt === undefined ? undefined : { settlCurrAmt: cumQty },
    ),
  },
  {
    id: 'size.settles-slightly-more',
    sentence:
      'An order settles a hundredth more than it dealt at its average, and tells no last fill.',
    breaks: 'size.settled',
    begin: retelling((_order, { settlCurrAmt }) =>
      settlCurrAmt === undefined
        ? undefined
        : {
            settlCurrAmt: Number((Number(settlCurrAmt) * 1.01).toFixed(2)),
            lastPrice: undefined,
            lastQty: undefined,
          },
    ),
  },
  {
    id: 'size.settles-term-wrongly',
    sentence: 'What is dealt in the term currency is multiplied by the price to be settled.',
    breaks: 'size.settled',
    begin: retelling(({ sent }, { settlCurrAmt, cumQty, averagePrice }) =>
      settlCurrAmt === undefined || String(sent.symbol).startsWith(String(sent.currency))
        ? undefined
        : { settlCurrAmt: Number((Number(cumQty) * Number(averagePrice)).toFixed(2)) },
    ),
  },
  {
    id: 'size.last-fill-too-much',
    sentence: 'The last fill of an order is 1 more than all that was dealt.',
    breaks: 'size.last-fill',
    begin: retelling((_order, { lastQty, cumQty }) =>
      lastQty === undefined ? undefined : { lastQty: Number(cumQty) + 1 },
    ),
  },
]
