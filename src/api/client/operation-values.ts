import { z } from 'zod'
import type { Operation } from '../contract/endpoints.ts'
import { type MarketDataSets, marketDataSetsSchema } from '../contract/market-data-set.ts'
import { type Order, orderSchema, ordersSchema } from '../contract/orders.ts'
import {
  type SpotRate,
  spotRateSchema,
  type TypedSpotRate,
  typedSpotRateSchema,
} from '../contract/rates.ts'
import {
  type LoginAnswer,
  loginAnswerSchema,
  type RenewAnswer,
  renewAnswerSchema,
} from '../contract/session.ts'
import { type Trade, tradesSchema } from '../contract/trades.ts'
import { conform, isBlank, parseJson, type Shape, wellShaped } from './shape.ts'

/** The value of success of each operation, in the one shape that the client gives it. */
export interface OperationValues {
  readonly login: LoginAnswer
  readonly renew: RenewAnswer
  readonly spotRate: SpotRate
  readonly spotRateByType: TypedSpotRate
  readonly spotRateByTypeAndOrg: TypedSpotRate
  readonly marketDataSet: MarketDataSets
  readonly placeOrder: Order
  /** `undefined`: no such order, answered with an empty array (setting 22). */
  readonly queryOrder: Order | undefined
  readonly queryOrders: readonly Order[]
  /** No body is documented: whatever JSON came, else `undefined`. */
  readonly cancelOrder: unknown
  readonly downloadTrades: readonly Trade[]
  /** No body is documented: whatever JSON came, else `undefined`. */
  readonly resendTrades: unknown
}

type Reader<T> = (raw: string) => Shape<T>

const json =
  <T>(schema: z.ZodType<T>): Reader<T> =>
  (raw) =>
    then(parseJson(raw), (value) => conform(schema, value))

const anything: Reader<unknown> = (raw) => {
  const parsed = parseJson(raw)
  return wellShaped(parsed.ok ? parsed.value : undefined)
}

/** An order, bare or in an array of one. Fact sheet 2.5, "Array or object?" [inferred: array]. */
const oneOrder: Reader<Order | undefined> = (raw) =>
  then(parseJson(raw), (value) =>
    Array.isArray(value)
      ? then(conform(atMostOneOrder, value), ([order]) => wellShaped(order))
      : conform(orderSchema, value),
  )
const atMostOneOrder = z.array(orderSchema).max(1)

/** Orders in an array, or a single one bare. Fact sheet 2.6 [inferred]. */
const severalOrders: Reader<readonly Order[]> = (raw) =>
  then(parseJson(raw), (value) =>
    Array.isArray(value)
      ? conform(ordersSchema, value)
      : then(conform(orderSchema, value), (order) => wellShaped([order])),
  )

/** An empty list may also come as 204 or as a blank body. Fact sheet 6, setting 38 [inferred]. */
const trades: Reader<readonly Trade[]> = (raw) =>
  isBlank(raw) ? wellShaped([]) : json(tradesSchema)(raw)

function then<T, U>(shape: Shape<T>, next: (value: T) => Shape<U>): Shape<U> {
  return shape.ok ? next(shape.value) : shape
}

/** How the body of a 2xx is read, by operation. */
export const readers: { readonly [O in Operation]: Reader<OperationValues[O]> } = {
  login: json(loginAnswerSchema),
  renew: json(renewAnswerSchema),
  spotRate: json(spotRateSchema),
  spotRateByType: json(typedSpotRateSchema),
  spotRateByTypeAndOrg: json(typedSpotRateSchema),
  marketDataSet: json(marketDataSetsSchema),
  placeOrder: json(orderSchema),
  queryOrder: oneOrder,
  queryOrders: severalOrders,
  cancelOrder: anything,
  downloadTrades: trades,
  resendTrades: anything,
}
