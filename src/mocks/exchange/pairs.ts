/**
 * A currency pair as the simulated market trades it. Prices are counted in *points*: the smallest
 * step of a price, a tenth of a pip.
 */
export interface Pair {
  readonly symbol: string
  readonly base: string
  readonly term: string
  /** Decimals of a price, and so of a point. */
  readonly decimals: number
  /** Starting mid, in points. */
  readonly midPoints: number
  /** Bid to offer at the top of the book, in points. */
  readonly spreadPoints: number
  /** Amount of base available at the top of the book. */
  readonly topSize: number
}

/** Points in a pip. */
export const POINTS_PER_PIP = 10

/** Symbol, mid, decimals, spread in points, size at the top in millions of base. Invented but usual. */
const table: readonly (readonly [string, string, number, number, number])[] = [
  ['EUR/USD', '1.08634', 5, 4, 5],
  ['USD/JPY', '149.372', 3, 6, 5],
  ['GBP/USD', '1.26875', 5, 8, 3],
  ['AUD/USD', '0.65412', 5, 6, 3],
  ['USD/CAD', '1.35748', 5, 8, 3],
  ['USD/CHF', '0.88213', 5, 8, 3],
  ['NZD/USD', '0.60934', 5, 10, 2],
  ['EUR/GBP', '0.85621', 5, 8, 3],
  ['EUR/JPY', '162.268', 3, 10, 3],
  ['EUR/CHF', '0.95832', 5, 10, 3],
  ['EUR/AUD', '1.66077', 5, 16, 2],
  ['EUR/CAD', '1.47468', 5, 14, 2],
  ['EUR/SEK', '11.24563', 5, 400, 2],
  ['EUR/NOK', '11.38421', 5, 450, 2],
  ['GBP/JPY', '189.516', 3, 18, 2],
  ['GBP/CHF', '1.11922', 5, 18, 2],
  ['AUD/JPY', '97.708', 3, 14, 2],
  ['USD/SEK', '10.35187', 5, 350, 2],
  ['USD/NOK', '10.47944', 5, 400, 2],
  ['USD/DKK', '6.86352', 5, 60, 2],
  ['USD/SGD', '1.34286', 5, 20, 2],
  ['USD/HKD', '7.82194', 5, 30, 2],
  ['USD/MXN', '17.04512', 5, 450, 1],
  ['USD/ZAR', '18.91275', 5, 900, 1],
  ['USD/INR', '83.1245', 4, 50, 1],
]

export const pairs: ReadonlyMap<string, Pair> = new Map(
  table.map(([symbol, mid, decimals, spreadPoints, millions]) => {
    const [base = '', term = ''] = symbol.split('/')
    const pair: Pair = {
      symbol,
      base,
      term,
      decimals,
      midPoints: Math.round(Number(mid) * 10 ** decimals),
      spreadPoints,
      topSize: millions * 1_000_000,
    }
    return [symbol, pair]
  }),
)

/** Decimals of an amount of `currency`: whole yen, cents of the rest. */
export function minorUnits(currency: string): number {
  return currency === 'JPY' ? 0 : 2
}
