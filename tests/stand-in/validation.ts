import { isDay, parseStamp } from './dates.ts'
import { quotedPrice } from './fates.ts'
import { knowsSymbol } from './market.ts'
import type { State } from './state.ts'

/* What is refused at once (section 2.4, and section 6, rows 14, 16, 18, 19). */

type Terms = Readonly<Record<string, unknown>>

/** A field, what its value must be, and the same in words. */
type Rule = readonly [field: string, holds: (value: unknown) => boolean, demand: string]

const text = (most: number) => (value: unknown) =>
  typeof value === 'string' && value.length > 0 && value.length <= most
const oneOf =
  (...names: readonly string[]) =>
  (value: unknown) =>
    names.includes(value as string)
const positive = (value: unknown) =>
  typeof value === 'number' && Number.isFinite(value) && value > 0
const secondsOfLife = (value: unknown) =>
  Number.isInteger(value) && Number(value) >= 1 && Number(value) <= 86_399
const list = (value: unknown) => Array.isArray(value)

const always: readonly Rule[] = [
  ['coId', text(255), 'a text of at most 255 characters'],
  ['type', oneOf('Limit', 'PQ', 'AtBest'), 'Limit, PQ or AtBest'],
  ['side', oneOf('Buy', 'Sell'), 'Buy or Sell'],
  ['symbol', knowsSymbol, 'a known symbol'],
  ['size', positive, 'a number above 0'],
  ['currency', text(10), 'one of the two currencies of the symbol'],
]

const byType: Readonly<Record<string, readonly Rule[]>> = {
  Limit: [
    ['timeInForce', oneOf('IOC', 'FOK', 'GTC', 'GTT', 'DAY'), 'IOC, FOK, GTC, GTT or DAY'],
    ['price', positive, 'a number above 0'],
  ],
  PQ: [
    ['timeInForce', oneOf('FOK'), 'FOK'],
    ['price', positive, 'a number above 0'],
    ['rateId', text(255), 'the id of a rate'],
  ],
  AtBest: [
    ['timeInForce', oneOf('FOK'), 'FOK'],
    ['valueDate', isDay, 'a day, YYYY-MM-DD'],
  ],
}

const goodTill: Rule = ['expiryTime', secondsOfLife, 'a whole number of seconds from 1 to 86399']

/** Fields that may be absent, but not of another type. */
const ifPresent: readonly Rule[] = [
  goodTill,
  ['price', positive, 'a number above 0'],
  ['rateId', text(255), 'a text'],
  ['valueDate', isDay, 'a day, YYYY-MM-DD'],
  ['priceType', text(255), 'a text'],
  ['org', text(255), 'a text'],
  ['account', text(255), 'a text'],
  ['stopPrice', positive, 'a number above 0'],
  ['execFlags', list, 'a list'],
  ['targetStrategy', text(255), 'a text'],
  ['minQty', positive, 'a number above 0'],
  ['originalCoId', text(255), 'a text'],
  ['clientOrderTime', (value) => !Number.isNaN(parseStamp(value)), 'a time'],
  ['tradeChannel', text(255), 'a text'],
]

/** Every field of an order, in the order of the documentation. */
export const FIELDS: readonly string[] = [
  ...new Set([...always, ...(byType.Limit ?? []), ...ifPresent].map(([field]) => field)),
]

function broken(terms: Terms, rules: readonly Rule[]): string | undefined {
  const rule = rules.find(([field, holds]) => !holds(terms[field]))
  return rule === undefined ? undefined : `The field ${rule[0]} must be ${rule[2]}.`
}

/** What is wrong with the order, or undefined if it can be taken. */
export function problemOf(state: State, terms: Terms): string | undefined {
  const required = [
    ...always,
    ...(byType[String(terms.type)] ?? []),
    ...(terms.timeInForce === 'GTT' ? [goodTill] : []),
    ...ifPresent.filter(([field]) => terms[field] !== undefined),
  ]
  const problem = broken(terms, required)
  if (problem !== undefined) return problem
  if (!String(terms.symbol).split('/').includes(String(terms.currency)))
    return 'The field currency must be one of the two currencies of the symbol.'
  if (terms.type !== 'PQ') return undefined
  if (!state.quotes.has(String(terms.rateId))) return 'The field rateId names no known rate.'
  return state.flags.pqAltered === 'refused' && terms.price !== quotedPrice(state, terms)
    ? 'The field price must be the quoted price.'
    : undefined
}
