import { z } from 'zod'
import { orderTypeSchema, timeInForceSchema } from '../../api/contract/orders.ts'
import type { Match } from '../../mocks/exchange/outcome-rule.ts'
import type { RecordedCall } from './recording.ts'
import { parsed } from './seen-order.ts'

/** What is read of a placing; whatever is not as documented is as if it were not there. */
const sentSchema = z.looseObject({
  coId: z.string().min(1).max(255).optional().catch(undefined),
  type: orderTypeSchema.optional().catch(undefined),
  symbol: z.string().min(1).optional().catch(undefined),
  side: z.enum(['Buy', 'Sell']).optional().catch(undefined),
  timeInForce: timeInForceSchema.optional().catch(undefined),
  size: z.number().optional().catch(undefined),
})

/** A placing as it was recorded. */
export interface Placing {
  /** From 1: which placing of the recording it is. */
  readonly call: number
  readonly coId?: string
  /** What an order that takes its place would look like. */
  readonly match: Match
  readonly size?: number
}

export function readPlacing({ body }: RecordedCall, call: number): Placing {
  const { coId, size, type, symbol, side, timeInForce } =
    sentSchema.safeParse(parsed(body)).data ?? {}
  return {
    call,
    ...(coId !== undefined && { coId }),
    match: {
      ...(type !== undefined && { type }),
      ...(symbol !== undefined && { symbol }),
      ...(side !== undefined && { side }),
      ...(timeInForce !== undefined && { timeInForce }),
    },
    ...(size !== undefined && { size }),
  }
}

/** How a placing is called where it is told about. */
export function nameOf({ call, coId }: Placing): string {
  return coId === undefined ? `placing ${call}` : `placing ${call} (coId ${coId})`
}
