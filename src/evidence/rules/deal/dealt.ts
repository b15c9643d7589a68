import { Big } from 'big.js'
import { decimalOf } from '../../reading/decimal.ts'
import type { Delivery } from '../../reading/delivery.ts'
import { isDownload, isEmptyDownload, isLostDownload } from '../../reading/delivery.ts'
import { isOfOneUser, type Matter } from '../../reading/matter.ts'
import type { OwnOrder, View } from '../../reading/own-orders.ts'
import type { Reading } from '../../reading/reading.ts'
import { isAllOrNothing, termsOf } from '../../reading/terms.ts'

/** The amount that an order last said was dealt, in its dealt currency; absent where it never did. */
export function lastDealt({ views }: OwnOrder): Big | undefined {
  return views
    .map(({ fields }) => decimalOf(fields.cumQty))
    .findLast((dealt) => dealt !== undefined)
}

/**
 * What an order that ended must have traded. FILLED says so even where no amount is told with it: what
 * was told while it was NEW has been a part.
 */
export function dealtInTheEnd(order: OwnOrder, { status, fields }: View): Big | undefined {
  if (status !== 'FILLED') return lastDealt(order)
  const views = order.views.filter((view) => view.status === 'FILLED')
  return (
    lastDealt({ ...order, views }) ?? decimalOf(order.placing?.sent.size) ?? decimalOf(fields.size)
  )
}

/** Whether an order that ended was dealt, in whole or in part. Fact sheet 4.3, rule 7 [inferred: a part]. */
export function isDealt(order: OwnOrder, { status }: View): boolean {
  if (status === 'FILLED') return true
  return lastDealt(order)?.gt(0) === true && !(status === 'REJECTED' && isOfOnePiece(order))
}

/** Whether an order is known to be filled whole or not at all, so that a rejection leaves no part. */
function isOfOnePiece(order: OwnOrder): boolean {
  const terms = termsOf(order)
  return terms !== undefined && isAllOrNothing(terms)
}

/** The trades of an order, each once, however often it was delivered. */
export function tradesOf({ orderId }: OwnOrder, { deliveries }: Matter): readonly Delivery[] {
  const own = deliveries.filter((delivery) => delivery.orderId === orderId)
  return own.filter(({ tradeId }, at) => own.findIndex((each) => each.tradeId === tradeId) === at)
}

/** The sum of what trades dealt; absent where one of them does not say. */
export function sumOf(trades: readonly Delivery[]): Big | undefined {
  return trades.reduce<Big | undefined>((sum, { fields }) => {
    const amount = decimalOf(fields.dealtAmount)
    return sum && amount ? sum.plus(amount) : undefined
  }, new Big(0))
}

/** Downloads that a trade may let pass before it is in one, however much time they take. Setting 33. */
const MOST_POLLS = 3

/**
 * The first download that came to nothing `afterMs` or more after an exchange was answered, and after as
 * many others as a trade may let pass. Of two users it cannot be told whose trades a download was for, so
 * that nothing can be missed then.
 */
export function emptyDownloadAfter(
  { doneAt, number }: Reading,
  afterMs: number,
  matter: Matter,
): Reading | undefined {
  if (!isOfOneUser(matter)) return undefined
  return matter.readings
    .filter((reading) => isDownload(reading) && reading.number > number)
    .slice(MOST_POLLS)
    .find((reading) => isEmptyDownload(reading) && reading.exchange.at - doneAt >= afterMs)
}

/**
 * The first download that came to nothing when all that an order dealt had had its time; `after` is its
 * end. Where the answer to a download was lost, what it held may have been consumed (setting 35), so that
 * nothing can be missed.
 */
export function dueDownload(
  { placing }: OwnOrder,
  { reading: after }: View,
  matter: Matter,
): Reading | undefined {
  const empty = emptyDownloadAfter(after, matter.bounds.tradeWithinMs, matter)
  const since = placing?.reading.number ?? 0
  const mayBeLost = matter.readings.some(
    (reading) =>
      isLostDownload(reading) && reading.number > since && reading.number < (empty?.number ?? 0),
  )
  return mayBeLost ? undefined : empty
}
