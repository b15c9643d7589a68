import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { Order } from '../../src/api/contract/orders.ts'
import type { EndpointRun } from '../../src/backends/endpoint/endpoint-run.ts'
import {
  atEndpoint,
  type EndpointOptions,
  operation,
  placing,
  restingOrder,
  type SimulatedEndpoint,
  successIn,
} from './simulated-endpoint.ts'

/** As long as a trade may take by default, in milliseconds. */
const WITHIN_MS = 10_000
const DOWNLOAD = /^GET .*trades/

/** Has an order dealt, and sees it FILLED. @returns Its server id, and when that was seen. */
async function dealt(endpoint: SimulatedEndpoint, run: EndpointRun) {
  const body = restingOrder({ price: 9, timeInForce: 'IOC' })
  const { orderId: id } = successIn<Order>(await endpoint.call(run, 's', placing(body)))
  for (let status = ''; status !== 'FILLED'; ) {
    const query = operation('queryOrder', { params: { id } })
    status = successIn<Order>(await endpoint.call(run, 's', query)).status
  }
  return { id, overAt: endpoint.clock.now() }
}

/** What is asked at the end of a run, and when; that for active orders, which comes before, left out. */
async function askedAtTheEnd(endpoint: SimulatedEndpoint, run: EndpointRun) {
  await endpoint.clock.run(run.desk.close('s'))
  endpoint.requests.length = 0
  await endpoint.clock.run(run.finish())
  return endpoint.requests.filter(({ line }) => line !== 'GET /v2/orders')
}

function inRun(
  options: EndpointOptions,
  test: (endpoint: SimulatedEndpoint, run: EndpointRun) => Promise<void>,
): Promise<void> {
  return atEndpoint(options, async (endpoint) => {
    const run = await endpoint.started()
    await run.desk.open('s', 's')
    await test(endpoint, run)
  })
}

describe('The end of a run', () => {
  it('looks once at an order whose trade has had its time, and at a later one when that is over too', () =>
    inRun({}, async (endpoint, run) => {
      const old = await dealt(endpoint, run)
      await endpoint.clock.pass(WITHIN_MS - 1_000)
      const young = await dealt(endpoint, run)
      await endpoint.clock.pass(1_000)
      const endedAt = endpoint.clock.now()
      const asked = await askedAtTheEnd(endpoint, run)
      const looksAt = (wanted: string) =>
        asked.filter(({ line }) => line === `GET /v2/orders/${wanted}`).map(({ at }) => at)
      assert.lengthOf(looksAt(old.id), 1)
      assert.lengthOf(looksAt(young.id), 2)
      const [first = 0, second = 0] = looksAt(young.id)
      assert.isBelow(first, endedAt + 1_000)
      assert.isAtLeast(second, young.overAt + WITHIN_MS)
    }))

  it('downloads until the trade of the last order has had its time, and once after the last look', () =>
    inRun({}, async (endpoint, run) => {
      const { overAt } = await dealt(endpoint, run)
      await endpoint.clock.pass(4_000)
      const asked = await askedAtTheEnd(endpoint, run)
      const late = asked.filter(({ at }) => at >= overAt + WITHIN_MS)
      assert.isAtLeast(late.filter(({ line }) => DOWNLOAD.test(line)).length, 2)
      assert.match(asked.at(-1)?.line ?? '', DOWNLOAD)
      assert.isBelow(endpoint.clock.now(), overAt + WITHIN_MS + 1_000)
    }))

  it('downloads at least four times, as a trade may let three downloads pass', () =>
    inRun({ settings: { 'trade.withinMs': 1 } }, async (endpoint, run) => {
      await dealt(endpoint, run)
      await endpoint.clock.pass(1_000)
      const asked = await askedAtTheEnd(endpoint, run)
      assert.isAtLeast(asked.filter(({ line }) => DOWNLOAD.test(line)).length, 4)
    }))

  const later = [
    {
      what: 'a placing that was refused',
      happens: placing({ ...restingOrder(), price: undefined }),
    },
    {
      what: 'a resend',
      happens: operation('resendTrades', {
        body: {
          startDate: '2026-01-01 00:00:00,000 +0000',
          endDate: '2026-01-09 00:00:00,000 +0000',
        },
      }),
    },
  ]
  for (const { what, happens } of later) {
    it(`waits for trades that might come of ${what}, too`, () =>
      inRun({ env: { INTEGRAL_ALLOW_RESEND: '1' } }, async (endpoint, run) => {
        const { overAt } = await dealt(endpoint, run)
        await endpoint.clock.pass(5_000)
        assert.equal((await endpoint.call(run, 's', happens)).kind, 'answer')
        const asked = await askedAtTheEnd(endpoint, run)
        assert.isAtLeast(asked.at(-1)?.at ?? 0, overAt + 5_000 + WITHIN_MS)
      }))
  }

  for (const gone of [/orders\//, /trades/]) {
    it(`asks for nothing more once nothing that matches ${gone} is answered`, () =>
      inRun({ settings: { 'retry.attempts': 0 } }, async (endpoint, run) => {
        for (let each = 0; each < 20; each++) await dealt(endpoint, run)
        endpoint.answering(gone, () => Promise.reject(new TypeError('gone')))
        const asked = await askedAtTheEnd(endpoint, run)
        await endpoint.clock.settle()
        assert.lengthOf(endpoint.lines(/orders\/|trades/), asked.length, 'it went on by itself')
        // What eight connections have begun by then, and a download.
        assert.isAtMost(asked.length, 8 + 8 + 1)
        assert.isBelow(endpoint.clock.now(), (asked.at(0)?.at ?? 0) + 2_000)
      }))
  }
})
