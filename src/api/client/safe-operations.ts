import { endpoints, type Operation } from '../contract/endpoints.ts'

/**
 * Whether sending the request twice does no more than sending it once. Not so for orders, resends and
 * cancellations, nor for two GETs: downloading consumes the trades, and renewing may rotate the token.
 *
 * @see Fact sheet 2.8 [seed]; 5 "no acknowledgement endpoint" [inferred].
 */
export function isSafe(operation: Operation): boolean {
  return (
    endpoints[operation].method === 'GET' && operation !== 'downloadTrades' && operation !== 'renew'
  )
}
