import { Big } from 'big.js'
import { decimalOf } from '../../reading/decimal.ts'
import type { Terms } from '../../reading/terms.ts'

/** Relative; sums and quotients that a server makes of doubles are off by less. */
const NOISE = new Big('1e-13')
/** Significant digits of which noise leaves nothing to be seen. */
const CLEAN_DIGITS = 13
/** Settled whole by usage, though they have a hundredth part. */
const WHOLE = ['COP', 'HUF', 'IDR', 'TWD']

const NOTHING = new Big(0)

/** Whether one number is above another by more than `slack`. */
export function isMore(one: Big, other: Big, slack: Big = NOTHING): boolean {
  const noise = other.abs().times(NOISE)
  return one.minus(other).gt(slack.plus(noise))
}

/** Whether two numbers are further apart than `slack`. */
export function isOther(one: Big, other: Big, slack: Big = NOTHING): boolean {
  return isMore(one, other, slack) || isMore(other, one, slack)
}

/** A price without the noise of doubles. `undefined` where it is no number. */
export function priceOf(value: unknown): Big | undefined {
  const price = decimalOf(value)
  return price?.eq(0) ? price : price?.prec(CLEAN_DIGITS)
}

/** Decimals as they are written; zeros at the end are not, whatever stood there. */
export function decimalsOf(value: Big): number {
  return Math.max(0, value.c.length - value.e - 1)
}

/** To ask for the digits of a currency takes a tenth of a millisecond. */
const units = new Map<string, Big>()
/** A server may name any number of currencies that are none. */
const UNITS_KEPT = 1_000

/** The least part of a currency that is settled, by ISO 4217; of what is no currency, a hundredth. */
export function unitOf(currency: string): Big {
  const known = units.get(currency)
  if (known) return known
  const unit = askedUnit(currency)
  if (units.size < UNITS_KEPT) units.set(currency, unit)
  return unit
}

function askedUnit(currency: string): Big {
  if (WHOLE.includes(currency)) return new Big(1)
  const { maximumFractionDigits = 2 } = new Intl.NumberFormat('en', {
    style: 'currency',
    currency,
  }).resolvedOptions()
  return new Big(10).pow(-Math.min(2, maximumFractionDigits))
}

/** The currency that is given or taken for the dealt one. */
export function settledCurrency({ dealsBase, base, term }: Terms): string {
  return dealsBase ? term : base
}

/** What `dealt` comes to in the other currency, at a price in term per base; not rounded. */
export function settledAt({ dealsBase }: Pick<Terms, 'dealsBase'>, dealt: Big, price: Big): Big {
  return dealsBase ? dealt.times(price) : dealt.div(price)
}
