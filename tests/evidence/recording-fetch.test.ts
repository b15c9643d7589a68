import { test } from 'node:test'
import { assert } from 'chai'
import { asText, titleOf } from '../../src/evidence/exchange.ts'
import { recordingFetch } from '../../src/evidence/recording-fetch.ts'
import { Transcript } from '../../src/evidence/transcript.ts'
import { BASE_URL, Talk } from './talk.ts'

test('an exchange holds the request, the answer, the times and the step', async () => {
  const talk = new Talk()
  talk.transcript.step = 'When Ada asks'
  const exchange = await talk.call('GET', '/v2/orders/7', Response.json({ orderId: '7' }), {
    headers: {},
  })
  assert.deepInclude(exchange, {
    number: 1,
    operation: 'queryOrder',
    tookMs: 10,
    step: 'When Ada asks',
  })
  assert.deepInclude(exchange.response, { status: 200, body: '{"orderId":"7"}' })
  assert.equal(titleOf(exchange), 'GET /api/v2/orders/7 → 200')
  assert.match(asText(exchange), /GET https:\/\/host.invalid\/api\/v2\/orders\/7\n\nHTTP 200/)
})

test('no answer is recorded with all its causes, and thrown on', async () => {
  const failure = new TypeError('fetch failed', { cause: new Error('connect ECONNREFUSED') })
  const transcript = new Transcript({ baseUrl: BASE_URL })
  const fetch = recordingFetch(() => Promise.reject(failure), transcript, {
    now: () => 0,
    sleep: async () => {},
    setTimer: () => () => {},
  })
  const thrown = await fetch(new Request(`${BASE_URL}/v2/orders`)).catch((error: unknown) => error)
  assert.equal(thrown, failure)
  const [exchange] = transcript.exchanges
  assert.equal(exchange?.error, 'TypeError: fetch failed (Error: connect ECONNREFUSED)')
  assert.isUndefined(exchange?.response)
})

test('an answer that breaks off is recorded, and breaks off for the caller', async () => {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"orderId":'))
      controller.error(new Error('socket hang up'))
    },
  })
  const talk = new Talk()
  const exchange = await talk.call('GET', '/v2/orders/7', new Response(body))
  assert.equal(exchange.response?.status, 200)
  assert.equal(exchange.error, 'Error: socket hang up')
})

test('the caller gets the whole answer, however long', async () => {
  const transcript = new Transcript({ baseUrl: BASE_URL, maxBodyLength: 10 })
  const fetch = recordingFetch(async () => new Response('0123456789abc'), transcript, {
    now: () => 0,
    sleep: async () => {},
    setTimer: () => () => {},
  })
  const answer = await fetch(new Request(`${BASE_URL}/v2/orders`))
  assert.equal(await answer.text(), '0123456789abc')
  assert.equal(
    transcript.exchanges[0]?.response?.body,
    '0123456789\n… [cut here: the first 10 of 13 characters are shown]',
  )
})

test('a body is redacted before it is cut, and judged before it is cut', async () => {
  const talk = new Talk({ maxBodyLength: 20 })
  const headers = { SSO_TOKEN: 'abcdefghijkl' }
  const login = await talk.call(
    'POST',
    '/v2/sso/login',
    new Response('0123456789abcdefghijkl', { headers }),
  )
  assert.notInclude(login.response?.body, 'abc')
  await talk.order('7', 'PQ', 'RECEIVED', 'NEW')
  assert.deepEqual(
    talk.transcript.observed.flatMap(({ observations }) =>
      observations.map(({ status }) => status),
    ),
    ['RECEIVED', 'NEW'],
  )
})
