import { describe, it } from 'node:test'
import { assert } from 'chai'
import { launched } from './launched.ts'
import { fieldsOf } from './talk.ts'

describe('Orders', () => {
  it(
    'fills a limit order at the market, not at its limit, on the side of the dealt currency',
    launched({}, async (talk) => {
      const ended = async (terms: Record<string, unknown>) => {
        const { orderId } = fieldsOf(await talk.place(terms))
        await talk.watch(orderId, 'FILLED', 'EXPIRED')
        const { status, averagePrice } = await talk.query(orderId)
        return [status, averagePrice]
      }
      assert.deepEqual(await ended({ price: 1.18638 }), ['FILLED', 1.18638])
      assert.deepEqual(await ended({ price: 1.3 }), ['FILLED', 1.18638])
      assert.deepEqual(await ended({ price: 1.18637 }), ['EXPIRED', 0])
      assert.deepEqual(await ended({ side: 'Sell', price: 1.1 }), ['FILLED', 1.1863])
      assert.deepEqual(await ended({ side: 'Sell', price: 1.18631 }), ['EXPIRED', 0])
      assert.deepEqual(await ended({ currency: 'USD', price: 1.1 }), ['FILLED', 1.1863])
      assert.deepEqual(await ended({ currency: 'USD', price: 1.18631 }), ['EXPIRED', 0])
      assert.lengthOf(await talk.download(), 4)
    }),
  )

  it(
    'lets a limit order away from the market rest, until its time is up or it is cancelled',
    launched({}, async (talk, { admin }) => {
      const away = { price: 1.0, timeInForce: 'GTC' }
      const { orderId, coId } = fieldsOf(await talk.place(away))
      const timed = { price: 1.0, timeInForce: 'GTT' }
      const { orderId: timedId } = fieldsOf(await talk.place({ ...timed, expiryTime: 60 }))
      await talk.watch(orderId, 'NEW')
      const active = async () =>
        ((await talk.call('GET', '/v2/orders')).json as { orderId: unknown }[]).map(
          (order) => order.orderId,
        )
      assert.deepEqual(await active(), [orderId, timedId])
      const byCoId = await talk.call('GET', `/v2/orders?coId=${coId}`)
      assert.equal((byCoId.json as { orderId: unknown }[])[0]?.orderId, orderId)
      for (const id of [orderId, timedId]) {
        assert.equal((await talk.call('DELETE', `/v2/orders/${id}`)).status, 202)
        assert.equal((await talk.query(id)).status, 'CANCELED')
      }
      const started = Date.now()
      const { orderId: shortId } = fieldsOf(await talk.place({ ...timed, expiryTime: 1 }))
      await talk.watch(shortId, 'EXPIRED')
      assert.isAtLeast(Date.now() - started, 1_000)
      assert.equal((await talk.call('DELETE', `/v2/orders/${orderId}`)).status, 400)
      assert.deepEqual(await active(), [])
      assert.deepEqual(await talk.download(), [])
      const statuses = (await admin.orders()).map(({ status }) => status)
      assert.deepEqual(statuses, ['CANCELED', 'CANCELED', 'EXPIRED'])
      assert.equal((await admin.peak()).workingOrders, 2)
    }),
  )

  it(
    'never fills what was cancelled before its fill',
    launched({ fillMs: 800 }, async (talk) => {
      const { orderId } = fieldsOf(await talk.place())
      const placedBefore = Date.now()
      await talk.call('DELETE', `/v2/orders/${orderId}`)
      while (Date.now() <= placedBefore + 820)
        assert.equal((await talk.query(orderId)).status, 'CANCELED')
      assert.deepEqual(await talk.download(), [])
    }),
  )

  it(
    'rejects a PQ order at another price, on another symbol or too late',
    launched({ rateTtlMs: 0 }, async (talk, { admin }) => {
      const placeOn = async (quote: Record<string, unknown>, terms = {}) => {
        const quoted = { type: 'PQ', timeInForce: 'FOK', rateId: quote.rateId, price: quote.offer }
        const { orderId } = fieldsOf(await talk.place({ ...quoted, ...terms }))
        const seen = await talk.watch(orderId, 'FILLED', 'REJECTED')
        return [seen.at(-1), (await talk.query(orderId)).reason]
      }
      const early = await talk.rate()
      await talk.rate('GBP/USD')
      while (Date.now() <= Number(early.time)) await talk.rate()
      assert.deepEqual(await placeOn(early), ['REJECTED', 'The rate has expired'])
      await admin.change({ rateTtlMs: 60_000 })
      const quote = await talk.rate()
      const altered = await placeOn(quote, { price: 1.18637 })
      assert.deepEqual(altered, ['REJECTED', 'The price is not the one quoted'])
      const foreign = await placeOn(await talk.rate('GBP/USD'))
      assert.deepEqual(foreign, ['REJECTED', 'The rate is for another symbol'])
      assert.deepEqual(await placeOn(quote), ['FILLED', undefined])
      assert.lengthOf(await talk.download(), 1)
    }),
  )

  const invalid: readonly Record<string, unknown>[] = [
    ...['coId', 'type', 'side', 'symbol', 'size', 'currency', 'price', 'timeInForce'].map(
      (field) => ({ [field]: undefined }),
    ),
    { coId: '' },
    { coId: 7 },
    { coId: 'x'.repeat(256) },
    { type: 'Stop' },
    { side: 'BUY' },
    { symbol: 'EUR/XXX' },
    { symbol: 'toString' },
    { currency: 'GBP' },
    { size: '1000' },
    { size: 0 },
    { size: -1 },
    { price: 0 },
    { price: '1.3' },
    { timeInForce: 'GFD' },
    { timeInForce: 'GTT' },
    { timeInForce: 'GTT', expiryTime: 0 },
    { timeInForce: 'GTT', expiryTime: 86_400 },
    { timeInForce: 'GTT', expiryTime: 1.5 },
    { type: 'PQ', timeInForce: 'FOK' },
    { type: 'PQ', timeInForce: 'FOK', rateId: 'unknown' },
    { type: 'PQ', rateId: 'unknown' },
    { type: 'AtBest', timeInForce: 'FOK' },
    { type: 'AtBest', timeInForce: 'FOK', valueDate: '2026-02-30' },
  ]
  it(
    'refuses what an order must not be, and takes none of it',
    launched({}, async (talk, { admin }) => {
      for (const terms of invalid) {
        const { status, json } = await talk.place(terms)
        assert.equal(status, 400, JSON.stringify(terms))
        assert.hasAllKeys(json, ['status', 'errorCode', 'responseTuples', 'errorMessage'])
      }
      assert.lengthOf(await admin.orders(), 0)
      assert.equal((await talk.place({ coId: 'once' })).status, 202)
      assert.equal((await talk.place({ coId: 'once' })).status, 400)
      assert.equal((await talk.place({ timeInForce: 'GTT', expiryTime: 86_399 })).status, 202)
      const best = { type: 'AtBest', timeInForce: 'FOK', valueDate: '2026-02-27' }
      assert.equal((await talk.place({ ...best, price: undefined })).status, 202)
      assert.lengthOf(await admin.orders(), 3)
    }),
  )
})
