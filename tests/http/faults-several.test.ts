import { it } from 'node:test'
import { assert } from 'chai'
import { type Answer, at, orderIdOf, type Trader } from './driver.ts'
import { describeEach, FAULT } from './faults-transports.ts'

const placing = { operation: 'placeOrder' } as const
const WORKING = { price: 0.5, timeInForce: 'GTC' } as const

describeEach('an answer without a body', (facing) => {
  const resend = { operation: 'resendTrades' } as const
  const ask = (trader: Trader): Promise<Answer> =>
    trader.resend('2025-06-11 00:00:00,000 +0000', '2025-06-11 23:00:00,000 +0000')

  it('is to break off is cut', async () => {
    const { trader } = await facing({ ...resend, kind: 'truncated body' })
    const failure = await ask(trader).catch((thrown: unknown) => thrown)
    assert.instanceOf(failure, TypeError)
    assert.equal(at(failure.cause, 'code'), 'ECONNRESET')
    assert.equal((await ask(trader)).status, 200)
  })

  it('is to be malformed gets a body', async () => {
    const { trader } = await facing({ ...resend, kind: 'malformed JSON' })
    assert.equal((await ask(trader)).text, ',')
  })

  it('had no status for a body gets one that has', async () => {
    const settings = { 'cancel.successStatus': 204 } as const
    const fault = { operation: 'cancelOrder', kind: 'malformed JSON' } as const
    const { trader } = await facing(fault, { settings })
    const order = await trader.placeLimit(WORKING)
    const canceled = await trader.cancel(orderIdOf(order))
    assert.deepEqual([canceled.status, canceled.text], [200, ','])
    assert.equal(await trader.status(orderIdOf(order)), 'CANCELED')
  })

  it('is slow is not slowed down', async () => {
    const { venue, trader } = await facing({ ...resend, kind: 'slow body', bytes: 1, everyMs: 9 })
    const before = venue.clock.now()
    assert.equal((await ask(trader)).status, 200)
    assert.equal(venue.clock.now(), before)
  })
})

describeEach('a call', (facing) => {
  it('is slow in every way gets a latency, a slow body and what decides its content at once', async () => {
    const { venue, trader } = await facing([
      { ...placing, kind: 'latency', ms: 1_000 },
      { ...placing, kind: 'slow body', bytes: 10, everyMs: 100 },
      { ...placing, kind: 'status', status: 500, body: 'x'.repeat(25) },
    ])
    const before = venue.clock.now()
    const placed = await trader.placeLimit()
    assert.deepEqual([placed.status, placed.text.length], [500, 25])
    assert.equal(placed.headers.get(FAULT), 'status, latency, slow body')
    assert.equal(venue.clock.now() - before, 1_200)
    assert.isEmpty(venue.simulation.faults.staged)
  })

  it('is answered slowly breaks off slowly', async () => {
    const { venue, trader } = await facing([
      { ...placing, kind: 'slow body', bytes: 10, everyMs: 100 },
      { ...placing, kind: 'truncated body', afterBytes: 25 },
    ])
    const before = venue.clock.now()
    const { body } = await trader.raw(WORKING)
    assert.lengthOf(body.bytes, 25)
    assert.instanceOf(body.failure, TypeError)
    assert.equal(venue.clock.now() - before, 200)
  })

  it('is to break off where it has ended lacks one byte', async () => {
    const { trader } = await facing({ ...placing, kind: 'truncated body', afterBytes: 1e6 })
    const { response, body } = await trader.raw(WORKING)
    assert.lengthOf(body.bytes, Number(response.headers.get('content-length')) - 1)
    assert.instanceOf(body.failure, TypeError)
  })

  it('breaks off after a share of it, half by default', async () => {
    for (const share of [undefined, 0, 0.25, 0.5, 0.999]) {
      const { trader } = await facing({
        ...placing,
        kind: 'truncated body',
        ...(share !== undefined && { share }),
      })
      const { response, body } = await trader.raw(WORKING)
      const length = Number(response.headers.get('content-length'))
      assert.lengthOf(body.bytes, Math.floor(length * (share ?? 0.5)))
      assert.instanceOf(body.failure, TypeError)
    }
  })

  it('is cut late', async () => {
    const { venue, trader } = await facing([
      { ...placing, kind: 'cut', when: 'after' },
      { ...placing, kind: 'latency', ms: 1_000 },
    ])
    const before = venue.clock.now()
    const failure = await trader.placeLimit(WORKING).catch((thrown: unknown) => thrown)
    assert.instanceOf(failure, TypeError)
    assert.equal(at(failure.cause, 'code'), 'ECONNRESET')
    assert.equal(venue.clock.now() - before, 1_000)
    assert.lengthOf(venue.exchange.desk.orders, 1)
  })

  it('two of a sort match gets the first, and the next call the other', async () => {
    const { trader, venue } = await facing([
      { ...placing, kind: 'latency', ms: 10 },
      { ...placing, kind: 'latency', ms: 200 },
      { ...placing, status: 503 },
      { ...placing, kind: 'status', status: 418 },
    ])
    const seen: unknown[] = []
    for (let call = 0; call < 3; call++) {
      const before = venue.clock.now()
      const { status } = await trader.placeLimit()
      seen.push([status, venue.clock.now() - before])
    }
    assert.deepEqual(seen, [
      [503, 10],
      [418, 200],
      [202, 0],
    ])
  })
})
