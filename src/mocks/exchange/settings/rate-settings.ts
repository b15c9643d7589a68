import { z } from 'zod'
import { row } from './row.ts'
import { countFromOne, flag, http400OrReject, orWord, refusalStatus } from './values.ts'

/** Sources of the fields inside a rate of a market data set, whose real names are unseen. */
const mdsRateField = z.enum(['rateId', 'symbol', 'tenor', 'bid', 'offer', 'bidLimit', 'offerLimit'])

/** Rates, quotes and market hours. Fact sheet 6, rows 13 to 18, 43 to 46 and 52. */
export const rateSettings = {
  'rate.ttlMs': row(13, countFromOne, 5_000, 'How long a quoted rate can be dealt on, in ms'),
  'rate.singleUse': row(
    15,
    flag,
    false,
    'Whether a rate that was dealt on is spent; a spent rate counts as expired',
  ),
  'pq.badRate.unknown': row(14, http400OrReject, 'http400', 'PQ on a rateId nobody issued'),
  'pq.badRate.expired': row(14, http400OrReject, 'rejectOnQuery', 'PQ on a rate gone stale'),
  'pq.badRate.otherUser': row(
    14,
    http400OrReject,
    'rejectOnQuery',
    'PQ on a rate quoted to somebody else',
  ),
  'pq.badRate.otherSymbol': row(
    14,
    http400OrReject,
    'rejectOnQuery',
    'PQ on a rate of another symbol',
  ),
  'pq.priceMismatch': row(
    16,
    z.enum(['ignore', 'reject', 'http400']),
    'reject',
    'PQ at a price other than the quote',
  ),
  'pq.priceTolerance': row(
    16,
    z.number().nonnegative(),
    0,
    'Difference from the quote that still counts as the quote, in units of price',
  ),
  'pq.oversize': row(
    17,
    z.enum(['reject', 'fill']),
    'reject',
    'PQ for more than the amount quoted',
  ),
  'pq.tifStrict': row(
    18,
    flag,
    true,
    'Whether a PQ order must say timeInForce=FOK; if not, it is FOK whatever it says',
  ),
  'rate.unknownSymbol': row(43, refusalStatus, 404, 'HTTP code for the rate of an unknown symbol'),
  'rate.noLiquidity': row(43, refusalStatus, 404, 'HTTP code for a known symbol without a price'),
  'rates.fullShape': row(
    44,
    z.enum(['arrays', 'objects']),
    'arrays',
    'Body of /rates/spot/{type}: parallel arrays, or a list of levels',
  ),
  'mds.rateFields': row(
    45,
    z.record(z.string().min(1), mdsRateField),
    { rateId: 'rateId', symbol: 'symbol', tenor: 'tenor', bid: 'bid', offer: 'offer' },
    'Field names inside a rate of a market data set, and what stands in each',
  ),
  'mds.invalidStatus': row(45, refusalStatus, 400, 'HTTP code for a bad market data set query'),
  rateLimit: row(
    46,
    orWord(countFromOne, 'off'),
    'off',
    'Requests per second and organisation before 429',
  ),
  'market.hours': row(
    52,
    z.enum(['always', 'fx']),
    'always',
    'Whether the market closes at weekends and at 17:00 New York for ten seconds',
  ),
}
