import { z } from 'zod'
import type { Source } from './common.ts'
import { marketDataSetQuerySchema, marketDataSetsSchema } from './market-data-set.ts'
import { orderSchema, ordersSchema, placeOrderRequestSchema, queriedOrderSchema } from './orders.ts'
import {
  rateTypeSchema,
  spotRateQuerySchema,
  spotRateSchema,
  typedSpotRateSchema,
} from './rates.ts'
import { loginAnswerSchema, loginRequestSchema, renewAnswerSchema } from './session.ts'
import { resendRequestSchema, tradesQuerySchema, tradesSchema } from './trades.ts'

export type Method = 'GET' | 'POST' | 'DELETE'

/** One row of the API: what is sent, what comes back, and how sure we are of it. */
export interface EndpointContract {
  readonly method: Method
  /** Path below the base URL; `{name}` marks a path parameter. */
  readonly path: string
  readonly summary: string
  readonly source: Source
  /** Whether a session token must come with the request. */
  readonly authenticated: boolean
  readonly params?: z.ZodObject
  readonly query?: z.ZodObject
  readonly body?: z.ZodType
  /** The documented code of success. */
  readonly success: number
  /** The body of success; absent where none is documented. */
  readonly answer?: z.ZodType
  /** Codes of refusal that a page lists or that this project assumes. */
  readonly refusals: readonly number[]
}

/**
 * Every endpoint of the spot flow, by operation. The client, the simulation and the OpenAPI document
 * all read this table.
 *
 * @see Fact sheet 0, "Endpoints", rows 1 to 10, 12 and 13.
 */
export const endpoints = {
  login: {
    method: 'POST',
    path: '/v2/sso/login',
    summary: 'Log in; the token comes in the response headers',
    source: { section: '1.1', mark: 'reference' },
    authenticated: false,
    body: loginRequestSchema,
    success: 200,
    answer: loginAnswerSchema,
    refusals: [400, 401, 404],
  },
  renew: {
    method: 'GET',
    path: '/v2/sso/token/renew',
    summary: 'Renew the session token, also an expired one',
    source: { section: '1.4', mark: 'reference' },
    authenticated: true,
    success: 200,
    answer: renewAnswerSchema,
    refusals: [401],
  },
  spotRate: {
    method: 'GET',
    path: '/v2/rates/spot',
    summary: 'Top-of-book spot rate of one symbol',
    source: { section: '2.1', mark: 'reference' },
    authenticated: true,
    query: spotRateQuerySchema,
    success: 200,
    answer: spotRateSchema,
    refusals: [401, 404],
  },
  spotRateByType: {
    method: 'GET',
    path: '/v2/rates/spot/{type}',
    summary: 'Spot rates by type: top of book, full book or raw',
    source: { section: '2.2', mark: 'reference' },
    authenticated: true,
    params: z.object({ type: rateTypeSchema }),
    query: spotRateQuerySchema,
    success: 200,
    answer: typedSpotRateSchema,
    refusals: [401, 404],
  },
  spotRateByTypeAndOrg: {
    method: 'GET',
    path: '/v2/rates/spot/{type}/{org}',
    summary: 'Spot rates by type, from the providers set up for an organisation',
    source: { section: '2.2', mark: 'reference' },
    authenticated: true,
    params: z.object({ type: rateTypeSchema, org: z.string().min(1) }),
    query: spotRateQuerySchema,
    success: 200,
    answer: typedSpotRateSchema,
    refusals: [401, 404],
  },
  marketDataSet: {
    method: 'GET',
    path: '/marketdataset',
    summary: 'Market data sets, whose rates a previously quoted order may use',
    source: { section: '2.3', mark: 'reference' },
    authenticated: true,
    query: marketDataSetQuerySchema,
    success: 200,
    answer: marketDataSetsSchema,
    refusals: [400, 401],
  },
  placeOrder: {
    method: 'POST',
    path: '/v2/orders',
    summary: 'Place an order; 202 means received, not executed',
    source: { section: '2.4', mark: 'seed' },
    authenticated: true,
    body: placeOrderRequestSchema,
    success: 202,
    answer: orderSchema,
    refusals: [400, 401, 403, 500, 503],
  },
  queryOrder: {
    method: 'GET',
    path: '/v2/orders/{id}',
    summary: 'Query one order by its server id',
    source: { section: '2.5', mark: 'reference' },
    authenticated: true,
    params: z.object({ id: z.string().min(1) }),
    success: 200,
    answer: queriedOrderSchema,
    refusals: [401, 404],
  },
  queryOrders: {
    method: 'GET',
    path: '/v2/orders',
    summary: 'Query one order by its client id, or all active orders',
    source: { section: '2.6', mark: 'inferred' },
    authenticated: true,
    query: z.looseObject({ coId: z.string().min(1).optional() }),
    success: 200,
    answer: ordersSchema,
    refusals: [401, 404],
  },
  cancelOrder: {
    method: 'DELETE',
    path: '/v2/orders/{orderId}',
    summary: 'Ask for an order to be cancelled',
    source: { section: '2.7', mark: 'inferred' },
    authenticated: true,
    params: z.object({ orderId: z.string().min(1) }),
    success: 202,
    refusals: [400, 401, 404],
  },
  downloadTrades: {
    method: 'GET',
    path: '/v2/trades/stp/messages',
    summary: 'Download the trades not downloaded before; an empty list means nothing more',
    source: { section: '2.8', mark: 'seed' },
    authenticated: true,
    query: tradesQuerySchema,
    success: 200,
    answer: tradesSchema,
    refusals: [400, 401],
  },
  resendTrades: {
    method: 'POST',
    path: '/v2/trades/stp/resend',
    summary: 'Make the trades of a date range downloadable again',
    source: { section: '2.9', mark: 'reference' },
    authenticated: true,
    body: resendRequestSchema,
    success: 200,
    refusals: [400, 401, 404],
  },
} as const satisfies Record<string, EndpointContract>

export type Operation = keyof typeof endpoints
