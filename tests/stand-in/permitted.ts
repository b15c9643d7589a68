import type { Choice } from './choices.ts'

export interface Credentials {
  readonly user: string
  readonly password: string
  readonly org: string
  /** Of a further organisation, where requests are signed. Default: that of the first. */
  readonly hmacSecret?: string
}

/** Variations that the documentation permits, or is silent about: none of them is a fault. */
export const permitted = {
  credentials: { user: 'qa.user', password: 'Pa55-word/&"<x> é', org: 'QaOrg' } as Credentials,
  /** Users of further organisations: each has orders, trades and tokens of its own, under ids alike. */
  further: [] as readonly Credentials[],
  /** From placing to `NEW`. */
  newMs: 10,
  /** From `NEW` to the end of an order that ends by itself. */
  fillMs: 10,
  /** Before each answer. */
  latencyMs: 0,
  /** Query by server id (2.5). */
  queryShape: 'array' as Choice<'queryShape'>,
  /** Where login and renew put the token (1.2). */
  emit: ['header', 'cookieDomain', 'cookieHost'] as readonly string[],
  /** Where a request may carry the token (1.3). */
  accept: 'either' as Choice<'accept'>,
  /** Orders that end by themselves go from `RECEIVED` to their end; a resting order is still `NEW`. */
  skipNew: false,
  /** So many first queries of an order say `RECEIVED`, whatever became of it. */
  receivedAgain: 0,
  /** Every object answered carries fields that no page names. */
  extraFields: false,
  /** Trades come without `event` (2.8). */
  omitEvent: false,
  /** From the fill until the trade can be downloaded. */
  tradeDelayMs: 0,
  tokenTtlMs: 60_000,
  /** Whether renewing a live token keeps it. An expired one always makes a new one. */
  renewLive: 'extend' as Choice<'renewLive'>,
  concurrentLogin: 'allow' as Choice<'concurrentLogin'>,
  /** The active list and the trades come last first. */
  reverseLists: false,
  /** Two orders of another user of the organisation are in the active list, one of unknown status. */
  othersOrders: false,
  /** Trades of another user are downloaded too: two at first, one more at every third download. */
  othersTrades: false,
  /** The market moves after each quote, by at most so many pips. */
  movingMarketPips: 0,
  /** Offered on either side of every quote, in the base currency. */
  liquidity: 10_000_000,
  /** How long a quote can be traded on by a PQ order. */
  rateTtlMs: 5_000,
  iocUnfilled: 'EXPIRED' as Choice<'iocUnfilled'>,
  stpEmpty: '[]' as Choice<'stpEmpty'>,
  /** HTTP status for an order nobody knows; 200 comes with an empty list. */
  unknownOrder: 404,
  cancelStatus: 202,
  /** HTTP status for cancelling an order that has ended. */
  cancelTooLate: 400,
  /** So many first orders that would fill are `REJECTED` after `NEW`. */
  lastLook: 0,
  /** So many first marketable limit IOC orders end unfilled. */
  missIoc: 0,
  /** An invalid order that has a `coId`: refused at once, or taken and then `REJECTED`. */
  rejectInvalid: 'http400' as Choice<'rejectInvalid'>,
  duplicateCoId: 'http400' as Choice<'duplicateCoId'>,
  /** A PQ order at another price than the quote's. */
  pqAltered: 'rejected' as Choice<'pqAltered'>,
  /** Signed requests instead of login (1.5): every request needs the signature of `secret`. */
  hmac: null as { readonly secret: string; readonly skewMs: number } | null,
  /** Rates are 404. */
  noRate: false,
  /** The time of a rate is three hours ago. */
  staleRate: false,
  /** Every placing is 403, before its content is looked at. */
  noPermission: false,
  /** Placing a valid order is 403; an invalid one is refused as ever. */
  noPermissionAtPlacing: false,
  /** Every so many-th rate or order query is answered by a gateway: 502 and a page of HTML. */
  gatewayErrors: 0,
}
