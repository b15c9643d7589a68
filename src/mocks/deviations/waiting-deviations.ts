import type { Deviation, Fields } from './deviation.ts'
import { retelling } from './retelling.ts'

/** An order as if nothing had happened to it yet. */
const working = (sent: Fields, status = 'NEW') => ({
  status,
  cumQty: 0,
  leavesQty: sent.size,
  averagePrice: undefined,
  lastPrice: undefined,
  lastQty: undefined,
  settlCurrAmt: undefined,
})
const lapsed = (sent: Fields) => ({ ...working(sent, 'EXPIRED'), leavesQty: 0 })

/** Ways to get how long things take wrong. */
export const waitingDeviations: readonly Deviation[] = [
  {
    id: 'waiting.pq-stays-new',
    sentence: 'A previously quoted order stays NEW for ever.',
    breaks: 'order.final-in-time',
    begin: retelling(({ sent }, { status }) =>
      sent.type === 'PQ' && status !== 'RECEIVED' ? working(sent) : undefined,
    ),
  },
  {
    id: 'waiting.ioc-stays-new',
    sentence: 'An immediate-or-cancel order that finds no market stays NEW for ever.',
    breaks: 'order.final-in-time',
    begin: retelling(({ sent }, { status, cumQty }) =>
      sent.timeInForce === 'IOC' && status === 'EXPIRED' && cumQty === 0
        ? working(sent)
        : undefined,
    ),
  },
  {
    id: 'waiting.gtt-never-ends',
    sentence: 'A good-till-time order waits for ever.',
    breaks: 'order.gtt-ends',
    begin: retelling(({ sent }, { status }) =>
      sent.timeInForce === 'GTT' && status === 'EXPIRED' ? working(sent) : undefined,
    ),
  },
  {
    id: 'waiting.gtt-ends-at-once',
    sentence: 'A good-till-time order expires as if it were immediate or cancel.',
    breaks: 'order.gtt-not-early',
    begin: retelling(({ sent }, { status }) =>
      sent.timeInForce === 'GTT' && status !== 'RECEIVED' ? lapsed(sent) : undefined,
    ),
  },
  {
    id: 'waiting.gtc-expires',
    sentence: 'An order that is good till it is cancelled expires unless it is filled at once.',
    breaks: 'order.gtc-stays',
    begin: retelling(({ sent, told }, { status }) =>
      sent.timeInForce === 'GTC' && (status === 'NEW' || told.includes('EXPIRED'))
        ? lapsed(sent)
        : undefined,
    ),
  },
]
