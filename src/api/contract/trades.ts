import { z } from 'zod'
import { sideSchema, stampSchema, symbolSchema } from './common.ts'

/**
 * `GET /v2/trades/stp/messages`, query: most trades in one answer, 50 when absent (server-side).
 *
 * @see Fact sheet 2.8 [reference].
 */
export const tradesQuerySchema = z.looseObject({ maxCount: z.coerce.number().int().optional() })

/**
 * One done trade. Required are the fields that the page marks so, except `event`, which is absent
 * from the page's own sample; the tail after `dealtAmount` was not readable.
 *
 * `dealtAmount` is in `currency`, `settledAmount` in the other currency of `symbol` [inferred].
 *
 * @see Fact sheet 2.8 [reference].
 */
export const tradeSchema = z
  .looseObject({
    orderId: z.string().max(60),
    tradeId: z.string().max(255),
    coId: z.string().max(255),
    event: z.string().max(50).meta({ description: 'NEW or RESEND' }).optional(),
    tradeType: z.string().max(20),
    tradeDate: z.string().max(20).meta({ description: 'YYYY-MM-DD' }),
    valueDate: z.string().max(20).meta({ description: 'YYYY-MM-DD' }),
    maker: z.boolean(),
    side: sideSchema,
    status: z.string().max(20).meta({ description: 'only Verified trades are sent' }),
    symbol: symbolSchema.max(35),
    currency: z.string().max(10),
    rateId: z.string().max(255).optional(),
    customerAccount: z.string().optional(),
    customerOrg: z.string().optional(),
    user: z.string().optional(),
    counterparty: z.string().optional(),
    counterpartyLongName: z.string().optional(),
    counterpartyAccount: z.string().optional(),
    channel: z.string().optional(),
    executionTime: stampSchema.optional(),
    dealtAmount: z.number().optional(),
    settledAmount: z.number().optional(),
    spotRate: z.number().optional(),
    rate: z.number().optional(),
  })
  .meta({ id: 'Trade' })
export type Trade = z.infer<typeof tradeSchema>

/** `GET /v2/trades/stp/messages`, 200: trades not downloaded before; empty means nothing more [seed]. */
export const tradesSchema = z.array(tradeSchema).meta({ id: 'Trades' })

/** `POST /v2/trades/stp/resend`, body: a range, both ends included. Fact sheet 2.9 [reference]. */
export const resendRequestSchema = z
  .looseObject({ startDate: stampSchema, endDate: stampSchema })
  .meta({ id: 'ResendRequest' })
export type ResendRequest = z.infer<typeof resendRequestSchema>
