import type { OwnOrder } from '../../reading/own-orders.ts'

/** Whether an order ends by itself, without waiting for the market or the clock. */
export function isHasty({ placing }: OwnOrder): boolean {
  const { type, timeInForce } = placing?.sent ?? {}
  return type === 'PQ' || timeInForce === 'IOC' || timeInForce === 'FOK'
}
