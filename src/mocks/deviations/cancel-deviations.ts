import type { Deviation, Fields, KnownOrder, Scene } from './deviation.ts'
import { answering, listIn, madeUpTrade } from './made-up.ts'
import { retelling } from './retelling.ts'

/** Tells orders otherwise once somebody has cancelled them, whatever that was answered with. */
function onceCancelled(
  otherwise: (order: KnownOrder, truth: Fields, scene: Scene) => Fields | undefined,
): Deviation['begin'] {
  return (scene) => {
    const cancelled = new Set<string | undefined>()
    const told = retelling((order, truth) =>
      cancelled.has(order.orderId) ? otherwise(order, truth, scene) : undefined,
    )(scene)
    return {
      alter(call, answer) {
        if (call.operation === 'cancelOrder') cancelled.add(call.params.orderId)
        return told.alter?.(call, answer) ?? answer
      },
    }
  }
}

/** Ways to get cancellations wrong. */
export const cancelDeviations: readonly Deviation[] = [
  {
    id: 'cancelled-goes-on',
    sentence: 'A cancellation is accepted, and the order stays NEW.',
    breaks: 'cancel.in-time',
    begin: onceCancelled((_order, { status }) =>
      status === 'CANCELED' ? { status: 'NEW' } : undefined,
    ),
  },
  {
    id: 'dealt-after-cancel',
    sentence: 'Once an order was seen CANCELED after its cancellation, more of it is dealt.',
    breaks: 'cancel.nothing-after',
    begin: onceCancelled(({ told, sent }) =>
      told.includes('CANCELED') ? { cumQty: sent.size, leavesQty: 0 } : undefined,
    ),
  },
  {
    id: 'traded-after-cancel',
    sentence: 'An order that was seen CANCELED has a trade afterwards.',
    breaks: 'cancel.nothing-after',
    begin: ({ orders }) => {
      const traded = new Set<string>()
      return {
        alter({ operation }, answer) {
          const late = [...orders.values()].find(
            ({ orderId, told }) => told.includes('CANCELED') && !traded.has(orderId),
          )
          if (operation !== 'downloadTrades' || answer.status !== 200 || !late) return answer
          traded.add(late.orderId)
          return answering(answer, [...listIn(answer), madeUpTrade(late.sent, late.orderId)])
        },
      }
    },
  },
  {
    id: 'dealt-by-cancelling',
    sentence: 'An order that had ended undealt is told as dealt in part once somebody cancels it.',
    breaks: 'cancel.finished-unchanged',
    begin: onceCancelled(({ sent }, { status, cumQty }) =>
      status === 'EXPIRED' && cumQty === 0
        ? { cumQty: Number(sent.size) / 2, leavesQty: 0 }
        : undefined,
    ),
  },
]
