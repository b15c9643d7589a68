import { setup } from 'xstate'

/** What the trader learns at each step of the guides' flow charts. */
export type TradingEvent =
  | { readonly type: 'login.accepted' }
  | { readonly type: 'login.refused' }
  | { readonly type: 'rate.quoted' }
  | { readonly type: 'rate.refused' }
  | { readonly type: 'order.received' }
  | { readonly type: 'order.refused' }
  /** A query said RECEIVED, NEW, or something unknown: query again. */
  | { readonly type: 'status.intermediate' }
  | { readonly type: 'status.filled' }
  /** The order ended EXPIRED or CANCELED, but a part of it was dealt and has its trade. */
  | { readonly type: 'status.endedPartly' }
  | { readonly type: 'status.rejected' }
  | { readonly type: 'status.expired' }
  | { readonly type: 'status.canceled' }
  | { readonly type: 'trade.found' }
  | { readonly type: 'trade.absent' }

/**
 * The way from login to the downloaded trade, as the guides draw it. It has no timers: waiting is
 * the trader's business. A limit order may be placed without a rate.
 *
 * @see Guides *Trade ESP spot*, *Place an order (previously quoted)*, *Place an order (limit)*;
 * fact sheet 4.1 and 5 [seed]; 4.3, rule 7 [inferred: ends with a part dealt].
 */
export const tradingWorkflow = setup({ types: { events: {} as TradingEvent } }).createMachine({
  id: 'trading',
  initial: 'signedOut',
  states: {
    signedOut: { on: { 'login.accepted': 'signedIn', 'login.refused': 'refused' } },
    signedIn: {
      on: {
        'rate.quoted': 'quoted',
        'rate.refused': 'refused',
        'order.received': 'polling',
        'order.refused': 'refused',
      },
    },
    quoted: {
      on: { 'rate.quoted': 'quoted', 'order.received': 'polling', 'order.refused': 'refused' },
    },
    polling: {
      on: {
        'status.intermediate': 'polling',
        'status.filled': 'dealt',
        'status.endedPartly': 'dealt',
        'status.rejected': 'rejected',
        'status.expired': 'expired',
        'status.canceled': 'canceled',
      },
    },
    dealt: { on: { 'trade.found': 'traded', 'trade.absent': 'dealt' } },
    traded: { type: 'final' },
    rejected: { type: 'final' },
    expired: { type: 'final' },
    canceled: { type: 'final' },
    refused: { type: 'final' },
  },
})
