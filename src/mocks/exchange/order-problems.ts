import { Big } from 'big.js'
import { MAX_EXPIRY_SECONDS, type PlaceOrderRequest } from '../../api/contract/orders.ts'
import type { Pair } from './pairs.ts'
import type { Reason } from './refusal.ts'
import type { Settings } from './settings/settings.ts'

/** Something wrong with a request, and what the settings make of it. */
export interface Problem {
  readonly reason: Reason
  readonly detail: string
  readonly answer: 'http400' | 'http403' | 'rejectOnQuery'
}

/** Beyond these, amounts could not be told from their neighbours in JSON. */
const MOST_SIZE = 1e12
const MOST_PRICE = 1e6

/** What is wrong with an order that is well formed: pair, currency, numbers, time in force, credit. */
export function businessProblems(
  request: PlaceOrderRequest,
  pair: Pair | undefined,
  settings: Settings,
): Problem[] {
  const problems: Problem[] = []
  const add = (reason: Reason, detail: string, answer: Problem['answer']) =>
    problems.push({ reason, detail, answer })
  if (!pair) {
    add(
      'unknown-symbol',
      `There is no symbol ${request.symbol}.`,
      settings['validation.unknownSymbol'],
    )
  } else if (request.currency !== pair.base && request.currency !== pair.term) {
    const detail = `Currency ${request.currency} is not in ${request.symbol}.`
    add('bad-currency', detail, settings['validation.currency'])
  }
  problems.push(...numberProblems(request, settings))
  if (request.type === 'PQ' && request.timeInForce !== 'FOK') {
    add('bad-time-in-force', 'A PQ order needs timeInForce FOK.', 'http400')
  }
  const seconds = request.expiryTime
  if (request.timeInForce === 'GTT' && (seconds === undefined || seconds > MAX_EXPIRY_SECONDS)) {
    const detail = `A GTT order needs an expiryTime of 1 to ${MAX_EXPIRY_SECONDS} seconds.`
    add('bad-time-in-force', detail, settings['gtt.invalid'])
  }
  const credit = settings['credit.maxOrderSize']
  if (credit !== 'off' && request.size > credit) {
    add(
      'credit-exceeded',
      `The credit covers orders up to ${credit}.`,
      settings['validation.credit'],
    )
  }
  return problems
}

function numberProblems(request: PlaceOrderRequest, settings: Settings): Problem[] {
  const details: string[] = []
  if (request.price !== undefined && decimalsOf(request.price) > settings['price.maxDecimals']) {
    details.push(`price has more than ${settings['price.maxDecimals']} decimals.`)
  }
  if (request.size > MOST_SIZE || (request.price ?? 0) > MOST_PRICE) {
    details.push(`size goes up to ${MOST_SIZE}, price up to ${MOST_PRICE}.`)
  }
  if ((request.minQty ?? 0) > request.size) {
    details.push('minQty is above size.')
  }
  const answer = settings['validation.badNumber']
  return details.map((detail) => ({ reason: 'bad-number', detail, answer }))
}

function decimalsOf(value: number): number {
  if (Number.isInteger(value)) return 0
  const [, fraction = ''] = new Big(value).toFixed().split('.')
  return fraction.length
}
