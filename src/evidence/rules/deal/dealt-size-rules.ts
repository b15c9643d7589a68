import type { Matter } from '../../reading/matter.ts'
import { isEnd, type OwnOrder } from '../../reading/own-orders.ts'
import { isAllOrNothing, termsOf } from '../../reading/terms.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import { isMore, isOther } from './amounts.ts'
import { sumOf, tradesOf } from './dealt.ts'
import { judgeViews } from './view-sights.ts'

export const neverMoreRule: Rule = {
  id: 'size.never-more',
  family: 'Price and size',
  sentence: 'Never more than its size is dealt of an order, nor do its trades add up to more.',
  source: { section: '2.4', mark: 'reference' },
  code: 'dealt-too-much',
  check: (matter) => {
    const views = judgeViews(matter, (_view, { cumQty }, { size }) => {
      if (!cumQty?.gt(0)) return undefined
      if (!isMore(cumQty, size)) return 'held'
      return `cumQty ${cumQty.toFixed()} of a size of ${size.toFixed()}`
    })
    const trades = resultOf(matter.orders.map((order) => tradesSight(order, matter)))
    return {
      held: views.held || trades.held,
      breaches: [...views.breaches, ...trades.breaches],
    }
  },
}

function tradesSight(order: OwnOrder, matter: Matter): Sight {
  const terms = termsOf(order)
  const trades = tradesOf(order, matter)
  const sum = sumOf(trades)
  if (!terms || !sum || trades.length === 0) return undefined
  if (!isMore(sum, terms.size)) return 'held'
  return {
    orderId: order.orderId,
    detail: `its trades add up to ${sum.toFixed()}, the size is ${terms.size.toFixed()}`,
    exchanges: [...new Set([terms.seenIn.number, ...trades.map(({ reading }) => reading.number)])],
  }
}

export const allOrNothingRule: Rule = {
  id: 'size.all-or-nothing',
  family: 'Price and size',
  sentence:
    'Of a previously quoted or fill-or-kill order nothing is dealt or the whole, once it has ended.',
  source: { section: '5', mark: 'reference' },
  code: 'dealt-in-part',
  check: (matter) =>
    judgeViews(matter, ({ status }, { cumQty }, terms) => {
      if (!cumQty || !isAllOrNothing(terms) || !isEnd(status)) return undefined
      const { size, type, timeInForce } = terms
      if (!(cumQty.gt(0) && isMore(size, cumQty))) return 'held'
      const kind = type === 'PQ' ? type : timeInForce
      return `cumQty ${cumQty.toFixed()} of a ${kind} order of ${size.toFixed()}`
    }),
}

/** More than the whole is for {@link neverMoreRule} to say. */
export const filledWholeRule: Rule = {
  id: 'size.filled-whole',
  family: 'Price and size',
  sentence: 'Of a FILLED order the whole size is dealt, and nothing is open.',
  source: { section: '2.5', mark: 'inferred' },
  code: 'filled-in-part',
  check: (matter) =>
    judgeViews(matter, ({ status }, { cumQty, leavesQty }, { size }) => {
      if (status !== 'FILLED' || (!cumQty && !leavesQty)) return undefined
      const isShort = cumQty && isMore(size, cumQty)
      const isOpen = leavesQty && isOther(leavesQty, leavesQty.times(0))
      if (!isShort && !isOpen) return 'held'
      const told = [
        ...(cumQty ? [`cumQty ${cumQty.toFixed()}`] : []),
        ...(leavesQty ? [`leavesQty ${leavesQty.toFixed()}`] : []),
      ]
      return `FILLED with ${told.join(' and ')} of a size of ${size.toFixed()}`
    }),
}

/** The rest of another order may be rejected after a part was dealt. */
export const rejectedRule: Rule = {
  id: 'size.rejected-nothing',
  family: 'Price and size',
  sentence: 'Of a REJECTED order that is previously quoted or fill or kill nothing is dealt.',
  source: { section: '4.1', mark: 'inferred' },
  code: 'rejected-but-dealt',
  check: (matter) =>
    judgeViews(matter, ({ status }, { cumQty }, terms) => {
      if (status !== 'REJECTED' || !cumQty || !isAllOrNothing(terms)) return undefined
      return cumQty.gt(0) ? `REJECTED with cumQty ${cumQty.toFixed()}` : 'held'
    }),
}
