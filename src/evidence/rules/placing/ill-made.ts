import { sideSchema } from '../../../api/contract/common.ts'
import {
  MAX_EXPIRY_SECONDS,
  orderTypeSchema,
  timeInForceSchema,
} from '../../../api/contract/orders.ts'
import { decimalOf } from '../../reading/decimal.ts'
import type { Fields } from '../../reading/reading.ts'

/** What is wrong with a placing, in words; `undefined` where nothing is. */
export type Flaw = (sent: Fields) => string | undefined

const ALWAYS = ['coId', 'type', 'side', 'symbol', 'size', 'currency']

/**
 * What a kind needs besides. Left out: `timeInForce` of PQ, which may be FOK whatever is said (setting
 * 18); `expiryTime` of GTT, see `badExpiry`; Market, whose row demands a price by a slip; acting on behalf
 * of another organisation, since nobody can tell which that is.
 *
 * @see Fact sheet 2.4, "Required by kind" [reference].
 */
const BY_TYPE: Readonly<Record<string, readonly string[]>> = {
  Limit: ['timeInForce', 'price'],
  PQ: ['price', 'rateId'],
  AtBest: ['timeInForce', 'valueDate'],
  Stop: ['price', 'stopPrice', 'execFlags'],
  Algo: ['timeInForce', 'targetStrategy'],
}

const isMissing = (value: unknown) => value === undefined || value === null || value === ''
const told = (field: string, value: unknown) => `${field} ${JSON.stringify(value)}`

export const missingField: Flaw = (sent) => {
  const missing = [...ALWAYS, ...(BY_TYPE[String(sent.type)] ?? [])].filter((field) =>
    isMissing(sent[field]),
  )
  return missing.length === 0 ? undefined : `without ${missing.join(' and ')}`
}

/** In capitals or not: whether `buy` is taken for `Buy` is nowhere said. */
const isWord = (value: unknown, word: string) =>
  typeof value === 'string' && value.toLowerCase() === word.toLowerCase()

/** The lists that are known in full. Which symbols there are nobody tells. */
export const unknownValue: Flaw = (sent) => {
  const lists: Readonly<Record<string, readonly string[]>> = {
    type: orderTypeSchema.options,
    side: sideSchema.options,
    ...(!isWord(sent.type, 'PQ') && {
      timeInForce: isWord(sent.type, 'AtBest') ? ['FOK'] : timeInForceSchema.options,
    }),
  }
  const [field] = Object.keys(lists).filter(
    (name) => !isMissing(sent[name]) && !lists[name]?.some((word) => isWord(sent[name], word)),
  )
  return field === undefined ? undefined : `with ${told(field, sent[field])}`
}

/** A number as text may be taken (setting 48), and the price of a PQ order be passed over (setting 16). */
export const badNumber: Flaw = (sent) => {
  const numbers = sent.type === 'Limit' ? ['size', 'price'] : ['size']
  const field = numbers.find(
    (name) => !isMissing(sent[name]) && !(decimalOf(sent[name])?.gt(0) ?? false),
  )
  return field === undefined ? undefined : `with ${told(field, sent[field])}`
}

/** What seconds below one mean is nowhere said. */
export const badExpiry: Flaw = ({ timeInForce, type, expiryTime }) => {
  if (timeInForce !== 'GTT' || isWord(type, 'PQ')) return undefined
  if (isMissing(expiryTime)) return 'GTT without expiryTime'
  const seconds = decimalOf(expiryTime)
  const isGood = seconds?.lte(MAX_EXPIRY_SECONDS) ?? false
  return isGood ? undefined : `GTT with ${told('expiryTime', expiryTime)}`
}

export const foreignCurrency: Flaw = ({ symbol, currency }) => {
  const pair = typeof symbol === 'string' ? symbol.split('/') : []
  if (pair.length !== 2 || typeof currency !== 'string' || currency === '') return undefined
  return pair.includes(currency) ? undefined : `${symbol} in ${currency}`
}
