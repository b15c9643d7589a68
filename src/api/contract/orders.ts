import { z } from 'zod'
import { epochMsSchema, sideSchema, stampSchema, symbolSchema } from './common.ts'

/** The eight order types of `POST /v2/orders`. Fact sheet 2.4 [reference]. */
export const orderTypeSchema = z.enum([
  'Limit',
  'AtBest',
  'Market',
  'Stop',
  'StopLimit',
  'Pegged',
  'Algo',
  'PQ',
])
export type OrderType = z.infer<typeof orderTypeSchema>

/** Time in force. Fact sheet 2.4 [reference: WebSocket; inferred: REST]. */
export const timeInForceSchema = z.enum(['GTC', 'IOC', 'FOK', 'GTT', 'DAY'])
export type TimeInForce = z.infer<typeof timeInForceSchema>

/** Longest life of a GTT order, in seconds, included. Fact sheet 2.4 [reference]. */
export const MAX_EXPIRY_SECONDS = 86_399

const positive = z.number().positive()

/** Optional fields of any order. Fact sheet 2.4, table "Fields" [reference]. */
const optionalFields = {
  expiryTime: z.int().positive().meta({ description: 'GTT: seconds of life' }).optional(),
  valueDate: z.string().meta({ description: 'YYYY-MM-DD' }).optional(),
  priceType: z.string().optional(),
  org: z.string().optional(),
  account: z.string().optional(),
  stopPrice: positive.optional(),
  execFlags: z.array(z.string()).optional(),
  targetStrategy: z.string().optional(),
  minQty: positive.optional(),
  originalCoId: z.string().optional(),
  clientOrderTime: stampSchema.optional(),
  tradeChannel: z.string().optional(),
}

/** The six fields that every order needs, less `type`. Fact sheet 2.4 [reference]. */
const alwaysRequired = {
  coId: z.string().min(1).max(255),
  side: sideSchema,
  symbol: symbolSchema.min(1),
  size: positive.meta({ description: 'amount in the dealt currency' }),
  currency: z.string().min(1).meta({ description: 'dealt currency', example: 'EUR' }),
}

const order = <T extends z.ZodRawShape>(shape: T) =>
  z.looseObject({ ...optionalFields, ...alwaysRequired, ...shape })

/** A limit order: fills at `price` or better. Fact sheet 2.4 [seed; GTT needs `expiryTime`: reference]. */
const limitOrderRequestSchema = order({
  type: z.literal('Limit'),
  timeInForce: timeInForceSchema,
  price: positive,
})
export type LimitOrderRequest = z.infer<typeof limitOrderRequestSchema>

/**
 * A previously quoted order: `rateId` and `price` of a rate, all or nothing.
 *
 * `timeInForce` is FOK; whether anything else is refused is setting 18, so the type stays open.
 *
 * @see Fact sheet 2.4 [seed: rateId; reference: price, timeInForce].
 */
const pqOrderRequestSchema = order({
  type: z.literal('PQ'),
  timeInForce: timeInForceSchema,
  price: positive,
  rateId: z.string().min(1).max(255),
})
export type PqOrderRequest = z.infer<typeof pqOrderRequestSchema>

/** An at-best order: execution before price. Fact sheet 2.4 [reference]. */
const atBestOrderRequestSchema = order({
  type: z.literal('AtBest'),
  timeInForce: z.literal('FOK'),
  valueDate: z.iso.date(),
  price: positive.optional(),
})
export type AtBestOrderRequest = z.infer<typeof atBestOrderRequestSchema>

/** The other types, whose lifecycles are not drawn anywhere. Fact sheet 2.4 [reference]. */
const otherOrderRequestSchema = order({
  type: z.enum(['Market', 'Stop', 'StopLimit', 'Pegged', 'Algo']),
  timeInForce: timeInForceSchema.optional(),
  price: positive.optional(),
})

/** `POST /v2/orders`, body. Fact sheet 2.4 [reference]. */
export const placeOrderRequestSchema = z
  .discriminatedUnion('type', [
    limitOrderRequestSchema,
    pqOrderRequestSchema,
    atBestOrderRequestSchema,
    otherOrderRequestSchema,
  ])
  .meta({ id: 'PlaceOrderRequest' })
export type PlaceOrderRequest = z.infer<typeof placeOrderRequestSchema>

/**
 * An order as the API reports it: in the 202 of placing it, and in every query.
 *
 * Required are the fields that the reference prints bold, plus `orderId` and `status`, without which
 * nothing can be queried or judged. `status` stays a string: an unknown one must be seen, not dropped.
 *
 * @see Fact sheet 2.4 (response), 2.5 [reference; execution fields on REST: inferred].
 */
export const orderSchema = z
  .looseObject({
    orderId: z.string().min(1),
    status: z.string().min(1),
    coId: z.string(),
    type: z.string(),
    timeInForce: z.string(),
    side: sideSchema,
    currency: z.string(),
    symbol: symbolSchema,
    size: z.number(),
    price: z.number().optional(),
    rateId: z.string().optional(),
    org: z.string().optional(),
    account: z.string().optional(),
    userFullName: z.string().optional(),
    action: z.string().optional(),
    executionType: z.string().optional(),
    execId: z.string().optional(),
    averagePrice: z.number().optional(),
    cumQty: z.number().optional(),
    leavesQty: z.number().optional(),
    lastPrice: z.number().optional(),
    lastQty: z.number().optional(),
    settlCurrAmt: z.number().optional(),
    valueDate: z.string().optional(),
    tradeDate: z.string().optional(),
    counterParty: z.string().optional(),
    transactTime: epochMsSchema.optional(),
  })
  .meta({ id: 'Order' })
export type Order = z.infer<typeof orderSchema>

/** Several orders, as the client-id query answers. Fact sheet 2.6 [inferred]. */
export const ordersSchema = z.array(orderSchema).meta({ id: 'Orders' })

/**
 * A query by server id: one order, bare or as an array of one. Both are accepted everywhere; the
 * simulation answers as setting 21 says.
 *
 * @see Fact sheet 2.5, "Array or object?" [reference: fields flat; inferred: array].
 */
export const queriedOrderSchema = z.union([orderSchema, z.array(orderSchema)])
