import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { Order } from '../../src/api/contract/orders.ts'
import type { Trade } from '../../src/api/contract/trades.ts'
import { TRADE } from '../api/stub.ts'
import {
  atEndpoint,
  operation,
  placing,
  restingOrder,
  type SimulatedEndpoint,
  successIn,
} from './simulated-endpoint.ts'

const DOWNLOAD = operation('downloadTrades')
const dealing = () => placing(restingOrder({ price: 9, timeInForce: 'IOC' }))

/** Places an order for a scenario that is filled at once, and sees it FILLED. */
async function deal(
  endpoint: SimulatedEndpoint,
  run: Awaited<ReturnType<SimulatedEndpoint['started']>>,
  key: string,
): Promise<string> {
  const { orderId } = successIn<Order>(await endpoint.call(run, key, dealing()))
  for (let each = 0; each < 3; each++) {
    await endpoint.call(run, key, operation('queryOrder', { params: { id: orderId } }))
  }
  return orderId
}

describe('A trade that the download of another scenario consumed', () => {
  it('reaches the scenario that owns it, once, with the exchange it came in', () =>
    atEndpoint({}, async (endpoint) => {
      const run = await endpoint.started()
      for (const key of ['owner', 'other', 'third']) await run.desk.open(key, `label of ${key}`)
      const orderId = await deal(endpoint, run, 'owner')
      const brought = await endpoint.call(run, 'other', DOWNLOAD)
      assert.lengthOf(successIn<Trade[]>(brought), 1)
      assert.isUndefined(brought.arrived)
      const own = await endpoint.call(run, 'owner', DOWNLOAD)
      assert.deepEqual(successIn<Trade[]>(own), [])
      assert.deepEqual(
        own.arrived?.map((trade) => trade.orderId),
        [orderId],
      )
      assert.isUndefined((await endpoint.call(run, 'owner', DOWNLOAD)).arrived)
      assert.isUndefined((await endpoint.call(run, 'third', DOWNLOAD)).arrived)
      const { exchanges } = await endpoint.clock.run(run.desk.close('owner'))
      const shared = exchanges.filter(({ sharedFrom }) => sharedFrom !== undefined)
      assert.lengthOf(shared, 1)
      assert.deepInclude(shared[0], {
        ...{ operation: 'downloadTrades', sharedFrom: 'label of other, exchange 1' },
      })
      assert.include(shared[0]?.response?.body, orderId)
      const numbers = exchanges.map(({ number }) => number)
      assert.deepEqual(numbers, [...new Set(numbers)])
      const third = await endpoint.clock.run(run.desk.close('third'))
      assert.isEmpty(third.exchanges.filter(({ sharedFrom }) => sharedFrom !== undefined))
      assert.deepEqual((await endpoint.clock.run(run.finish())).foreignTrades, [])
    }))

  it('is judged with the whole run where its scenario has ended, and is not called foreign', () =>
    atEndpoint({}, async (endpoint) => {
      const run = await endpoint.started()
      for (const key of ['owner', 'other']) await run.desk.open(key, key)
      const orderId = await deal(endpoint, run, 'owner')
      const { exchanges } = await endpoint.clock.run(run.desk.close('owner'))
      await endpoint.call(run, 'other', DOWNLOAD)
      assert.isEmpty(exchanges.filter(({ sharedFrom }) => sharedFrom !== undefined))
      const { transcripts, foreignTrades } = await endpoint.clock.run(run.finish())
      assert.deepEqual(foreignTrades, [])
      const told = transcripts
        .flatMap(({ whole }) => whole)
        .filter(({ sharedFrom }) => sharedFrom !== undefined)
      assert.isTrue(told.some(({ operation: name }) => name === 'placeOrder'))
      assert.isTrue(told.some(({ response }) => response?.body?.includes(orderId) === true))
    }))

  it('comes in the last download of the run where nobody asked for it', () =>
    atEndpoint({}, async (endpoint) => {
      const run = await endpoint.started()
      await run.desk.open('owner', 'owner')
      const orderId = await deal(endpoint, run, 'owner')
      await endpoint.clock.run(run.desk.close('owner'))
      assert.isEmpty(endpoint.lines(/trades/))
      const { transcripts } = await endpoint.clock.run(run.finish())
      const downloads = transcripts
        .flatMap(({ whole }) => whole)
        .filter(({ operation: name, sharedFrom }) => name === 'downloadTrades' && !sharedFrom)
      assert.isTrue(downloads.some(({ response }) => response?.body?.includes(orderId) === true))
    }))
})

