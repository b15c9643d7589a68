import { decimalOf } from '../../reading/decimal.ts'
import { isRatesByType, levelsIn, type RateLevel } from '../../reading/rate-level.ts'
import type { Reading } from '../../reading/reading.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'

export const rateSidesRule: Rule = {
  id: 'rate.sides',
  family: 'Rates',
  sentence: 'A rate has a bid and an offer above 0, and the offer is not below the bid.',
  source: { section: '2.1', mark: 'inferred' },
  code: 'crossed-rate',
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
    'In every level of the rates by type, the offer is not below the bid, and both are above 0.',
  source: { section: '2.2', mark: 'inferred' },
  code: 'crossed-rate',
  check: ({ made }) =>
    resultOf(
      made
        .filter(isRatesByType)
        .flatMap((reading) =>
          levelsIn(reading).map((level) =>
            isOfTwo(level, reading) ? undefined : sidesSight(level, reading),
          ),
        ),
    ),
}

/** Raw rates of two providers may cross each other. */
function isOfTwo({ bidProvider, offerProvider }: RateLevel, { params }: Reading): boolean {
  return params.type === 'RAW' && (bidProvider === undefined || bidProvider !== offerProvider)
}

/** A side on which nothing can be traded may have any price. */
function sidesSight({ index, ...level }: RateLevel, { number }: Reading): Sight {
  const priceOf = (price: unknown, limit: unknown) =>
    decimalOf(limit)?.eq(0) ? undefined : decimalOf(price)
  const bid = priceOf(level.bid, level.bidLimit)
  const offer = priceOf(level.offer, level.offerLimit)
  const isWrong = bid?.lte(0) || offer?.lte(0) || (bid && offer?.lt(bid))
  if (!isWrong) return bid && offer ? 'held' : undefined
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
