import type { OwnOrder } from '../../reading/own-orders.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import { isMore, isOther } from './amounts.ts'
import { judgeViews, quantitiesIn } from './view-sights.ts'

/** What is open once an order has ended is nobody's promise; while it is NEW, the two are the size. */
export const addsUpRule: Rule = {
  id: 'size.adds-up',
  family: 'Price and size',
  sentence:
    'What is dealt and what is open of an order are never more than its size together, and just its size while it is NEW.',
  source: { section: '2.5', mark: 'inferred' },
  code: 'size-mismatch',
  check: (matter) =>
    judgeViews(matter, ({ status }, { cumQty, leavesQty }, { size }) => {
      if (!cumQty || !leavesQty) return undefined
      const together = cumQty.plus(leavesQty)
      const isRight = status === 'NEW' ? !isOther(together, size) : !isMore(together, size)
      if (isRight) return 'held'
      return `${status} with cumQty ${cumQty.toFixed()} and leavesQty ${leavesQty.toFixed()} of a size of ${size.toFixed()}`
    }),
}

export const dealtGrowsRule: Rule = {
  id: 'size.dealt-grows',
  family: 'Price and size',
  sentence: 'What is dealt of an order never becomes less from one query to the next.',
  source: { section: '2.5', mark: 'inferred' },
  code: 'dealt-shrinks',
  check: ({ orders }) => resultOf(orders.flatMap(growthSights)),
}

/** Of two queries that were on their way at once, either may have been answered first. */
function growthSights({ orderId, views }: OwnOrder): Sight[] {
  return views.map((view, at): Sight => {
    const before = views
      .slice(0, at)
      .filter(({ reading }) => reading.doneAt <= view.reading.exchange.at)
      .findLast((each) => quantitiesIn(each).cumQty !== undefined)
    if (!before) return undefined
    const [earlier, later] = [quantitiesIn(before).cumQty, quantitiesIn(view).cumQty]
    if (!later || !earlier?.gt(0)) return undefined
    if (!isMore(earlier, later)) return 'held'
    const detail = `cumQty ${earlier.toFixed()}, then ${later.toFixed()}`
    return { orderId, detail, exchanges: [before.reading.number, view.reading.number] }
  })
}

export const lastFillRule: Rule = {
  id: 'size.last-fill',
  family: 'Price and size',
  sentence: 'The last fill of an order is never more than all that is dealt of it.',
  source: { section: '2.5', mark: 'inferred' },
  code: 'last-fill-too-much',
  check: (matter) =>
    judgeViews(matter, (_view, { cumQty, lastQty }) => {
      if (!cumQty || !lastQty?.gt(0)) return undefined
      if (!isMore(lastQty, cumQty)) return 'held'
      return `lastQty ${lastQty.toFixed()} of cumQty ${cumQty.toFixed()}`
    }),
}
