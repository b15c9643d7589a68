import { test } from 'node:test'
import { assert } from 'chai'
import { parseClientQueryPath } from '../../src/api/contract/client-query-path.ts'
import { Talk } from './talk.ts'

const seen = (talk: Talk) =>
  talk.transcript.observed.flatMap(({ observations }) =>
    observations.map(
      ({ orderId, status, by, exchange }) => `${exchange} ${by} ${orderId} ${status}`,
    ),
  )

test('placing, querying one as object or array, and querying all are observations', async () => {
  const talk = new Talk()
  await talk.order('7', 'PQ', 'RECEIVED')
  await talk.query('7', { orderId: '7', status: 'NEW' })
  await talk.query('7', [{ orderId: '7', status: 'NEW' }])
  const all = Response.json([
    { orderId: 7, status: 'NEW' },
    { orderId: '8', status: 'RECEIVED' },
  ])
  await talk.call('GET', '/v2/orders?coId=c7', all)
  assert.deepEqual(seen(talk), [
    '1 placing 7 RECEIVED',
    '2 query 7 NEW',
    '3 query 7 NEW',
    '4 query 7 NEW',
    '4 query 8 RECEIVED',
  ])
})

test('an answer without an id is about the order that was asked for', async () => {
  const talk = new Talk()
  await talk.query('7', { status: 'FILLED' })
  assert.deepEqual(seen(talk), ['1 query 7 FILLED'])
})

test('an answer about another order says nothing about the one that was asked for', async () => {
  const talk = new Talk()
  await talk.query('7', [{ orderId: '8', status: 'FILLED' }])
  assert.deepEqual(seen(talk), ['1 query 8 FILLED'])
})

test('refusals, other endpoints, other hosts and texts that are not orders are no observations', async () => {
  const talk = new Talk()
  const order = { orderId: '7', status: 'FILLED' }
  await talk.call('GET', '/v2/orders/7', Response.json(order, { status: 404 }))
  await talk.call('GET', '/v2/orders/7/fills', Response.json(order))
  await talk.call('GET', '/v2/trades/stp/messages', Response.json([order]))
  await talk.call('GET', '/v2/orders/7', new Response('<html>'))
  await talk.query('7', [null, 7, { orderId: '7' }, { status: '' }])
  await talk.call('GET', '/v2/orders/7', new Error('no answer'))
  assert.deepEqual(seen(talk), [])
  assert.isUndefined(talk.transcript.matches('GET', 'https://other.invalid/api/v2/orders/7'))
})

test('a placing answered with an error object is refused; without one, or for the session, it is not', async () => {
  const talk = new Talk()
  const body = { type: 'PQ', coId: 'c1' }
  const place = (answer: Response, sent: unknown = body) =>
    talk.call('POST', '/v2/orders', answer, { body: sent })
  await place(Response.json({ errorCode: 'X' }, { status: 400 }))
  await place(Response.json({ errorCode: 'X' }, { status: 503 }))
  await place(Response.json({ errorCode: 'X' }, { status: 401 }))
  await place(new Response('bad gateway', { status: 502 }))
  await place(Response.json({ errorCode: 'X' }, { status: 400 }), '{"no')
  const refused = talk.transcript.observed.flatMap((each) => each.refused ?? [])
  assert.deepEqual(refused, [
    { orderType: 'PQ', coId: 'c1', httpStatus: 400, code: 'X', exchange: 1 },
    { orderType: 'PQ', coId: 'c1', httpStatus: 503, code: 'X', exchange: 2 },
  ])
})

test('the path of the query by client id can be another one', async () => {
  const clientQuery = parseClientQueryPath('/v2/orders/client/{coId}')
  const talk = new Talk({ clientQuery })
  await talk.call('GET', '/v2/orders/client/c7', Response.json([{ orderId: '7', status: 'NEW' }]))
  assert.deepEqual(seen(talk), ['1 query 7 NEW'])
  assert.equal(talk.transcript.exchanges[0]?.operation, 'queryOrders')
  await talk.call('GET', '/v2/orders', Response.json([]))
  assert.isUndefined(talk.transcript.exchanges[1]?.operation)
})

test('amounts are observed where they are numbers; where not, the status is observed all the same', async () => {
  const talk = new Talk()
  await talk.query('7', { orderId: '7', status: 'NEW', cumQty: 600, size: 1000 })
  await talk.query('7', { orderId: '7', status: 'NEW', cumQty: '600', size: null })
  const [first, second] = talk.transcript.observed.flatMap(({ observations }) => observations)
  assert.include(first, { status: 'NEW', dealt: 600, size: 1000 })
  assert.include(second, { status: 'NEW' })
  assert.doesNotHaveAnyKeys(second, ['dealt', 'size'])
})
