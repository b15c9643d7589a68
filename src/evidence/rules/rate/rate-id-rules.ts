import { decimalOf } from '../../reading/decimal.ts'
import { isOfOneUser, type Matter } from '../../reading/matter.ts'
import { spotRateIn } from '../../reading/rate-level.ts'
import { elementsOf, type Fields, type Reading } from '../../reading/reading.ts'
import { type Breach, type Rule, resultOf, type Sight } from '../rule.ts'

const MOST_CHARACTERS = 255

export const rateIdRule: Rule = {
  id: 'rate.id',
  family: 'Rates',
  sentence:
    'A rate with a bid or an offer has a rateId, a text of 1 to 255 characters, to be passed back in a PQ order.',
  source: { section: '2.1', mark: 'seed' },
  code: 'wrong-rate-id',
  check: ({ made }) =>
    resultOf(
      made.flatMap((reading) => {
        const rate = spotRateIn(reading)
        const rates = rate ? [rate].filter(isPriced) : ratesOfSets(reading)
        return rates.map(({ rateId }) => idSight(rateId, reading))
      }),
    ),
}

/** A pair that nobody quotes may have a rate without prices (setting 43): there is nothing to pass back. */
function isPriced({ bid, offer }: Fields): boolean {
  return (bid ?? offer ?? undefined) !== undefined
}

function idSight(rateId: unknown, { number }: Reading): Sight {
  const breach = (detail: string): Breach => ({ orderId: '', detail, exchanges: [number] })
  if (rateId === undefined || rateId === null) return breach('there is no rateId')
  if (typeof rateId !== 'string') return breach(`rateId is ${JSON.stringify(rateId)}, no text`)
  if (rateId === '') return breach('rateId is empty')
  if (rateId.length <= MOST_CHARACTERS) return 'held'
  return breach(`rateId has ${rateId.length} characters, most are ${MOST_CHARACTERS}`)
}

/** The rates of market data sets that name their rateId: what else they hold, nobody knows (setting 45). */
function ratesOfSets({ operation, isSuccess, body }: Reading): readonly Fields[] {
  if (operation !== 'marketDataSet' || !isSuccess) return []
  return elementsOf(body)
    .flatMap(({ rates }) => elementsOf(rates))
    .filter((rate) => Object.hasOwn(rate, 'rateId'))
}

/** Of two users, each may have prices of their own. */
export const idDistinctRule: Rule = {
  id: 'rate.id-distinct',
  family: 'Rates',
  sentence: 'Two rates that differ in symbol, bid or offer have different rateIds.',
  source: { section: '2.1', mark: 'inferred' },
  code: 'rate-id-reused',
  check: (matter) => (isOfOneUser(matter) ? resultOf(distinctSights(matter)) : resultOf([])),
}

function distinctSights({ made }: Matter): Sight[] {
  const rates = made.flatMap((reading) => {
    const fields = spotRateIn(reading)
    return fields && typeof fields.rateId === 'string' ? [{ reading, fields }] : []
  })
  return rates.flatMap(({ reading, fields }, at) =>
    rates.slice(0, at).map((earlier): Sight => {
      if (isSameRate(earlier.fields, fields)) return undefined
      if (earlier.fields.rateId !== fields.rateId) return 'held'
      const detail = `rateId ${fields.rateId} was ${told(earlier.fields)}, and is ${told(fields)}`
      return { orderId: '', detail, exchanges: [earlier.reading.number, reading.number] }
    }),
  )
}

function isSameRate(one: Fields, other: Fields): boolean {
  const isSame = (name: string) => {
    const [first, second] = [decimalOf(one[name]), decimalOf(other[name])]
    return first === undefined || second === undefined || first.eq(second)
  }
  return one.symbol === other.symbol && isSame('bid') && isSame('offer')
}

function told({ symbol, bid, offer }: Fields): string {
  return `${symbol} ${bid} / ${offer}`
}
