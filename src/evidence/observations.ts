import { z } from 'zod'
import { refusalDetails } from '../api/client/refusal-details.ts'
import { canonicalStatus } from '../api/contract/canonical-status.ts'
import { isFields, type Reading } from './reading/reading.ts'

/** One status of one order, as one answer reported it. */
export const observationSchema = z
  .object({
    orderId: z.string(),
    coId: z.string().optional(),
    /** The order type as the answer gave it; absent where it did not. */
    orderType: z.string().optional(),
    status: z.string(),
    /** Dealt so far and asked for, in the dealt currency; absent where the answer did not say. */
    dealt: z.number().optional(),
    size: z.number().optional(),
    /** Why it was rejected, where the answer said so; the name of the field is a guess [inferred]. */
    reason: z.string().optional(),
    /** When the request was sent, in epoch milliseconds of the backend's clock. */
    at: z.number(),
    exchange: z.int().positive(),
    /** Whether the answer was to placing the order, or to a query. */
    by: z.enum(['placing', 'query']),
  })
  .readonly()
export type Observation = z.infer<typeof observationSchema>

/** A placing that was answered with an error object: there is no order. */
export const refusedPlacingSchema = z
  .object({
    orderType: z.string(),
    coId: z.string().optional(),
    httpStatus: z.int(),
    /** What the error object says, as far as it can be told. */
    code: z.string().optional(),
    message: z.string().optional(),
    exchange: z.int().positive(),
  })
  .readonly()
export type RefusedPlacing = z.infer<typeof refusedPlacingSchema>

/** What one exchange says about orders. */
export interface Observed {
  readonly observations: readonly Observation[]
  readonly refused?: RefusedPlacing
}

const NOTHING: Observed = { observations: [] }

/** Fields that the judge reads. Numbers are taken where an id is one: it must be seen, not dropped. */
const reportedSchema = z.object({
  orderId: z.union([z.string().min(1), z.number().transform(String)]).optional(),
  coId: z.string().optional(),
  type: z.string().optional(),
  status: z.string().min(1),
  cumQty: z.number().optional().catch(undefined),
  size: z.number().optional().catch(undefined),
  leavesQty: z.number().optional().catch(undefined),
  reason: z.string().optional().catch(undefined),
})

/**
 * Reads off an exchange which orders it reports, in which status.
 *
 * Nothing is taken from what the scenario meant to do: an answer about another order is that
 * order's, and no observation of the one that was asked for. What another scenario made is observed
 * there.
 */
export function observe(reading: Reading, ofWholeRun = false): Observed {
  const { operation, params, exchange, status } = reading
  if (status === undefined || (exchange.sharedFrom !== undefined && !ofWholeRun)) return NOTHING
  switch (operation) {
    case 'placeOrder':
      return ok(status) ? { observations: reported(reading, 'placing') } : refusal(reading, status)
    case 'queryOrder':
      return ok(status) ? { observations: reported(reading, 'query', params.id) } : NOTHING
    case 'queryOrders':
      return ok(status) ? { observations: reported(reading, 'query') } : NOTHING
    default:
      return NOTHING
  }
}

/** @param asked - The order that is meant where an answer names none. */
function reported(
  { body, exchange, number }: Reading,
  by: Observation['by'],
  asked?: string,
): Observation[] {
  return [body].flat().flatMap((element) => {
    const parsed = reportedSchema.safeParse(element)
    const orderId = parsed.data?.orderId ?? asked
    if (!parsed.data || orderId === undefined) return []
    const { coId, type, status, cumQty, size, leavesQty, reason } = parsed.data
    return {
      orderId,
      ...(coId === undefined ? {} : { coId }),
      ...(type === undefined ? {} : { orderType: type }),
      status: canonicalStatus({ status, cumQty, size, leavesQty }),
      ...(cumQty === undefined ? {} : { dealt: cumQty }),
      ...(size === undefined ? {} : { size }),
      ...(reason === undefined ? {} : { reason }),
      at: exchange.at,
      exchange: number,
      by,
    }
  })
}

const sentSchema = z.object({ type: z.string(), coId: z.string().optional() })

/**
 * A refusal in the documented manner: an error object with 400 or 5xx. Other codes are about the
 * session, the permission or the pace, not the order.
 *
 * @see Fact sheet 2.4, "Failure" [seed: 400 and 5xx].
 */
function refusal({ sent, body, raw, number }: Reading, httpStatus: number): Observed {
  const asked = sentSchema.safeParse(sent)
  if (!asked.success || !isFields(body) || !isRefusal(httpStatus)) return NOTHING
  const { type, coId } = asked.data
  const refused = {
    orderType: type,
    ...(coId === undefined ? {} : { coId }),
    httpStatus,
    ...refusalDetails(raw),
    exchange: number,
  }
  return { observations: [], refused }
}

function isRefusal(status: number): boolean {
  return status === 400 || status >= 500
}

function ok(status: number): boolean {
  return status >= 200 && status < 300
}
