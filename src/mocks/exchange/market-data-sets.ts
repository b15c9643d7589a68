import type { Clock } from '../../api/clock.ts'
import type { MarketDataSetQuery } from '../../api/contract/market-data-set.ts'
import { isDate, isoDate, zoned } from './dates.ts'
import type { Market } from './market.ts'
import type { Level } from './quotation.ts'
import type { Quotes } from './quotes.ts'
import { type Result, refuse, success } from './refusal.ts'

/** How a market data set is made, which decides what may be asked of it. Fact sheet 2.3 [reference]. */
type Workflow = 'regular' | 'endOfDay' | 'fixedPeriod'

interface Definition {
  readonly id: string
  readonly name: string
  readonly workflow: Workflow
}

/** The sets of the simulation; the first and the last are named in the pages' samples. */
export const dataSets: readonly Definition[] = [
  { id: 'RealTimeMDS', name: 'Real-time market data', workflow: 'regular' },
  { id: 'EndOfDayMDS', name: 'End-of-day market data', workflow: 'endOfDay' },
  { id: '4HProduct', name: 'Four-hour fixed-period market data', workflow: 'fixedPeriod' },
]

/** Hours of a window of the fixed-period set. */
const WINDOW_HOURS = 4

/** One rate of a set, which a PQ order may take up by its `rateId` until `expiresAt`. */
export interface DataSetRate {
  readonly rateId: string
  readonly symbol: string
  readonly tenor: string
  readonly level: Level
}

/** A set as found: what it is, when it holds (epoch milliseconds), and its rates. */
export interface DataSet extends Definition {
  readonly date: string
  readonly timeWindow: string
  readonly createdAt: number
  readonly validUntil: number
  readonly rates: readonly DataSetRate[]
}

/**
 * Market data sets: rates published to all for a window of time. Only SPOT has prices.
 *
 * @see Fact sheet 2.3 [reference; which parameters the rules mean: inferred].
 */
export class MarketDataSets {
  readonly #clock: Clock
  readonly #market: Market
  readonly #quotes: Quotes

  constructor(clock: Clock, market: Market, quotes: Quotes) {
    this.#clock = clock
    this.#market = market
    this.#quotes = quotes
  }

  find(query: MarketDataSetQuery): Result<readonly DataSet[]> {
    const wrong = wrongQuery(query)
    if (wrong) return refuse('bad-market-data-query', wrong)
    const symbols = symbolsOf(query)
    const found = dataSets.filter(({ id, workflow }) =>
      query.id ? id === query.id : workflow === 'fixedPeriod',
    )
    return success(found.map((definition) => this.#publish(definition, symbols, query)))
  }

  #publish(definition: Definition, symbols: readonly string[], query: MarketDataSetQuery): DataSet {
    const window = windowAt(this.#clock.now())
    const { date } = window
    const matches =
      (query.date === undefined || query.date === date) &&
      (query.tenor === undefined || query.tenor === 'SPOT') &&
      (query.timeWindow === undefined || query.timeWindow === window.name)
    const rates = matches ? symbols.flatMap((symbol) => this.#rate(definition, symbol, window)) : []
    return {
      ...definition,
      date,
      timeWindow: window.name,
      createdAt: window.start,
      validUntil: window.end,
      rates,
    }
  }

  /** The rate of the window: made when first asked for, then the same until the window ends. */
  #rate(definition: Definition, symbol: string, window: Window): readonly DataSetRate[] {
    const parts = [definition.id, window.date, window.name, symbol.replace('/', ''), 'SPOT']
    const rateId = parts.join('|')
    const known = this.#quotes.find(rateId)
    const level = known ? { ...known, provider: '' } : this.#market.top(symbol)
    if (!level) return []
    if (!known) {
      const { bid, offer, bidLimit, offerLimit } = level
      const quotedAt = this.#clock.now()
      const prices = { symbol, bid, offer, bidLimit, offerLimit, quotedAt }
      this.#quotes.remember({ ...prices, rateId, expiresAt: window.end })
    }
    return [{ rateId, symbol, tenor: 'SPOT', level }]
  }
}

interface Window {
  readonly date: string
  /** `HHmm-HHmm`, UTC. */
  readonly name: string
  readonly start: number
  readonly end: number
}

function windowAt(epochMs: number): Window {
  const now = zoned(epochMs, 'UTC')
  const first = Math.floor(now.hour / WINDOW_HOURS) * WINDOW_HOURS
  const start = now.startOfDay().add({ hours: first })
  const end = start.add({ hours: WINDOW_HOURS })
  const hhmm = (hour: number) => `${String(hour).padStart(2, '0')}00`
  return {
    date: isoDate(epochMs),
    name: `${hhmm(first)}-${hhmm(first + WINDOW_HOURS)}`,
    start: start.epochMilliseconds,
    end: end.epochMilliseconds,
  }
}

/** The symbols asked for, each once. */
function symbolsOf({ symbol, symbols = '' }: MarketDataSetQuery): readonly string[] {
  const named = (symbol ?? symbols).split(',').map((each) => each.trim())
  return [...new Set(named.filter((each) => each !== ''))]
}

/** Which rule of the query's workflow is broken, as a sentence. */
function wrongQuery(query: MarketDataSetQuery): string | undefined {
  if (query.symbol && query.symbols) return 'Give symbol or symbols, not both.'
  if (symbolsOf(query).length === 0) return 'Give symbol or symbols.'
  if (query.date !== undefined && !isDate(query.date)) return 'Give date as YYYY-MM-DD.'
  if (query.id && query.org) return 'Give id or org, not both.'
  if (!query.id && !query.org) return 'Give id or org.'
  const definition = dataSets.find(({ id }) => id === query.id)
  if (query.id && !definition) return `There is no market data set ${query.id}.`
  if (!definition || definition.workflow === 'fixedPeriod') return undefined
  if (query.timeWindow) return `timeWindow does not go with ${definition.id}.`
  if ((query.tenor === undefined) === (query.date === undefined))
    return 'Give tenor or date, one of them.'
  return undefined
}
