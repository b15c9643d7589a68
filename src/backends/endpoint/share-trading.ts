import type { Operation } from '../../api/contract/endpoints.ts'
import type { RunParts } from './run-parts.ts'

const TRADING: readonly Operation[] = [
  'placeOrder',
  'queryOrder',
  'queryOrders',
  'downloadTrades',
  'resendTrades',
]

/**
 * Puts what concerns trades of all scenarios into the run's own transcript: trades may come to another
 * scenario than that of their order, and after it has ended, so that only the whole can be judged.
 */
export function shareTrading({ own, rooms }: RunParts): void {
  const shared = [...rooms.values()]
    .filter((room) => room !== own)
    .flatMap((room) => room.transcript.whole.map((exchange) => ({ room, exchange })))
    .filter(
      ({ exchange: { sharedFrom, operation } }) =>
        sharedFrom === undefined && operation !== undefined && TRADING.includes(operation),
    )
    .toSorted((one, other) => one.exchange.at - other.exchange.at)
  for (const { room, exchange } of shared) own.share(exchange, room)
}
