import { request } from 'node:http'
import { after, afterEach, before, describe, it, mock } from 'node:test'
import { assert } from 'chai'
import { setupServer } from 'msw/node'
import { createIntegralClient, NoAnswerError, setupIntegral } from '../../src/index.ts'
import { loggedIn } from './login.ts'

const order = {
  coId: 'my-order-1',
  type: 'Limit',
  side: 'Buy',
  symbol: 'EUR/USD',
  currency: 'EUR',
  size: 1_000_000,
  price: 1.2,
  timeInForce: 'GTC',
} as const

const cut = (when: 'before' | 'after') => ({ operation: 'placeOrder', kind: 'cut', when }) as const
const gateway = { operation: 'placeOrder', kind: 'gateway error', status: 502 } as const
const WHEN = [
  ['before', []],
  ['after', ['my-order-1']],
] as const

/** Has what no answer came to thrown, and the printing of it heard. */
async function failureOf(call: () => Promise<unknown>): Promise<unknown> {
  const printed = mock.method(console, 'error', () => {})
  const failure = await call().then(
    () => assert.fail('there was an answer'),
    (thrown: unknown) => thrown,
  )
  printed.mock.restore()
  assert.equal(printed.mock.callCount(), 0)
  return failure
}

describe('A connection that is cut', () => {
  const integral = setupIntegral({ baseUrl: 'http://uat.fxinside.net' })
  const orders = () => integral.orders().map(({ coId }) => coId)
  afterEach(() => integral.close())

  for (const [when, left] of WHEN) {
    it(`fails the fetch of the simulation, ${when} the order was taken`, async () => {
      const send = await loggedIn(integral.fetch, integral.baseUrl, integral.credentials)
      integral.faults.stage(cut(when))
      const failure = await failureOf(() => send('/v2/orders', order))
      assert.instanceOf(failure, TypeError)
      assert.equal(failure.message, 'fetch failed')
      assert.instanceOf(failure.cause, Error)
      assert.propertyVal(failure.cause, 'code', 'ECONNRESET')
      assert.deepEqual(orders(), [...left])
      assert.equal((await send('/v2/orders', { ...order, coId: 'next' })).status, 202)
    })

    it(`fails the client of this package, ${when} the order was taken`, async () => {
      const { baseUrl, fetch, clock, credentials } = integral
      const client = createIntegralClient({ baseUrl, fetch, clock, credentials })
      integral.faults.stage(cut(when))
      const failure = await failureOf(() => client.placeOrder(order))
      assert.instanceOf(failure, NoAnswerError)
      assert.match(failure.message, /\(placeOrder\) got no HTTP answer: ECONNRESET\.$/)
      assert.deepEqual(orders(), [...left])
      assert.equal((await client.queryOrdersByCoId('my-order-1')).httpStatus, left[0] ? 200 : 404)
    })

    it(`fails the global fetch, ${when} the order was taken`, async () => {
      integral.listen()
      const send = await loggedIn(fetch, integral.baseUrl, integral.credentials)
      integral.faults.stage({ ...cut(when), times: 2 })
      for (let time = 0; time < 2; time++) {
        const failure = await failureOf(() => send('/v2/orders', order))
        assert.instanceOf(failure, TypeError)
        assert.equal(failure.message, 'fetch failed')
        assert.propertyVal(failure.cause, 'code', 'ECONNRESET')
        assert.propertyVal(failure.cause, 'message', 'read ECONNRESET')
      }
      assert.deepEqual(orders(), [...left])
      assert.equal((await send('/v2/orders', { ...order, coId: 'next' })).status, 202)
    })

    it(`fails a request of node:http, ${when} the order was taken`, async () => {
      integral.listen()
      const send = await loggedIn(byNodeHttp, integral.baseUrl, integral.credentials)
      integral.faults.stage(cut(when))
      assert.instanceOf(await failureOf(() => send('/v2/orders', order)), Error)
      assert.deepEqual(orders(), [...left])
      assert.equal((await send('/v2/orders', { ...order, coId: 'next' })).status, 202)
    })
  }

  it('is no longer staged after a reset', async () => {
    integral.faults.stage(cut('before'))
    integral.reset()
    const send = await loggedIn(integral.fetch, integral.baseUrl, integral.credentials)
    assert.equal((await send('/v2/orders', order)).status, 202)
  })
})

describe('A gateway that answers instead', () => {
  const integral = setupIntegral({ baseUrl: 'http://uat.fxinside.net' })
  before(() => integral.listen())
  afterEach(() => integral.reset())
  after(() => integral.close())

  for (const [when, left] of WHEN) {
    for (const [name, sender] of [
      ['fetch', (...call: Parameters<typeof fetch>) => fetch(...call)],
      ['node:http', byNodeHttp],
    ] as const) {
      it(`sends a page to ${name}, ${when} the order was taken`, async () => {
        const send = await loggedIn(sender, integral.baseUrl, integral.credentials)
        integral.faults.stage({ ...gateway, when })
        const answer = await send('/v2/orders', order)
        assert.equal(answer.status, 502)
        assert.match(answer.headers.get('content-type') ?? '', /^text\/html\b/)
        assert.match(await answer.text(), /<h1>502 Bad Gateway<\/h1>/)
        assert.deepEqual(
          integral.orders().map(({ coId }) => coId),
          [...left],
        )
        assert.equal((await send('/v2/orders', { ...order, coId: 'next' })).status, 202)
      })
    }
  }
})

describe('A fault staged for a server of one’s own', () => {
  const integral = setupIntegral()
  const server = setupServer(...integral.handlers)
  before(() => server.listen({ onUnhandledFrame: 'error' }))
  after(() => server.close())

  it('cuts the connection, once', async () => {
    const send = await loggedIn(fetch, integral.baseUrl, integral.credentials)
    integral.faults.stage(cut('after'))
    assert.instanceOf(await failureOf(() => send('/v2/orders', order)), TypeError)
    assert.lengthOf(integral.orders(), 1)
    assert.equal((await send('/v2/orders', { ...order, coId: 'next' })).status, 202)
  })
})

describe('A fault that cannot be', () => {
  it('is refused with a sentence', () => {
    const { faults } = setupIntegral()
    const fault = { operation: 'placeOrder', kind: 'cut', when: 'later' }
    assert.throws(
      () => faults.stage(fault as never),
      RangeError,
      'Failed to stage a fault: its when is wrong: Invalid option: expected one of "before"|"after".',
    )
  })
})

/** Sends as an app would that knows no fetch. */
function byNodeHttp(url: string, { method, headers, body }: RequestInit = {}): Promise<Response> {
  return new Promise((resolve, reject) => {
    const sent = request(
      url,
      { method: method ?? 'GET', headers: Object.fromEntries(new Headers(headers)) },
      (received) => {
        let text = ''
        received.setEncoding('utf8')
        received.on('data', (chunk: string) => {
          text += chunk
        })
        received.on('error', reject)
        received.on('end', () => {
          const pairs = Object.entries(received.headersDistinct).flatMap(([name, values]) =>
            (values ?? []).map((value): [string, string] => [name, value]),
          )
          resolve(new Response(text, { status: received.statusCode ?? 500, headers: pairs }))
        })
      },
    )
    sent.on('error', reject)
    sent.end(body)
  })
}
