import type { Side } from '../api/contract/common.ts'
import type { OrderTerms } from '../backends/playing/roles.ts'
import type { Alteration } from './parameters.ts'
import type { Amount, Life, RelativePrice } from './terms.ts'

/** What a step says of a previously quoted order. */
export function pqTerms(
  _name: string,
  side: Side,
  amount: Amount,
  alter?: Alteration | number,
): OrderTerms {
  return {
    ...{ type: 'PQ', side, ...currencyOf(amount) },
    ...(typeof alter === 'function' && { alter }),
  }
}

/** What a step says of a limit order. */
export function limitTerms(
  _name: string,
  side: Side,
  amount: Amount,
  { pipsFromMarket }: RelativePrice,
  { timeInForce, seconds }: Life,
  called?: string,
): OrderTerms {
  return {
    ...{ type: 'Limit', side, timeInForce, pipsFromMarket, ...currencyOf(amount) },
    ...(seconds !== undefined && { seconds }),
    ...(called !== undefined && { called }),
  }
}

/** What a step says of an at-best order. */
export function atBestTerms(_name: string, side: Side, amount: Amount): OrderTerms {
  return { type: 'AtBest', side, ...currencyOf(amount) }
}

/** Only where a step names one: amounts are of the base currency by themselves. */
function currencyOf(amount: Amount): Pick<OrderTerms, 'dealtIn'> {
  return amount.kind === 'small' ? { dealtIn: amount.of } : {}
}
