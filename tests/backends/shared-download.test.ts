import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { Order } from '../../src/api/contract/orders.ts'
import type { Trade } from '../../src/api/contract/trades.ts'
import type { EndpointRun } from '../../src/backends/endpoint/endpoint-run.ts'
import type { CallRequest } from '../../src/backends/endpoint/protocol.ts'
import {
  atEndpoint,
  operation,
  placing,
  restingOrder,
  type SimulatedEndpoint,
  successIn,
} from './simulated-endpoint.ts'

const KEYS = ['a', 'b', 'c'] as const
const DOWNLOAD = operation('downloadTrades')
const TRADES = /^GET \/v2\/trades/

/** A run with three scenarios open, whose downloads take a while. */
async function withThree(
  use: (endpoint: SimulatedEndpoint, run: EndpointRun) => Promise<void>,
): Promise<void> {
  await atEndpoint({}, async (endpoint) => {
    const run = await endpoint.started()
    for (const key of KEYS) await run.desk.open(key, `label of ${key}`)
    endpoint.answering(TRADES, async (_, next) => {
      await endpoint.clock.sleep(300)
      return next()
    })
    await use(endpoint, run)
  })
}

/** All three ask, one right after the other. */
const all = ({ clock, own }: SimulatedEndpoint, run: EndpointRun, what: CallRequest['what']) =>
  clock.run(Promise.all(KEYS.map((key) => run.desk.call({ key, client: own, what }))))

/** Places an order for a scenario that is filled at once, and sees it FILLED. */
async function deal(endpoint: SimulatedEndpoint, run: EndpointRun, key: string): Promise<string> {
  const order = placing(restingOrder({ price: 9, timeInForce: 'IOC' }))
  const { orderId } = successIn<Order>(await endpoint.call(run, key, order))
  for (let each = 0; each < 3; each++) {
    await endpoint.call(run, key, operation('queryOrder', { params: { id: orderId } }))
  }
  return orderId
}

describe('Downloads that several scenarios wait for', () => {
  it('are one, begun after all of them asked: it answers each, and stands with each', () =>
    withThree(async (endpoint, run) => {
      const orderId = await deal(endpoint, run, 'c')
      const replies = await all(endpoint, run, DOWNLOAD)
      assert.lengthOf(endpoint.lines(TRADES), 1)
      for (const reply of replies) {
        const trades = successIn<Trade[]>(reply)
        assert.deepEqual(
          trades.map((trade) => trade.orderId),
          [orderId],
        )
        assert.isUndefined(reply.arrived)
      }
      for (const [key, from] of [
        ['a', undefined],
        ['c', 'label of a, exchange 1'],
      ] as const) {
        const { exchanges } = await endpoint.clock.run(run.desk.close(key))
        const downloads = exchanges.filter(({ operation: name }) => name === 'downloadTrades')
        assert.deepEqual(
          downloads.map(({ sharedFrom }) => sharedFrom),
          [from],
        )
        assert.include(downloads[0]?.response?.body, orderId)
      }
    }))

  it('wait for one that is under way, and bring a trade once to each', () =>
    withThree(async (endpoint, run) => {
      const under = run.desk.call({ key: 'a', client: endpoint.own, what: DOWNLOAD })
      await endpoint.clock.run(under)
      const orderId = await deal(endpoint, run, 'c')
      // One that nobody can share holds the turn, until b and c have asked.
      const page = operation('downloadTrades', { query: { maxCount: 0 } })
      const blocking = run.desk.call({ key: 'a', client: endpoint.own, what: page })
      const asking = (['b', 'c'] as const).map((key) =>
        run.desk.call({ key, client: endpoint.own, what: DOWNLOAD }),
      )
      const [, b, c] = await endpoint.clock.run(Promise.all([blocking, ...asking]))
      assert.lengthOf(endpoint.lines(TRADES), 3)
      for (const reply of [b, c]) {
        const trades = successIn<Trade[]>(reply ?? assert.fail('no reply'))
        assert.deepEqual(
          trades.map((trade) => trade.orderId),
          [orderId],
        )
        assert.isUndefined(reply?.arrived)
      }
    }))

  it('are made anew by one who waited where they came to nothing', () =>
    withThree(async (endpoint, run) => {
      let count = 0
      endpoint.answering(TRADES, async (_, next) => {
        count += 1
        const isLost = count === 1
        await endpoint.clock.sleep(300)
        if (isLost) throw new TypeError('fetch failed')
        return next()
      })
      const [first, second, third] = await all(endpoint, run, DOWNLOAD)
      assert.deepEqual([first?.kind, second?.kind, third?.kind], ['no answer', 'answer', 'answer'])
      assert.lengthOf(endpoint.lines(TRADES), 2)
    }))

  it('are each their own where they ask for a number of their own', () =>
    withThree(async (endpoint, run) => {
      await all(endpoint, run, operation('downloadTrades', { query: { maxCount: 1 } }))
      assert.lengthOf(endpoint.lines(TRADES), 3)
    }))
})
