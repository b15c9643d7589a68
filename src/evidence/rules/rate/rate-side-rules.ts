import { decimalOf } from '../../reading/decimal.ts'
import { isRatesByType, levelsIn, type RateLevel } from '../../reading/rate-level.ts'
import type { Reading } from '../../reading/reading.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'

/** The top of a book that is put together from several providers may be locked, or crossed. */
export const rateSidesRule: Rule = {
  id: 'rate.sides',
  family: 'Rates',
  sentence: 'A rate has a bid and an offer above 0.',
  source: { section: '2.1', mark: 'inferred' },
  code: 'price-not-positive',
  check: ({ made }) =>
    resultOf(
      made
        .filter((reading) => !isRatesByType(reading))
        .flatMap((reading) => levelsIn(reading).map((level) => sidesSight(level, reading))),
    ),
}

export const bookSidesRule: Rule = {
  id: 'rate.book-sides',
  family: 'Rates',
  sentence:
    'In every level of the rates by type both prices are above 0, and where one provider stands behind both, its offer is not below its bid.',
  source: { section: '2.2', mark: 'inferred' },
  code: 'crossed-rate',
  check: ({ made }) =>
    resultOf(
      made
        .filter(isRatesByType)
        .flatMap((reading) =>
          levelsIn(reading).map((level) => sidesSight(level, reading, isOfOne(level))),
        ),
    ),
}

/** Rates of two providers may cross each other, and whose a rate is need not be told. */
function isOfOne({ bidProvider, offerProvider }: RateLevel): boolean {
  return typeof bidProvider === 'string' && bidProvider === offerProvider
}

/** A side on which nothing can be traded may have any price. */
function sidesSight(
  { index, ...level }: RateLevel,
  { number }: Reading,
  isUncrossed = false,
): Sight {
  const priceOf = (price: unknown, limit: unknown) =>
    decimalOf(limit)?.eq(0) ? undefined : decimalOf(price)
  const bid = priceOf(level.bid, level.bidLimit)
  const offer = priceOf(level.offer, level.offerLimit)
  const isCrossed = isUncrossed && bid !== undefined && (offer?.lt(bid) ?? false)
  if (!bid?.lte(0) && !offer?.lte(0) && !isCrossed) return bid && offer ? 'held' : undefined
  const where = index === undefined ? '' : `level ${index + 1}: `
  const detail = `${where}bid ${level.bid}, offer ${level.offer}`
  return { orderId: '', detail, exchanges: [number] }
}

export const rateLimitsRule: Rule = {
  id: 'rate.limits',
  family: 'Rates',
  sentence: 'The amounts that a rate is good for, at its bid and at its offer, are not negative.',
  source: { section: '2.1', mark: 'inferred' },
  code: 'negative-limit',
  check: ({ made }) =>
    resultOf(
      made.flatMap((reading) => levelsIn(reading).map((level) => limitSight(level, reading))),
    ),
}

function limitSight({ bidLimit, offerLimit, index }: RateLevel, { number }: Reading): Sight {
  const limits = [decimalOf(bidLimit), decimalOf(offerLimit)]
  if (limits.every((limit) => limit === undefined)) return undefined
  if (!limits.some((limit) => limit?.lt(0))) return 'held'
  const where = index === undefined ? '' : `level ${index + 1}: `
  const detail = `${where}bidLimit ${bidLimit}, offerLimit ${offerLimit}`
  return { orderId: '', detail, exchanges: [number] }
}