describe('A trade that its own scenario downloads', () => {
  it('is in the answer, and does not arrive a second time', () =>
    atEndpoint({}, async (endpoint) => {
      const run = await endpoint.started()
      await run.desk.open('owner', 'owner')
      await deal(endpoint, run, 'owner')
      const brought = await endpoint.call(run, 'owner', DOWNLOAD)
      assert.lengthOf(successIn<Trade[]>(brought), 1)
      assert.isUndefined(brought.arrived)
      const { exchanges } = await endpoint.clock.run(run.desk.close('owner'))
      assert.isEmpty(exchanges.filter(({ sharedFrom }) => sharedFrom !== undefined))
    }))
})

describe('A trade of others', () => {
  it('is named once, whoever downloaded it, and reaches no scenario', () =>
    atEndpoint({}, async (endpoint) => {
      const run = await endpoint.started()
      for (const key of ['one', 'two']) await run.desk.open(key, key)
      const foreign = { ...TRADE, orderId: 'theirs', tradeId: 'FXI-theirs', coId: 'their-own' }
      endpoint.answering(/trades/, () => Response.json([foreign]))
      for (const key of ['one', 'two']) await endpoint.call(run, key, DOWNLOAD)
      const next = await endpoint.call(run, 'two', DOWNLOAD)
      assert.isUndefined(next.arrived)
      endpoint.heal()
      const { foreignTrades } = await endpoint.clock.run(run.finish())
      assert.deepEqual(foreignTrades, [
        { tradeId: 'FXI-theirs', orderId: 'theirs', coId: 'their-own' },
      ])
    }))
})

describe('A download whose answer is lost', () => {
  for (const [how, stand] of [
    ['broken off', () => Promise.reject(new Error('reset'))],
    ['answered by a gateway', () => new Response('<html>', { status: 502 })],
  ] as const) {
    it(`${how}, is told to every scenario that is open: it may have consumed any trade`, () =>
      atEndpoint({}, async (endpoint) => {
        const run = await endpoint.started()
        for (const key of ['one', 'two']) await run.desk.open(key, key)
        endpoint.answering(/trades/, stand)
        await endpoint.call(run, 'one', DOWNLOAD)
        endpoint.heal()
        await endpoint.call(run, 'one', DOWNLOAD)
        const { exchanges } = await endpoint.clock.run(run.desk.close('two'))
        assert.deepEqual(
          exchanges.map(({ operation: name, sharedFrom }) => [name, sharedFrom]),
          [['downloadTrades', 'one, exchange 1']],
        )
      }))
  }
})

describe('A resend', () => {
  it('is told to every scenario that is open: trades come again to any of them', () =>
    atEndpoint({ env: { INTEGRAL_ALLOW_RESEND: '1' } }, async (endpoint) => {
      const run = await endpoint.started()
      for (const key of ['one', 'two']) await run.desk.open(key, key)
      const body = {
        startDate: '2025-06-01 00:00:00,000 +0000',
        endDate: '2025-06-30 00:00:00,000 +0000',
      }
      const reply = await endpoint.call(run, 'one', operation('resendTrades', { body }))
      assert.equal(reply.kind === 'answer' && reply.answer?.httpStatus, 200)
      const { exchanges } = await endpoint.clock.run(run.desk.close('two'))
      assert.deepEqual(
        exchanges.map(({ operation: name, sharedFrom }) => [name, sharedFrom]),
        [['resendTrades', 'one, exchange 1']],
      )
    }))
})
