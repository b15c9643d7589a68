/**
 * What the `status` field of an order can say.
 *
 * @see Fact sheet 4.1 [seed: the first five]; 4.2 [inferred: CANCELED].
 */
export const ORDER_STATUSES = [
  'RECEIVED',
  'NEW',
  'FILLED',
  'REJECTED',
  'EXPIRED',
  'CANCELED',
] as const
export type OrderStatus = (typeof ORDER_STATUSES)[number]
