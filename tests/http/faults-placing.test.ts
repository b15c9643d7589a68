import { it } from 'node:test'
import { assert } from 'chai'
import type { Fault } from '../../src/mocks/http/fault.ts'
import { at, orderIdOf } from './driver.ts'
import { describeEach, FAULT, type Facing } from './faults-transports.ts'

const placing = { operation: 'placeOrder' } as const
const WORKING = { price: 0.5, timeInForce: 'GTC' } as const

/** What becomes of placing an order, of looking it up, and of placing another one. */
async function story(facing: Facing, fault: Fault) {
  const { venue, trader } = await facing(fault)
  const placed = await trader.placeLimit({ ...WORKING, coId: 'mine' })
  const isTaken = (await trader.askByCoId('mine')).status === 200
  const next = await trader.placeLimit({ ...WORKING, coId: 'next' })
  assert.equal(next.status, 202)
  assert.isNull(next.headers.get(FAULT))
  assert.isEmpty(venue.simulation.faults.staged)
  return { placed, isTaken }
}

describeEach('a placing', (facing) => {
  it('is refused with a status keeps the error object, and is not taken', async () => {
    for (const [status, code] of [
      [400, 'BAD_VALUE'],
      [401, 'NOT_AUTHENTICATED'],
      [403, 'NO_PERMISSION'],
      [418, 'BAD_VALUE'],
      [500, 'SERVER_ERROR'],
      [503, 'UNAVAILABLE'],
      [599, 'SERVER_ERROR'],
    ] as const) {
      const { placed, isTaken } = await story(facing, { ...placing, kind: 'status', status })
      assert.equal(placed.status, status)
      assert.equal(at(placed.body, 'errorCode'), code)
      assert.equal(placed.headers.get(FAULT), 'status')
      assert.isFalse(isTaken)
    }
  })

  it('is refused after it was taken is taken', async () => {
    const fault = { ...placing, kind: 'status', status: 500, when: 'after' } as const
    const { placed, isTaken } = await story(facing, fault)
    assert.equal(placed.status, 500)
    assert.isTrue(isTaken)
  })

  it('is refused with a body and headers gets these', async () => {
    const fault = { ...placing, kind: 'status', status: 409 } as const
    const { placed } = await story(facing, {
      ...fault,
      body: { why: [1, null] },
      headers: { 'X-A': 'b' },
    })
    assert.deepEqual(placed.body, { why: [1, null] })
    assert.match(placed.headers.get('content-type') ?? '', /^application\/json/)
    assert.equal(placed.headers.get('x-a'), 'b')
    const { placed: other } = await story(facing, { ...fault, body: 'no <b>' })
    assert.equal(other.text, 'no <b>')
    assert.match(other.headers.get('content-type') ?? '', /^text\/plain/)
    const headers = { 'content-type': 'text/xml' }
    const { placed: third } = await story(facing, { ...fault, body: '<no/>', headers })
    assert.equal(third.headers.get('content-type'), 'text/xml')
  })

  it('is rate limited is told when to come again, and is not taken', async () => {
    const { placed, isTaken } = await story(facing, {
      ...placing,
      kind: 'rate limited',
      retryAfterSeconds: 7,
    })
    assert.equal(placed.status, 429)
    assert.equal(placed.headers.get('retry-after'), '7')
    assert.equal(at(placed.body, 'errorCode'), 'RATE_LIMIT')
    assert.equal(placed.headers.get(FAULT), 'rate limited')
    assert.isFalse(isTaken)
  })

  it('is answered by a page is taken or not, as staged', async () => {
    const page = { ...placing, kind: 'HTML page' } as const
    const { placed, isTaken } = await story(facing, page)
    assert.equal(placed.status, 200)
    assert.match(placed.text, /^<html>/)
    assert.match(placed.headers.get('content-type') ?? '', /^text\/html/)
    assert.equal(placed.headers.get(FAULT), 'HTML page')
    assert.isFalse(isTaken)
    const other = await story(facing, { ...page, status: 403, when: 'after' })
    assert.match(other.placed.text, /<h1>403 Forbidden<\/h1>/)
    assert.equal(other.placed.status, 403)
    assert.isTrue(other.isTaken)
  })

  it('is answered with malformed JSON is taken', async () => {
    const { placed, isTaken } = await story(facing, { ...placing, kind: 'malformed JSON' })
    assert.equal(placed.status, 202)
    assert.throws(() => JSON.parse(placed.text), SyntaxError)
    assert.match(placed.text, /"coId":"mine"/)
    assert.match(placed.headers.get('content-type') ?? '', /^application\/json/)
    assert.equal(placed.headers.get(FAULT), 'malformed JSON')
    assert.isTrue(isTaken)
  })

  it('is answered with the wrong content type is taken', async () => {
    const wrong = { ...placing, kind: 'wrong content type' } as const
    for (const contentType of [undefined, 'text/html; charset=utf-8']) {
      const { placed, isTaken } = await story(facing, {
        ...wrong,
        ...(contentType && { contentType }),
      })
      assert.equal(placed.headers.get('content-type'), contentType ?? 'text/plain')
      assert.equal(at(JSON.parse(placed.text), 'coId'), 'mine')
      assert.equal(placed.headers.get(FAULT), 'wrong content type')
      assert.isTrue(isTaken)
    }
  })

  it('is answered by a body that breaks off is taken', async () => {
    const { venue, trader } = await facing({ ...placing, kind: 'truncated body', afterBytes: 9 })
    const { response, body } = await trader.raw({ ...WORKING, coId: 'mine' })
    assert.equal(response.status, 202)
    assert.equal(response.headers.get(FAULT), 'truncated body')
    assert.isAbove(Number(response.headers.get('content-length')), 9)
    assert.lengthOf(body.bytes, 9)
    assert.instanceOf(body.failure, TypeError)
    assert.equal(body.failure.message, 'terminated')
    assert.equal(at(body.failure.cause, 'code'), 'UND_ERR_SOCKET')
    assert.equal((await trader.askByCoId('mine')).status, 200)
    assert.isEmpty(venue.simulation.faults.staged)
  })

  it('is answered slowly is answered whole, and the time has passed', async () => {
    const fault = { ...placing, kind: 'slow body', bytes: 40, everyMs: 250 } as const
    const { venue, trader } = await facing(fault)
    const before = venue.clock.now()
    const placed = await trader.placeLimit({ ...WORKING, coId: 'mine' })
    assert.equal(placed.status, 202)
    assert.equal(at(placed.body, 'coId'), 'mine')
    assert.equal(placed.headers.get(FAULT), 'slow body')
    const pieces = Math.ceil(placed.text.length / 40)
    assert.isAbove(pieces, 2)
    assert.equal(venue.clock.now() - before, (pieces - 1) * 250)
  })

  it('is answered late was taken before that', async () => {
    const { venue, trader } = await facing({ ...placing, kind: 'latency', ms: 1_500 })
    const before = venue.clock.now()
    const placed = await trader.placeLimit({ ...WORKING, coId: 'mine' })
    assert.equal(placed.status, 202)
    assert.equal(placed.headers.get(FAULT), 'latency')
    assert.equal(venue.clock.now() - before, 1_500)
    assert.equal(venue.exchange.desk.orders[0]?.placedAt, before)
    await trader.placeLimit(WORKING)
    assert.equal(venue.clock.now() - before, 1_500)
  })

  for (const [answer, status] of [
    ['first', 202],
    ['second', 400],
    [undefined, 400],
  ] as const) {
    it(`reaches the exchange twice is taken once; answer: ${answer}`, async () => {
      const fault = { ...placing, kind: 'duplicate request', ...(answer && { answer }) } as const
      const { venue, trader } = await facing(fault)
      const placed = await trader.placeLimit({ ...WORKING, coId: 'mine' })
      assert.equal(placed.status, status)
      assert.equal(placed.headers.get(FAULT), 'duplicate request')
      assert.lengthOf(venue.exchange.desk.orders, 1)
    })
  }

  it('reaches the exchange twice is taken twice where coIds may be', async () => {
    const settings = { 'coId.duplicate': 'accept' } as const
    const { venue, trader } = await facing({ ...placing, kind: 'duplicate request' }, { settings })
    const placed = await trader.placeLimit({ ...WORKING, coId: 'mine' })
    const ids = venue.exchange.desk.orders.map(({ orderId }) => orderId)
    assert.lengthOf(ids, 2)
    assert.equal(orderIdOf(placed), ids[1])
  })

  it('has its token expire is not taken, and goes through after a renewal', async () => {
    const { trader } = await facing({ ...placing, kind: 'expired token' })
    const other = await trader.venue.trader('bob')
    const placed = await trader.placeLimit({ ...WORKING, coId: 'mine' })
    assert.equal(placed.status, 401)
    assert.equal(placed.headers.get(FAULT), 'expired token')
    assert.equal(await other.probe(), 200)
    assert.equal(await trader.probe(), 401)
    const renewed = await trader.renew()
    assert.equal(at(renewed.body, 'expired'), true)
    trader.token = renewed.headers.get('SSO_TOKEN') ?? ''
    assert.equal((await trader.askByCoId('mine')).status, 404)
    assert.equal((await trader.placeLimit({ ...WORKING, coId: 'mine' })).status, 202)
  })
})
