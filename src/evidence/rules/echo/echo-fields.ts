import { decimalOf } from '../../reading/decimal.ts'
import type { Fields } from '../../reading/reading.ts'
import { isSamePrice } from './price-echo.ts'

/** Whether what is answered is what was sent; `undefined` where the two cannot be compared. */
type Comparison = (one: unknown, other: unknown, sent: Fields) => boolean | undefined

/**
 * What comes back as it was sent, where the answer has it. Left out: `org`, which is told although it is
 * not sent, and may be the placer's own where another's was.
 *
 * @see Fact sheet 2.4, "Response 202"; 2.5, fields of the order object [reference].
 */
const COMPARISONS: Readonly<Record<string, Comparison>> = {
  coId: isSame,
  type: isSameWord,
  timeInForce: isSameWord,
  side: isSameWord,
  currency: isSame,
  symbol: isSame,
  size: isSame,
  price: isSamePrice,
  rateId: isSame,
  expiryTime: isSame,
  account: isSame,
  priceType: isSame,
  stopPrice: isSamePrice,
  execFlags: isSameSet,
  targetStrategy: isSame,
  minQty: isSame,
  originalCoId: isSame,
  clientOrderTime: isSameTime,
  tradeChannel: isSame,
}

/** Before anything is dealt; later it is the date of what was dealt. */
const COMPARISONS_AT_PLACING: typeof COMPARISONS = { ...COMPARISONS, valueDate: isSameDay }

const compared = {
  later: Object.entries(COMPARISONS),
  'at placing': Object.entries(COMPARISONS_AT_PLACING),
}

/** The fields that can be compared, and whether they are the same. */
export function echoed(
  sent: Fields,
  answered: Fields,
  when: keyof typeof compared,
): readonly { readonly field: string; readonly isSame: boolean }[] {
  return compared[when].flatMap(([field, compare]) => {
    // A PQ order may be FOK whatever it says (setting 18).
    const isForced = field === 'timeInForce' && sent.type === 'PQ' && sent.timeInForce !== 'FOK'
    if (isForced || !isThere(sent[field]) || !isThere(answered[field])) return []
    const same = compare(sent[field], answered[field], sent)
    return same === undefined ? [] : [{ field, isSame: same }]
  })
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null
}

/** Numbers as decimals, also where one of them is text. */
export function isSame(one: unknown, other: unknown): boolean {
  if (typeof one !== 'number' && typeof other !== 'number') return one === other
  const [first, second] = [decimalOf(one), decimalOf(other)]
  return first !== undefined && second !== undefined && first.eq(second)
}

/** Of a documented list: where `buy` is taken for `Buy`, it comes back so. */
function isSameWord(one: unknown, other: unknown): boolean {
  return isSame(one, other) || String(one).toLowerCase() === String(other).toLowerCase()
}

function isSameSet(one: unknown, other: unknown): boolean | undefined {
  if (!Array.isArray(one) || !Array.isArray(other)) return undefined
  return one.every((each) => other.includes(each)) && other.every((each) => one.includes(each))
}

/** `2023-06-15` and `20230615` are one day: the first is REST's shape, the second the WebSocket's. */
function isSameDay(one: unknown, other: unknown): boolean | undefined {
  const [first, second] = [dayOf(one), dayOf(other)]
  return first && second ? first === second : undefined
}

function dayOf(value: unknown): string | undefined {
  return /^(\d{4})-?(\d{2})-?(\d{2})$/.exec(String(value))?.slice(1).join('')
}

/** One moment may be told in another time zone; whether with its milliseconds is nowhere said. */
function isSameTime(one: unknown, other: unknown): boolean | undefined {
  if (one === other) return true
  const [first, second] = [secondOf(one), secondOf(other)]
  return first === undefined || second === undefined ? undefined : first === second
}

/** `yyyy-MM-dd HH:mm:ss,SSS Z` as whole seconds. */
function secondOf(value: unknown): number | undefined {
  const [, date, time, zone] =
    /^(\d{4}-\d{2}-\d{2}) (\d{2}:\d{2}:\d{2})[,.]?\d* ([+-]\d{4})$/.exec(String(value)) ?? []
  if (date === undefined || time === undefined || zone === undefined) return undefined
  const parsed = Date.parse(`${date}T${time}${zone.slice(0, 3)}:${zone.slice(3)}`)
  return Number.isNaN(parsed) ? undefined : parsed / 1_000
}
