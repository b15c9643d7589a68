import { Big } from 'big.js'
import type { z } from 'zod'
import {
  MAX_EXPIRY_SECONDS,
  type OrderType,
  orderTypeSchema,
  type PlaceOrderRequest,
  placeOrderRequestSchema,
  type TimeInForce,
} from '../../api/contract/orders.ts'
import type { Pair } from './pairs.ts'
import type { Reason } from './refusal.ts'
import type { Settings } from './settings/settings.ts'

/** The types this desk deals in. */
export type DealtType = Extract<OrderType, 'PQ' | 'Limit' | 'AtBest'>

/** What was asked for, in the desk's own terms. */
export interface OrderTerms {
  readonly type: DealtType
  readonly timeInForce: TimeInForce
  readonly pair: Pair
  /** In the dealt currency. */
  readonly size: Big
  readonly minQty: Big
  /** Whether the dealt currency is the base currency. */
  readonly dealsBase: boolean
  /** The side of the book it takes: buying base lifts the offer, selling base hits the bid. */
  readonly takes: 'offer' | 'bid'
  readonly price?: Big
  readonly rateId?: string
  /** GTT only. */
  readonly expirySeconds?: number
}

/** Something wrong with a request, and what the settings make of it. */
export interface Problem {
  readonly reason: Reason
  readonly detail: string
  readonly answer: 'http400' | 'http403' | 'rejectOnQuery'
}

/** A request as read: terms if they could be made out, and everything wrong with it. */
export interface ReadRequest {
  /** The fields as sent, which answers echo. */
  readonly echo: Readonly<Record<string, unknown>>
  readonly terms?: OrderTerms
  readonly problems: readonly Problem[]
}

const numericFields = ['size', 'price', 'expiryTime', 'minQty', 'stopPrice'] as const
const dealtTypes: readonly string[] = ['PQ', 'Limit', 'AtBest'] satisfies DealtType[]
const knownFields = new Set(
  placeOrderRequestSchema.options.flatMap((option) => Object.keys(option.shape)),
)

/**
 * Reads the body of a placing against the contract and the settings.
 *
 * @see Fact sheet 2.4 [reference]; 6, rows 18, 19, 31, 48, 49.
 */
export function readOrderRequest(
  body: unknown,
  settings: Settings,
  pairOf: (symbol: string) => Pair | undefined,
): ReadRequest {
  if (typeof body !== 'object' || body === null || Array.isArray(body)) {
    const detail = 'The body is not a JSON object.'
    return { echo: {}, problems: [{ reason: 'ill-typed', detail, answer: 'http400' }] }
  }
  const echo = body as Readonly<Record<string, unknown>>
  const fields = lenient(echo, settings)
  const kind = orderTypeSchema.safeParse(fields.type)
  if (kind.success && !dealtTypes.includes(kind.data)) {
    const detail = `The simulation does not deal in ${kind.data} orders; use ${dealtTypes.join(', ')}.`
    return { echo, problems: [{ reason: 'unsupported-type', detail, answer: 'http400' }] }
  }
  const parsed = placeOrderRequestSchema.safeParse(fields)
  const problems = [
    ...unknownFields(echo, settings),
    ...(parsed.success
      ? []
      : parsed.error.issues.map((issue) => shapeProblem(issue, fields, settings))),
  ]
  if (!parsed.success) return { echo, problems }
  return withTerms(echo, parsed.data, problems, settings, pairOf)
}

function withTerms(
  echo: ReadRequest['echo'],
  request: PlaceOrderRequest,
  problems: readonly Problem[],
  settings: Settings,
  pairOf: (symbol: string) => Pair | undefined,
): ReadRequest {
  const pair = pairOf(request.symbol)
  const found = [...problems, ...businessProblems(request, pair, settings)]
  if (!pair) return { echo, problems: found }
  const dealsBase = request.currency === pair.base
  const terms: OrderTerms = {
    type: request.type as DealtType,
    timeInForce: request.timeInForce ?? 'FOK',
    pair,
    size: new Big(request.size),
    minQty: new Big(request.minQty ?? 0),
    dealsBase,
    takes: (request.side === 'Buy') === dealsBase ? 'offer' : 'bid',
    ...(request.price !== undefined && { price: new Big(request.price) }),
    ...(request.type === 'PQ' && { rateId: request.rateId }),
    ...(request.timeInForce === 'GTT' && { expirySeconds: request.expiryTime ?? 0 }),
  }
  return { echo, terms, problems: found }
}

function businessProblems(
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
  if (request.price !== undefined && decimalsOf(request.price) > settings['price.maxDecimals']) {
    const detail = `price has more than ${settings['price.maxDecimals']} decimals.`
    add('bad-number', detail, settings['validation.badNumber'])
  }
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

/** The fields as the settings allow them to be meant. */
function lenient(echo: ReadRequest['echo'], settings: Settings): Readonly<Record<string, unknown>> {
  const fields: Record<string, unknown> = { ...echo }
  if (settings['strict.types'] === 'ignore') {
    for (const name of numericFields) {
      const value = fields[name]
      if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) fields[name] = Number(value)
    }
  }
  if (fields.type === 'PQ' && !settings['pq.tifStrict']) fields.timeInForce = 'FOK'
  return fields
}

function unknownFields(echo: ReadRequest['echo'], settings: Settings): Problem[] {
  if (settings['strict.unknownFields'] === 'ignore') return []
  return Object.keys(echo)
    .filter((name) => !knownFields.has(name))
    .map((name) => ({
      reason: 'unknown-field',
      detail: `Field ${name} is unknown.`,
      answer: 'http400',
    }))
}

function shapeProblem(
  issue: z.core.$ZodIssue,
  fields: Readonly<Record<string, unknown>>,
  settings: Settings,
): Problem {
  const name = String(issue.path[0] ?? 'type')
  const value = fields[name]
  if (value === undefined || value === '') {
    const detail = `Required field ${name} is missing.`
    return { reason: 'missing-field', detail, answer: settings['validation.missingField'] }
  }
  const answerTo = {
    'ill-typed': settings['validation.illTyped'],
    'bad-number': settings['validation.badNumber'],
    'bad-value': settings['validation.badEnum'],
  } as const
  const reason = shapeReason(issue, value)
  return {
    reason,
    detail: `Field ${name} is not valid: ${issue.message}.`,
    answer: answerTo[reason],
  }
}

function shapeReason(
  issue: z.core.$ZodIssue,
  value: unknown,
): 'ill-typed' | 'bad-number' | 'bad-value' {
  if (issue.code === 'invalid_type' && typeof value !== 'number') return 'ill-typed'
  if (typeof value === 'number' && ['invalid_type', 'too_small'].includes(issue.code)) {
    return issue.path[0] === 'coId' ? 'ill-typed' : 'bad-number'
  }
  return typeof value === 'string' || Array.isArray(value) ? 'bad-value' : 'ill-typed'
}

function decimalsOf(value: number): number {
  const [, fraction = ''] = new Big(value).toFixed().split('.')
  return fraction.length
}
