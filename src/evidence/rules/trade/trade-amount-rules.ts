import type { Matter } from '../../reading/matter.ts'
import { endOf, type OwnOrder } from '../../reading/own-orders.ts'
import { isMore, isOther } from '../deal/amounts.ts'
import { dealtInTheEnd, dueDownload, isDealt, lastDealt, sumOf, tradesOf } from '../deal/dealt.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'

export const tradeAmountRule: Rule = {
  id: 'trade.amount',
  family: 'Trades',
  sentence: 'The trades of a finished order add up to what the order says was dealt.',
  source: { section: '2.8', mark: 'inferred' },
  code: 'trade-amount',
  check: (matter) => resultOf(matter.orders.map((order) => amountSight(order, matter))),
}

/** Too little shows only when all that is to come has had its time; none at all is another rule's. */
function amountSight(order: OwnOrder, matter: Matter): Sight {
  const end = endOf(order)
  const trades = tradesOf(order, matter)
  if (!end || trades.length === 0) return undefined
  const dealt = dealtInTheEnd(order, end)
  const sum = sumOf(trades)
  if (!dealt || !sum || dealt.eq(0)) return undefined
  if (!isOther(sum, dealt)) return 'held'
  const isLess = isMore(dealt, sum)
  const waited = dueDownload(order, end, matter)
  if (isLess && !waited) return undefined
  return {
    orderId: order.orderId,
    detail: `the order dealt ${dealt.toFixed()}, its trades ${sum.toFixed()}`,
    exchanges: [
      end.reading.number,
      ...new Set(trades.map(({ reading }) => reading.number)),
      ...(isLess && waited ? [waited.number] : []),
    ],
  }
}

export const onlyDealtRule: Rule = {
  id: 'trade.only-dealt',
  family: 'Trades',
  sentence:
    'An order that ended with nothing dealt has no trade, nor has a previously quoted or fill-or-kill one that was rejected.',
  source: { section: '5', mark: 'seed' },
  code: 'trade-for-unfilled',
  check: (matter) => resultOf(matter.orders.flatMap((order) => unfilledSights(order, matter))),
}

/**
 * That there is none shows only when one would have had its time. Of an order that ended otherwise than
 * REJECTED and never told what was dealt, a part may have been; of a limit order that was REJECTED one may
 * have been that was told.
 */
function unfilledSights(order: OwnOrder, matter: Matter): Sight[] {
  const end = endOf(order)
  if (!end || end.status === 'FILLED') return []
  if (end.status === 'REJECTED' ? isDealt(order, end) : !lastDealt(order)?.eq(0)) return []
  const trades = tradesOf(order, matter)
  if (trades.length === 0) return dueDownload(order, end, matter) ? ['held'] : []
  const how = end.status === 'REJECTED' ? 'REJECTED' : `${end.status} with nothing dealt`
  return trades.map(({ tradeId, reading }) => ({
    orderId: order.orderId,
    detail: `the order ended ${how}, and has trade ${tradeId}`,
    exchanges: [end.reading.number, reading.number],
  }))
}
