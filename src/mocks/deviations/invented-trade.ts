import type { Fields, Scene } from './deviation.ts'

const DAY_MS = 86_400_000
/** From the deal to its value date; not documented, and not judged. */
const SPOT_DAYS = 2

/** A trade of the whole of an order, at once, as it would be downloaded for the first time. */
export function inventedTrade(orderId: string, scene: Scene): Fields {
  const { coId, side, symbol, currency, size, rateId } = scene.orders.get(orderId)?.sent ?? {}
  const date = (days: number) => new Date(scene.now() + days * DAY_MS).toISOString().slice(0, 10)
  return {
    ...{ orderId, tradeId: `FXI${orderId}`, coId, event: 'NEW', tradeType: 'Spot' },
    ...{ tradeDate: date(0), valueDate: date(SPOT_DAYS), maker: false, side, status: 'Verified' },
    ...{ symbol, currency, rateId, dealtAmount: size },
  }
}
