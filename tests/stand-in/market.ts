import { createHash, randomBytes } from 'node:crypto'
import { failure, json, type Reply } from './replies.ts'
import { type ApiRequest, isText } from './requests.ts'
import type { State } from './state.ts'

/** A rate that was given, and can be traded on by its `rateId`. */
export interface Quote {
  readonly symbol: string
  readonly bid: number
  readonly offer: number
  /** Epoch milliseconds. */
  readonly givenAt: number
}

interface Pair {
  /** The bid before the market moves, in tenths of a pip. */
  readonly bid: number
  /** Decimals of a price: a tenth of a pip is the last one. */
  readonly decimals: number
}

const SPREAD = 8
const STALE_MS = 3 * 3_600_000
/** The market stays this many of its greatest moves from where it began. */
const REACH = 20

const pairs: Readonly<Record<string, Pair>> = {
  'EUR/USD': { bid: 118_630, decimals: 5 },
  'GBP/USD': { bid: 133_120, decimals: 5 },
  'AUD/USD': { bid: 78_350, decimals: 5 },
  'USD/CHF': { bid: 90_210, decimals: 5 },
  'EUR/GBP': { bid: 89_110, decimals: 5 },
  'USD/JPY': { bid: 148_250, decimals: 3 },
  'EUR/JPY': { bid: 175_870, decimals: 3 },
  'USD/INR': { bid: 832_150, decimals: 4 },
}

export const knowsSymbol = (symbol: unknown): symbol is string =>
  typeof symbol === 'string' && Object.hasOwn(pairs, symbol)

/** A number from -1 to 1 that depends on nothing but `symbol` and `step`. */
function chance(symbol: string, step: number): number {
  const hash = createHash('sha256').update(`${symbol} ${step}`).digest()
  return hash.readInt32BE(0) / 2 ** 31
}

function move(state: State, symbol: string): void {
  const most = state.flags.movingMarketPips * 10
  if (most === 0) return
  const { moved, steps } = state.walks.get(symbol) ?? { moved: 0, steps: 0 }
  const by = Math.round(chance(symbol, steps) * most)
  const to = Math.abs(moved + by) > most * REACH ? moved - by : moved + by
  state.walks.set(symbol, { moved: to, steps: steps + 1 })
}

/** Best bid and offer now. */
export function marketOf(state: State, symbol: string): { bid: number; offer: number } {
  const pair = pairs[symbol]
  if (pair === undefined) throw new Error(`The market of ${symbol} is not known.`)
  const at = (tenths: number): number =>
    Number((tenths / 10 ** pair.decimals).toFixed(pair.decimals))
  const bid = pair.bid + (state.walks.get(symbol)?.moved ?? 0)
  return { bid: at(bid), offer: at(bid + SPREAD) }
}

function newRateId(symbol: string): string {
  const day = new Date().toISOString().slice(0, 10)
  return `${day}-${symbol.replace('/', '')}-SPOT-${randomBytes(5).toString('hex')}`
}

/** The symbol that is asked for, or the refusal. */
function asked(state: State, request: ApiRequest): string | Reply {
  const symbol = request.query.get('symbol')
  if (!isText(symbol)) return failure(400, 'MISSING_FIELD', 'The parameter symbol is missing.')
  if (state.flags.noRate || !knowsSymbol(symbol))
    return failure(404, 'NO_RATE', `There is no rate for ${symbol}.`)
  return symbol
}

/** Section 2.1. The market moves after the rate was given, before anything can be done with it. */
export function spotRate(state: State, request: ApiRequest): Reply {
  const symbol = asked(state, request)
  if (typeof symbol !== 'string') return symbol
  const { flags } = state
  const now = Date.now()
  const rateId = newRateId(symbol)
  const market = marketOf(state, symbol)
  state.quotes.set(rateId, { symbol, ...market, givenAt: now })
  move(state, symbol)
  return json(200, {
    symbol,
    ...market,
    bidLimit: flags.liquidity,
    offerLimit: flags.liquidity,
    time: flags.staleRate ? now - STALE_MS : now,
    rateId,
  })
}

/** Section 2.2: parallel arrays, one element for each provider. */
export function spotRates(state: State, request: ApiRequest): Reply {
  const symbol = asked(state, request)
  if (typeof symbol !== 'string') return symbol
  const type = request.parts[0] ?? ''
  if (!['TOB', 'FULL', 'RAW'].includes(type))
    return failure(404, 'NO_RATE', `There are no rates of type ${type}.`)
  const { bid, offer } = marketOf(state, symbol)
  move(state, symbol)
  const providers = type === 'TOB' ? ['LP1'] : ['LP1', 'LP2']
  const each = <T>(value: T): T[] => providers.map(() => value)
  return json(200, {
    symbol,
    type,
    bid: each(bid),
    offer: each(offer),
    bidLimit: each(state.flags.liquidity),
    offerLimit: each(state.flags.liquidity),
    bidProviders: providers,
    offerProviders: providers,
  })
}
