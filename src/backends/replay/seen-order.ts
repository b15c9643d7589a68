import { z } from 'zod'
import { canonicalStatus } from '../../api/contract/canonical-status.ts'
import type { RecordedAnswer } from './recording.ts'

/** What a replay reads of an order that an answer tells of. */
const orderSchema = z.looseObject({
  orderId: z.union([z.string().min(1), z.number().transform(String)]).optional(),
  coId: z.string().optional().catch(undefined),
  status: z.string().min(1),
  size: z.number().optional().catch(undefined),
  cumQty: z.number().optional().catch(undefined),
  leavesQty: z.number().optional().catch(undefined),
})

/** An order as one answer told of it. */
export interface SeenOrder {
  readonly orderId?: string
  readonly coId?: string
  /** As documented, whatever its spelling; anything else as it came. */
  readonly status: string
  /** In the dealt currency; absent where nobody said. */
  readonly dealt?: number
  /** Everything the answer said. */
  readonly fields: Readonly<Record<string, unknown>>
}

/** The orders of an answer, bare or in a list; `undefined` where it tells of something else. */
export function ordersIn({ status, body }: RecordedAnswer): readonly SeenOrder[] | undefined {
  const value = status >= 200 && status < 300 ? parsed(body) : undefined
  if (typeof value !== 'object' || value === null) return undefined
  const orders = [value].flat().map((element) => orderSchema.safeParse(element))
  if (orders.some(({ success }) => !success)) return undefined
  return orders.flatMap(({ data }) => {
    if (!data) return []
    const { orderId, coId, cumQty } = data
    return {
      ...(orderId !== undefined && { orderId }),
      ...(coId !== undefined && { coId }),
      status: canonicalStatus(data),
      ...(cumQty !== undefined && { dealt: cumQty }),
      fields: data,
    }
  })
}

/** A body as JSON; `undefined` where it is none. */
export function parsed(body: string | undefined): unknown {
  try {
    return JSON.parse(body ?? '')
  } catch {
    return undefined
  }
}
