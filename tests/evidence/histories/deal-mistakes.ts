import type { Fields } from '../talk.ts'
import type { History } from './history.ts'
import { altered, answering, type MistakeKind, queried } from './mistake.ts'

const dealt = (history: History) =>
  queried(history).filter(({ about }) => Number(about.order.cumQty) > 0)
const inStatus = (status: string) => (history: History) =>
  queried(history).filter(({ about }) => about.order.status === status)
const ofType = (type: string) => (history: History) =>
  dealt(history).filter(({ about }) => about.order.type === type)

/** A part of a limit order may be dealt before the rest is rejected. */
const rejectedWhole = (history: History) =>
  inStatus('REJECTED')(history).filter(
    ({ about: { order } }) => order.type === 'PQ' || order.timeInForce === 'FOK',
  )

/** Twice as dear for whoever buys, half as much for whoever sells. */
const farWorse = (order: Fields) => ({
  ...order,
  averagePrice: Number(order.price) * (order.side === 'Buy' ? 2 : 0.5),
})
const dealtOf = (order: Fields, share: number) => ({
  ...order,
  cumQty: Number(order.size) * share,
  leavesQty: 0,
})

const shrinking: MistakeKind = {
  name: 'what is dealt becomes less',
  placesIn: (history) =>
    dealt(history).map((seen) => {
      const { order } = seen.about
      const less = { ...order, cumQty: Number(order.cumQty) / 2 }
      return {
        rule: 'size.dealt-grows',
        history: history.with('what is dealt becomes less', seen.at + 1, 0, answering(seen, less)),
      }
    }),
}

/** At what price is dealt, and how much. */
export const dealMistakes: readonly MistakeKind[] = [
  altered(
    'a limit order is dealt far beyond its limit',
    'price.limit-or-better',
    ofType('Limit'),
    farWorse,
  ),
  altered(
    'a previously quoted order is dealt far from its quote',
    'price.pq-at-quote',
    ofType('PQ'),
    farWorse,
  ),
  altered('more than the size is dealt', 'size.never-more', dealt, (order) => dealtOf(order, 2)),
  altered('half is dealt of all or nothing', 'size.all-or-nothing', ofType('PQ'), (order) =>
    dealtOf(order, 0.5),
  ),
  altered('half is dealt of a FILLED order', 'size.filled-whole', inStatus('FILLED'), (order) =>
    dealtOf(order, 0.5),
  ),
  altered('a REJECTED order is dealt', 'size.rejected-nothing', rejectedWhole, (order) =>
    dealtOf(order, 1),
  ),
  altered('more is open than there is', 'size.adds-up', inStatus('NEW'), (order) => ({
    ...order,
    leavesQty: Number(order.size) * 2,
  })),
  shrinking,
]
