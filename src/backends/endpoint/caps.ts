import { Big } from 'big.js'
import type { Caps } from './endpoint-config.ts'

/** How far the caps are used up. */
export interface CapUse {
  readonly placed: number
  readonly open: number
}

/**
 * Why an order may not be placed, as one sentence; `undefined` where it may.
 *
 * @param body - What would be sent. Whatever is no amount, as in an invalid order, has no size.
 * @param use - Before this order.
 * @param market - What the base currency costs, as far as is known.
 */
export function capProblem(
  body: unknown,
  caps: Caps,
  use: CapUse,
  market?: number,
): string | undefined {
  if (use.placed >= caps.maxOrders) {
    return `the cap of ${caps.maxOrders} orders per run is reached (INTEGRAL_MAX_ORDERS)`
  }
  if (use.open >= caps.maxOpenOrders) {
    return `the cap of ${caps.maxOpenOrders} open orders at once is reached (INTEGRAL_MAX_OPEN_ORDERS)`
  }
  const size = baseSize(body, market)?.abs()
  if (size?.gt(caps.maxSize)) {
    return `an order of ${size.round(0).toFixed()} is above the cap of ${caps.maxSize} on its size (INTEGRAL_MAX_SIZE)`
  }
  return undefined
}

/**
 * Why an order may not be placed in its pair: only the agreed one is traded, whatever an endpoint says
 * of rates. A pair that does not exist, as in an invalid order, is no pair.
 */
export function pairProblem(body: unknown, agreed: string): string | undefined {
  const { symbol } = Object(body) as Readonly<Record<string, unknown>>
  if (typeof symbol !== 'string' || symbol === agreed) return undefined
  const currencies = symbol.split('/')
  const exists = currencies.length === 2 && currencies.every((each) => CURRENCIES.has(each))
  return exists ? `an order in ${symbol} is none in the agreed pair, ${agreed}` : undefined
}

const CURRENCIES: ReadonlySet<string> = new Set(Intl.supportedValuesOf('currency'))

/**
 * The size in the base currency, as far as the order tells. In the term currency it is worth what its
 * price says, or the market, whichever makes it larger; without either it counts as it stands.
 */
function baseSize(body: unknown, market: number | undefined): Big | undefined {
  const { size, price, currency, symbol } = Object(body) as Readonly<Record<string, unknown>>
  const amount = decimal(size)
  const rates = [decimal(price), decimal(market)].filter((rate) => rate?.gt(0))
  const [, term] = String(symbol).split('/')
  if (!amount || currency !== term || rates.length === 0) return amount
  return amount.div(rates.reduce((one, other) => (one?.lt(other ?? one) ? one : other)) ?? 1)
}

/** A server may take a number that was sent as text. */
function decimal(value: unknown): Big | undefined {
  if (typeof value !== 'number' && typeof value !== 'string') return undefined
  try {
    return new Big(value)
  } catch {
    return undefined
  }
}
