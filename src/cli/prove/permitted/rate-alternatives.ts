import type { Alternatives } from './alternatives.ts'

/** Fact sheet 6, rows 13 to 18, 43 to 46 and 52. */
export const rateAlternatives = {
  'rate.ttlMs': [500, 60_000],
  'rate.singleUse': [true],
  'pq.badRate.unknown': ['rejectOnQuery'],
  'pq.badRate.expired': ['http400'],
  'pq.badRate.otherUser': ['http400'],
  'pq.badRate.otherSymbol': ['http400'],
  'pq.priceMismatch': ['ignore', 'http400'],
  'pq.priceTolerance': [0.01],
  'pq.oversize': ['fill'],
  'pq.tifStrict': [false],
  'rate.unknownSymbol': [400],
  'rate.noLiquidity': [400],
  'rates.fullShape': ['objects'],
  'mds.rateFields': [{ id: 'rateId', bidRate: 'bid', offerRate: 'offer' }],
  'mds.invalidStatus': [404],
  rateLimit: [3, 20],
  'market.hours': ['fx'],
} as const satisfies Alternatives
