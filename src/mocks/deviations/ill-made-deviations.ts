import type { Deviation, Fields } from './deviation.ts'
import { retelling } from './retelling.ts'

/** Settings under which what is not well made is taken on, to be REJECTED later. */
const takenOn = (...names: readonly string[]) =>
  Object.fromEntries(names.map((name) => [name, 'rejectOnQuery']))

const isIn = (value: unknown, ...list: readonly unknown[]) =>
  value === undefined || list.includes(value)

/** Limit orders with such a flaw are taken on, and EXPIRED in the end instead of REJECTED. */
function expiring(isFlawed: (sent: Fields) => boolean): Deviation['begin'] {
  return retelling(({ sent }, truth) =>
    sent.type === 'Limit' && isFlawed(sent) && truth.status === 'REJECTED'
      ? { status: 'EXPIRED', reason: undefined, reasonCode: undefined }
      : undefined,
  )
}

export const illMadeDeviations: readonly Deviation[] = [
  {
    id: 'incomplete-order-taken',
    sentence: 'A limit order without price, side or size is taken, and EXPIRED.',
    breaks: 'placing.required-fields',
    settings: takenOn('validation.missingField'),
    begin: expiring(({ price, side, size }) => [price, side, size].includes(undefined)),
  },
  {
    id: 'unknown-value-taken',
    sentence: 'A limit order with a side or time in force that nobody knows is taken, and EXPIRED.',
    breaks: 'placing.known-values',
    settings: takenOn('validation.badEnum'),
    begin: expiring(
      ({ side, timeInForce }) =>
        !isIn(side, 'Buy', 'Sell') || !isIn(timeInForce, 'IOC', 'FOK', 'GTC', 'GTT', 'DAY'),
    ),
  },
  {
    id: 'negative-size-taken',
    sentence: 'A limit order for no amount, or less than none, is taken, and EXPIRED.',
    breaks: 'placing.numbers',
    settings: takenOn('validation.badNumber'),
    begin: expiring(({ size }) => typeof size === 'number' && size <= 0),
  },
  {
    id: 'endless-gtt-taken',
    sentence: 'A good-till-time order without its time is taken, and EXPIRED.',
    breaks: 'placing.gtt',
    settings: takenOn('gtt.invalid'),
    begin: expiring(({ timeInForce, expiryTime }) => timeInForce === 'GTT' && !expiryTime),
  },
  {
    id: 'overlong-gtt-taken',
    sentence: 'A good-till-time order for a day and more is taken, and EXPIRED.',
    breaks: 'placing.gtt',
    settings: takenOn('gtt.invalid'),
    begin: expiring(({ expiryTime }) => Number(expiryTime) > 86_399),
  },
  {
    id: 'foreign-currency-taken',
    sentence: 'A limit order in a currency that is not in its symbol is taken, and EXPIRED.',
    breaks: 'placing.currency',
    settings: takenOn('validation.currency'),
    begin: expiring(
      ({ symbol, currency }) => !String(symbol).split('/').includes(String(currency)),
    ),
  },
]
