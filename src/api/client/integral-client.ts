import type { Operation } from '../contract/endpoints.ts'
import type { MarketDataSetQuery } from '../contract/market-data-set.ts'
import type { PlaceOrderRequest } from '../contract/orders.ts'
import type { RateType } from '../contract/rates.ts'
import type { ResendRequest } from '../contract/trades.ts'
import type { Answer, Malformed, Refusal } from './answer.ts'
import type { OperationValues } from './operation-values.ts'
import type { CallInput } from './options.ts'
import type { SessionInfo } from './session-info.ts'

type Answers<O extends Operation> = Promise<Answer<OperationValues[O]>>

/**
 * Integral's REST API, as far as the spot flow goes. Refusals and answers of the wrong shape are
 * values; every method throws `NoAnswerError` where there was no answer.
 *
 * What needs a session gets one: it logs in, or renews a token that is due, first. Where it cannot be
 * had, the answer to that login is the answer, and nothing else was sent. After a 401 the token is
 * not trusted again; a query or rate is then sent once more with a new one, anything else is not: its
 * 401 is the answer.
 */
export interface IntegralClient {
  /** The session held, if any. */
  readonly session: SessionInfo | undefined
  /**
   * Drops the session, so that the next call that needs one logs in. Sends nothing; a login or
   * renewal already under way still counts.
   */
  forgetSession(): void

  /** Logs in, also where a session is held; it is replaced only if this succeeds. */
  login(): Answers<'login'>
  /**
   * Logs in unless a good session is held; renews one that is due.
   *
   * @returns The answer to the login where it brought no session; else `undefined`.
   */
  ensureSession(): Promise<Refusal | Malformed | undefined>
  /** Renews the token now; logs in first where there is none. */
  renew(): Answers<'renew'>
  spotRate(symbol: string): Answers<'spotRate'>
  /** @param org - Whose providers to ask; absent, those of the user's organisation. */
  spotRateByType(symbol: string, type: RateType, org?: string): Answers<'spotRateByType'>
  marketDataSet(query: MarketDataSetQuery): Answers<'marketDataSet'>
  /** Places the order, once: whatever comes back, it is not sent again. */
  placeOrder(order: PlaceOrderRequest): Answers<'placeOrder'>
  /** By server id. An array of one counts as that one; of several, as malformed. */
  queryOrder(orderId: string): Answers<'queryOrder'>
  /** By client id. A bare order counts as an array of one. */
  queryOrdersByCoId(coId: string): Answers<'queryOrders'>
  queryActiveOrders(): Answers<'queryOrders'>
  cancelOrder(orderId: string): Answers<'cancelOrder'>
  /** @param maxCount - Most trades in the answer; absent, the server's default. */
  downloadTrades(options?: { readonly maxCount?: number }): Answers<'downloadTrades'>
  /** Makes trades downloadable again; both ends of the range are included. */
  resendTrades(range: ResendRequest): Answers<'resendTrades'>

  /**
   * Sends what it is given, unchecked; for requests that are wrong on purpose. It changes the session
   * no more than any call does: a token that `call('login')` brings is not kept.
   *
   * @throws {NoAnswerError} No answer, not HTTP, or an answer cut short.
   * @throws {RangeError} No URL can be made of the parameters.
   * @throws {TypeError} The token or the body cannot be sent.
   */
  call<O extends Operation>(operation: O, input?: CallInput): Answers<O>
}
