import { elementsOf, type Fields, isFields, type Reading } from './reading.ts'

/** Both sides of a rate, or of one level of a book, as they were answered. */
export interface RateLevel {
  /** Where it stands in a list; absent for a rate alone. */
  readonly index?: number
  readonly bid: unknown
  readonly offer: unknown
  readonly bidLimit: unknown
  readonly offerLimit: unknown
  /** Who stands behind each side, where that is told. */
  readonly bidProvider?: unknown
  readonly offerProvider?: unknown
}

/** Whether rates of a type were asked for. */
export function isRatesByType({ operation }: Reading): boolean {
  return operation === 'spotRateByType' || operation === 'spotRateByTypeAndOrg'
}

/** The fields of a rate; `undefined` where no rate was brought. */
export function spotRateIn({ operation, isSuccess, body }: Reading): Fields | undefined {
  return operation === 'spotRate' && isSuccess && isFields(body) ? body : undefined
}

/** The one level of a spot rate, or those of rates by type, in either shape (setting 44). */
export function levelsIn(reading: Reading): readonly RateLevel[] {
  const rate = spotRateIn(reading)
  if (rate) return [levelOf(rate)]
  if (!isRatesByType(reading) || !reading.isSuccess) return []
  const { body } = reading
  if (Array.isArray(body)) {
    return elementsOf(body).map((fields, index) => ({ ...levelOf(fields), index }))
  }
  return isFields(body) ? levelsOf(body) : []
}

function levelOf({ bid, offer, bidLimit, offerLimit, provider }: Fields): RateLevel {
  const providers = provider === undefined ? {} : { bidProvider: provider, offerProvider: provider }
  return { bid, offer, bidLimit, offerLimit, ...providers }
}

/** Parallel arrays, made into levels. One side may be deeper than the other. */
function levelsOf(body: Fields): readonly RateLevel[] {
  const at = (name: string, index: number): unknown => listOf(body[name])[index]
  const depth = Math.max(listOf(body.bid).length, listOf(body.offer).length)
  return Array.from({ length: depth }, (_, index) => ({
    index,
    bid: at('bid', index),
    offer: at('offer', index),
    bidLimit: at('bidLimit', index),
    offerLimit: at('offerLimit', index),
    bidProvider: at('bidProviders', index),
    offerProvider: at('offerProviders', index),
  }))
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : []
}
