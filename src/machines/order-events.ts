/**
 * What can happen to an order, named after its cause. Time and market speak through these; the
 * machines themselves have neither clock nor price.
 */
export type OrderEvent =
  /** The desk took the order on. */
  | { readonly type: 'desk.accepted' }
  /** The desk, or a provider's last look, turned it down. */
  | { readonly type: 'desk.rejected' }
  /** A part was dealt and the rest goes on working. */
  | { readonly type: 'market.dealtPart' }
  /** The whole size was dealt. */
  | { readonly type: 'market.dealtWhole' }
  /** The time in force ended: at once for IOC and FOK, later for GTT and DAY. */
  | { readonly type: 'timeInForce.ended' }
  /** A cancellation was carried out. */
  | { readonly type: 'cancel.confirmed' }

export type OrderEventType = OrderEvent['type']
