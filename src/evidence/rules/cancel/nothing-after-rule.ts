import type { Big } from 'big.js'
import { decimalOf } from '../../reading/decimal.ts'
import type { Matter } from '../../reading/matter.ts'
import type { OwnOrder, View } from '../../reading/own-orders.ts'
import { emptyDownloadAfter, sumOf, tradesOf } from '../deal/dealt.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import { type Cancellation, cancellationsIn } from './cancelled.ts'

export const nothingAfterRule: Rule = {
  id: 'cancel.nothing-after',
  family: 'Cancel',
  sentence:
    'After a cancellation that was accepted, and the order seen CANCELED, nothing more is dealt.',
  source: { section: '2.7', mark: 'inferred' },
  code: 'dealt-after-cancel',
  check: (matter) =>
    resultOf(
      cancellationsIn(matter)
        .filter(({ reading }) => reading.isSuccess)
        .flatMap((cancellation) => sightsOf(cancellation, matter)),
    ),
}

/** Where the CANCELED order does not say what it dealt, more of it cannot be told from less. */
function sightsOf({ order, after }: Cancellation, matter: Matter): Sight[] {
  const confirmed = after.find(({ status }) => status === 'CANCELED')
  const dealt = decimalOf(confirmed?.fields.cumQty)
  if (!confirmed || !dealt) return []
  const later = after.filter(({ reading }) => reading.number > confirmed.reading.number)
  return [
    ...later.map((view) => viewSight(view, order, dealt, confirmed)),
    tradesSight(order, dealt, confirmed, matter),
  ]
}

function viewSight(view: View, order: OwnOrder, dealt: Big, confirmed: View): Sight {
  const now = dealtIn(view, order)
  if (!now) return undefined
  if (now.lte(dealt)) return 'held'
  return breach(order, dealt, confirmed, `later ${now.toFixed()}`, [view.reading.number])
}

/** FILLED says what was dealt also where no amount is told. */
function dealtIn({ status, fields }: View, { placing }: OwnOrder): Big | undefined {
  const told = decimalOf(fields.cumQty)
  return told || status !== 'FILLED' ? told : decimalOf(placing?.sent.size ?? fields.size)
}

function tradesSight(order: OwnOrder, dealt: Big, confirmed: View, matter: Matter): Sight {
  const trades = tradesOf(order, matter)
  const sum = sumOf(trades)
  if (sum?.gt(dealt)) {
    const numbers = trades.map(({ reading }) => reading.number)
    return breach(order, dealt, confirmed, `its trades are of ${sum.toFixed()}`, numbers)
  }
  return sum && emptyDownloadAfter(confirmed.reading, 0, matter) ? 'held' : undefined
}

function breach(
  { orderId }: OwnOrder,
  dealt: Big,
  { reading }: View,
  what: string,
  exchanges: readonly number[],
): Sight {
  return {
    orderId,
    detail: `CANCELED with ${dealt.toFixed()} dealt, ${what}`,
    exchanges: [...new Set([reading.number, ...exchanges])],
  }
}
