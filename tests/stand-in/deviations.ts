import type { Choice } from './choices.ts'

/** Departures from the documentation, and accidents on the way. */
export const deviations = {
  placeStatus: 202,
  queryStatus: 200,
  /** HTTP status for querying a `REJECTED` order. */
  rejectionAs: 200,
  refusalStatus: 400,
  /** Refusals are a page of HTML. */
  plainRefusal: false,
  loginWithoutToken: false,
  placeWithoutOrderId: false,
  queryWithoutStatus: false,
  sizeAsString: false,
  /** Every fifth query by server id answers about another order. */
  foreignAnswer: false,
  /** A query by server id answers two orders. */
  severalOrders: false,
  /** Fields that replace those of a placing's answer. */
  echoPlacing: {} as Readonly<Record<string, unknown>>,
  /** Fields that replace those of a query's answer. */
  echoQuery: {} as Readonly<Record<string, unknown>>,
  /** A query by client id gives another `orderId`. */
  idChanges: false,
  /** A filled order is `NEW` again from this query on, the first that said `FILLED` being 1; 0: never. */
  terminalChanges: 0,
  pqExpires: false,
  placedAsNew: false,
  /** `NEW` is called `WORKING`. */
  unknownStatus: false,
  duplicateTrade: false,
  missingTrade: false,
  /** Factor on `dealtAmount`. */
  tradeAmount: 1,
  tradeSide: false,
  /** An expired order gets a trade. */
  tradeForUnfilled: false,
  /** Orders stay `NEW` until they are cancelled. */
  neverFinish: false,
  tokenNeverExpires: false,
  acceptsNoToken: false,
  acceptsWrongPassword: false,
  /** Cancelling is answered well and does nothing. */
  cancelIgnored: false,
  /** A cancelled order fills after the first query that called it `CANCELED`. */
  fillsAfterCancel: false,
  /** Invalid orders are taken and rest as `NEW`. */
  acceptsInvalid: false,
  /** Invalid orders are refused, and yet rest as `NEW`. */
  refusedButExists: false,
  /** Password, token, HMAC secret and signature come back in every answer, in many spellings. */
  echoSecrets: false,
  /** Rates redirect to this address (302). */
  redirectTo: '',
  loginRefused: false,
  /** What is never answered. A placing is taken all the same. */
  hang: 'none' as Choice<'hang'>,
  /** The so many-th valid placing is taken, then the connection is cut. */
  dropAfterPlace: 0,
  /** The so many-th valid placing: the connection is cut, no order is taken. */
  dropBeforePlace: 0,
  /** The so many-th valid placing is taken, and answered by a gateway: 502 and a page of HTML. */
  place502: 0,
  /** The certificate is for another host name (only at the start). */
  wrongName: false,
  /** The certificate has expired (only at the start). */
  expiredCertificate: false,
}
