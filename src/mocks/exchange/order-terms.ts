import { Big } from 'big.js'
import type { z } from 'zod'
import {
  type OrderType,
  orderTypeSchema,
  type PlaceOrderRequest,
  placeOrderRequestSchema,
  type TimeInForce,
} from '../../api/contract/orders.ts'
import { businessProblems, type Problem } from './order-problems.ts'
import type { Pair } from './pairs.ts'
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

/** A request as read: terms if they could be made out, and everything wrong with it. */
export interface ReadRequest {
  /** The documented fields as sent and meant, which answers echo. */
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
  const sent = Object.entries(body)
  const documented = Object.fromEntries(sent.filter(([name]) => knownFields.has(name)))
  const echo = lenient(documented, settings)
  const kind = orderTypeSchema.safeParse(echo.type)
  if (kind.success && !dealtTypes.includes(kind.data)) {
    const detail = `The simulation does not deal in ${kind.data} orders; use ${dealtTypes.join(', ')}.`
    return { echo, problems: [{ reason: 'unsupported-type', detail, answer: 'http400' }] }
  }
  const parsed = placeOrderRequestSchema.safeParse(echo)
  const problems = [
    ...unknownFields(Object.keys(body), settings),
    ...(parsed.success
      ? []
      : parsed.error.issues.map((issue) => shapeProblem(issue, echo, settings))),
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

/** The fields as the settings allow them to be meant. */
function lenient(sent: ReadRequest['echo'], settings: Settings): ReadRequest['echo'] {
  const fields: Record<string, unknown> = { ...sent }
  if (settings['strict.types'] === 'ignore') {
    for (const name of numericFields) {
      const value = fields[name]
      if (typeof value === 'string' && /^-?\d+(\.\d+)?$/.test(value)) fields[name] = Number(value)
    }
  }
  if (fields.type === 'PQ' && !settings['pq.tifStrict']) fields.timeInForce = 'FOK'
  return fields
}

function unknownFields(sent: readonly string[], settings: Settings): Problem[] {
  if (settings['strict.unknownFields'] === 'ignore') return []
  return sent
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
    const isNumeric = (numericFields as readonly unknown[]).includes(issue.path[0])
    return isNumeric ? 'bad-number' : 'ill-typed'
  }
  return typeof value === 'string' || Array.isArray(value) ? 'bad-value' : 'ill-typed'
}
