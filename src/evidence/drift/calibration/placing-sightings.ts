import type { Placing } from '../../reading/placing.ts'
import { quotesIn } from '../../reading/quotes.ts'
import {
  badNumber,
  type Flaw,
  foreignCurrency,
  missingField,
  unknownValue,
} from '../../rules/placing/ill-made.ts'
import type { Side } from '../side.ts'
import type { Sighting, SightingFinder } from './sighting.ts'

const FLAWS: Readonly<Record<string, Flaw>> = {
  'validation.missingField': missingField,
  'validation.badEnum': unknownValue,
  'validation.badNumber': badNumber,
  'validation.currency': foreignCurrency,
}

/** How placings are taken that are not as they should be. Settings 16, 19 and 20. */
export const placingSightings: SightingFinder = (side) =>
  side.matter.placings.flatMap((placing) => [
    ...flawed(placing, side),
    ...duplicate(placing, side),
    ...mispriced(placing, side),
  ])

/** What became of a placing, in the words of settings; nothing where it cannot be told. */
function fateOf(placing: Placing, side: Side): 'http400' | 'rejectOnQuery' | 'taken' | undefined {
  if (placing.result === 'refused') return placing.reading.status === 400 ? 'http400' : undefined
  const statuses = side.orderOf(placing)?.views.map(({ status }) => status) ?? []
  if (statuses.includes('REJECTED')) return 'rejectOnQuery'
  return placing.result === 'accepted' && statuses.length > 1 ? 'taken' : undefined
}

/** Only where one thing is wrong: of several, nobody can tell which one was looked at. */
function flawed(placing: Placing, side: Side): Sighting[] {
  const found = Object.keys(FLAWS).filter((name) => FLAWS[name]?.(placing.sent) !== undefined)
  const [setting] = found
  const value = fateOf(placing, side)
  if (setting === undefined || found.length > 1) return []
  if (value !== 'http400' && value !== 'rejectOnQuery') return []
  return [{ setting, value, exchange: placing.reading.number }]
}

function duplicate(placing: Placing, side: Side): Sighting[] {
  const { coId, reading } = placing
  const before = side.matter.placings.some(
    (each) =>
      each.coId === coId && each.result === 'accepted' && each.reading.number < reading.number,
  )
  const fate = before && coId !== undefined ? fateOf(placing, side) : undefined
  if (fate === undefined) return []
  const value = { http400: 'http400', rejectOnQuery: 'reject', taken: 'accept' }[fate]
  return [{ setting: 'coId.duplicate', value, exchange: reading.number }]
}

/** A PQ order on a rate that was quoted at another price. */
function mispriced(placing: Placing, side: Side): Sighting[] {
  const { sent, reading } = placing
  if (sent.type !== 'PQ' || typeof sent.price !== 'number') return []
  const quote = quotesIn(side.matter.made).find(({ rateId }) => rateId === sent.rateId)
  const quoted = sent.side === 'Buy' ? quote?.offer : quote?.bid
  const isBase = typeof sent.symbol === 'string' && sent.symbol.startsWith(`${sent.currency}/`)
  if (!quoted || !isBase || quoted.eq(sent.price)) return []
  const fate = fateOf(placing, side)
  if (fate === undefined) return []
  const value = { http400: 'http400', rejectOnQuery: 'reject', taken: 'ignore' }[fate]
  return [{ setting: 'pq.priceMismatch', value, exchange: reading.number }]
}
