import type { Delivery } from '../../reading/delivery.ts'
import type { OwnOrder } from '../../reading/own-orders.ts'
import type { Reading } from '../../reading/reading.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'
import { timeOf } from './trade-resent-rule.ts'

/** How far two clocks may be apart, in milliseconds; a wrong day or time zone is further. */
const CLOCK_SLACK_MS = 600_000

export const tradeExecutionRule: Rule = {
  id: 'trade.execution',
  family: 'Trades',
  sentence:
    'A trade was executed after its order was placed and before it was downloaded, by clocks within 10 minutes of each other.',
  source: { section: '2.8', mark: 'inferred' },
  code: 'wrong-execution-time',
  check: ({ deliveries, orders }) =>
    resultOf(
      deliveries.map((delivery) => {
        const order = orders.find(({ orderId }) => orderId === delivery.orderId)
        return order && sightOf(order, delivery)
      }),
    ),
}

function sightOf({ placing }: OwnOrder, { orderId, tradeId, fields, reading }: Delivery): Sight {
  const time = timeOf(fields.executionTime) - aheadMs(reading)
  if (Number.isNaN(time)) return undefined
  const told = `trade ${tradeId}: executed ${String(fields.executionTime)}`
  if (time > reading.doneAt + CLOCK_SLACK_MS) {
    return { orderId, detail: `${told}, after it was downloaded`, exchanges: [reading.number] }
  }
  if (!placing) return undefined
  if (time >= placing.reading.exchange.at - CLOCK_SLACK_MS) return 'held'
  const exchanges = [placing.reading.number, reading.number]
  return { orderId, detail: `${told}, before its order was placed`, exchanges }
}

/** How far the server is ahead of us by its HTTP date, which most servers send. */
function aheadMs({ exchange, doneAt }: Reading): number {
  const date = exchange.response?.headers.find(({ name }) => name.toLowerCase() === 'date')
  const time = Date.parse(date?.value ?? '')
  return Number.isNaN(time) ? 0 : time - doneAt
}
