import type { Big } from 'big.js'
import { decimalOf } from './decimal.ts'
import type { OwnOrder } from './own-orders.ts'
import { type Fields, idOf, type Reading } from './reading.ts'

/** What an order was to deal: as it was sent or, where nobody saw that, as it was first told. */
export interface Terms {
  readonly type: string
  readonly timeInForce: string
  readonly side: 'Buy' | 'Sell'
  readonly symbol: string
  readonly base: string
  readonly term: string
  /** Whether it deals in the base currency; else in the term currency. */
  readonly dealsBase: boolean
  readonly size: Big
  readonly price: Big | undefined
  readonly rateId: string | undefined
  /** Where it stands. */
  readonly seenIn: Reading
}

/** Currencies, metals and the like; what is traded in lots or points has other sums. */
const PAIR = /^([A-Z]{3})\/([A-Z]{3})$/

/** `undefined` where they are not well made: such an order may be taken at first (setting 19). */
export function termsOf(order: OwnOrder): Terms | undefined {
  const [fields, seenIn] = originOf(order) ?? []
  if (!fields || !seenIn) return undefined
  const { side, currency, symbol } = fields
  const [, base = '', term = ''] = PAIR.exec(String(symbol)) ?? []
  const size = decimalOf(fields.size)
  if ((side !== 'Buy' && side !== 'Sell') || !size?.gt(0) || base === '') return undefined
  if (currency !== base && currency !== term) return undefined
  const price = decimalOf(fields.price)
  return {
    type: String(fields.type),
    timeInForce: String(fields.timeInForce),
    ...{ side, symbol: `${base}/${term}`, base, term, size, seenIn },
    dealsBase: currency === base,
    price: price?.gt(0) ? price : undefined,
    rateId: idOf(fields.rateId),
  }
}

/** The fields that say what an order was to be, and where they stand. */
export function originOf({ placing, views }: OwnOrder): readonly [Fields, Reading] | undefined {
  if (placing) return [placing.sent, placing.reading]
  const [first] = views
  return first && [first.fields, first.reading]
}

/**
 * Whether the base currency is bought, whichever is the dealt one: the side is that of the dealt
 * currency, and whoever buys the term currency sells the base.
 *
 * @see Fact sheet 5 [reference: the side; inferred: what follows for the term currency].
 */
export function buysBase({ side, dealsBase }: Pick<Terms, 'side' | 'dealsBase'>): boolean {
  return (side === 'Buy') === dealsBase
}

/** Whether an order is filled whole or not at all: PQ whatever it says (setting 18), and FOK. */
export function isAllOrNothing({
  type,
  timeInForce,
}: Pick<Terms, 'type' | 'timeInForce'>): boolean {
  return type === 'PQ' || timeInForce === 'FOK'
}
