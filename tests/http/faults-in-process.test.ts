import { once } from 'node:events'
import { type IncomingMessage, request } from 'node:http'
import { afterEach, describe, it } from 'node:test'
import { assert } from 'chai'
import { type Fault, setupIntegral, VirtualClock } from '../../src/index.ts'
import { loggedIn } from '../setup/login.ts'
import { at } from './driver.ts'

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
const placing = { operation: 'placeOrder' } as const
const SLOW: Fault = { ...placing, kind: 'slow body', bytes: 30, everyMs: 100 }
const TRUNCATED: Fault = { ...placing, kind: 'truncated body', afterBytes: 20 }

describe('an answer that is disturbed on its way', () => {
  const integral = setupIntegral({ baseUrl: 'http://uat.fxinside.net' })
  afterEach(() => integral.close())

  const senders = {
    'the fetch of the simulation': () => integral.fetch,
    'the global fetch': () => {
      integral.listen()
      return fetch
    },
  }
  for (const [name, sender] of Object.entries(senders)) {
    it(`breaks off for ${name}`, async () => {
      const send = await loggedIn(sender(), integral.baseUrl, integral.credentials)
      integral.faults.stage(TRUNCATED)
      const answer = await send('/v2/orders', order)
      assert.equal(answer.status, 202)
      assert.equal(answer.headers.get('x-simulation-fault'), 'truncated body')
      assert.isAbove(Number(answer.headers.get('content-length')), 20)
      const failure = await answer.text().catch((thrown: unknown) => thrown)
      assert.instanceOf(failure, TypeError)
      assert.equal(failure.message, 'terminated')
      assert.equal(at(failure.cause, 'code'), 'UND_ERR_SOCKET')
      assert.lengthOf(integral.orders(), 1)
      assert.equal((await send('/v2/orders', { ...order, coId: 'next' })).status, 202)
    })

    it(`is slow and late for ${name}`, async () => {
      const send = await loggedIn(sender(), integral.baseUrl, integral.credentials)
      integral.faults.stage(SLOW)
      integral.faults.stage({ ...placing, kind: 'latency', ms: 5_000 })
      const before = integral.clock.now()
      const answer = await send('/v2/orders', order)
      const text = await answer.text()
      assert.equal(at(JSON.parse(text), 'coId'), 'my-order-1')
      const pieces = Math.ceil(text.length / 30)
      assert.equal(integral.clock.now() - before, 5_000 + (pieces - 1) * 100)
    })
  }

  it('is slow for node:http, and breaks off', async () => {
    integral.listen()
    const { token, ask } = await byNodeHttp(integral.baseUrl, integral.credentials)
    integral.faults.stage(SLOW)
    const slow = await ask('/v2/orders', { ...order, coId: 'slow' }, token)
    assert.isUndefined(slow.failure)
    assert.equal(at(JSON.parse(slow.text), 'coId'), 'slow')
    integral.faults.stage(TRUNCATED)
    const truncated = await ask('/v2/orders', order, token)
    assert.instanceOf(truncated.failure, Error)
    assert.lengthOf(truncated.text, 20)
    assert.lengthOf(integral.orders(), 2)
  })
})

describe('somebody who does not wait for an answer', () => {
  /** A simulation whose clock stands still until it is released. */
  async function waiting(fault: Fault) {
    const virtual = new VirtualClock(0)
    const slept = Promise.withResolvers<void>()
    const release = Promise.withResolvers<void>()
    const clock = {
      now: () => virtual.now(),
      sleep: () => {
        slept.resolve()
        return release.promise
      },
      setTimer: (ms: number, callback: () => void) => virtual.setTimer(ms, callback),
    }
    const settings = { 'stp.consumeOn': 'flush' } as const
    const integral = setupIntegral({ clock, settings })
    const send = await loggedIn(integral.fetch, integral.baseUrl, integral.credentials)
    const download = async (signal?: AbortSignal) => {
      const { headers } = await login()
      return integral.fetch(`${integral.baseUrl}/v2/trades/stp/messages`, {
        headers: { SSO_TOKEN: headers.get('SSO_TOKEN') ?? '' },
        ...(signal && { signal }),
      })
    }
    const login = () => {
      const { user, password: pass, org } = integral.credentials
      return integral.fetch(`${integral.baseUrl}/v2/sso/login`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json' },
        body: JSON.stringify({ user, pass, org }),
      })
    }
    integral.outcomes.script('my-order-1', { kind: 'fill' })
    await send('/v2/orders', order)
    for (let query = 0; query < 3; query++) await send('/v2/orders?coId=my-order-1')
    assert.lengthOf(integral.trades(), 1)
    integral.faults.stage(fault)
    return { slept: slept.promise, release: release.resolve, download }
  }
  const count = async (answer: Promise<Response>) => ((await (await answer).json()) as []).length

  it('is told so at once, and gets the trades of a late answer by the next one', async () => {
    const { slept, release, download } = await waiting({
      operation: 'downloadTrades',
      kind: 'latency',
      ms: 60_000,
    })
    const patience = new AbortController()
    const call = download(patience.signal).catch((thrown: unknown) => thrown)
    await slept
    patience.abort(new Error('that is too long'))
    assert.propertyVal(await call, 'message', 'that is too long')
    release()
    await new Promise(setImmediate)
    assert.equal(await count(download()), 1)
    assert.equal(await count(download()), 0)
  })

  it('is told so while the body comes, and gets the trades by the next one', async () => {
    const { slept, release, download } = await waiting({
      operation: 'downloadTrades',
      kind: 'slow body',
      bytes: 10,
      everyMs: 60_000,
    })
    const patience = new AbortController()
    const answer = await download(patience.signal)
    const reading = answer.text().catch((thrown: unknown) => thrown)
    await slept
    patience.abort(new Error('that is too long'))
    assert.propertyVal(await reading, 'message', 'that is too long')
    assert.equal(await count(download()), 1)
    release()
    assert.equal(await count(download()), 0)
  })

  it('but has read all of it, has got the trades', async () => {
    const { release, download } = await waiting({
      operation: 'downloadTrades',
      kind: 'slow body',
      bytes: 10,
      everyMs: 60_000,
    })
    release()
    const patience = new AbortController()
    assert.equal(await count(download(patience.signal)), 1)
    patience.abort()
    assert.equal(await count(download()), 0)
  })

  it('and cancels the body, gets the trades by the next one', async () => {
    const { download } = await waiting({
      operation: 'downloadTrades',
      kind: 'slow body',
      bytes: 10,
      everyMs: 60_000,
    })
    const { body } = await download()
    await body?.cancel()
    assert.equal(await count(download()), 1)
    assert.equal(await count(download()), 0)
  })
})

describe('the faults of a set-up simulation', () => {
  const integral = setupIntegral()
  afterEach(() => integral.reset())

  it('are listed, and called off', async () => {
    const send = await loggedIn(integral.fetch, integral.baseUrl, integral.credentials)
    const { faults } = integral
    faults.stage({ ...placing, status: 503, coId: 'my-order-1', times: 3 })
    await send('/v2/orders', { ...order, coId: 'other' })
    await send('/v2/orders', order)
    const matching = { operation: 'placeOrder', coId: 'my-order-1', times: 3, skip: 0 } as const
    const fault = { kind: 'server error', status: 503, probability: 1, ...matching } as const
    assert.deepEqual(faults.staged, [{ fault, calls: 1, hits: 1 }])
    faults.clear()
    assert.isEmpty(faults.staged)
    assert.equal((await send('/v2/orders', order)).status, 202)
  })

  it('are gone after a reset', () => {
    const { faults } = integral
    faults.stage({ operation: 'any', kind: 'cut', when: 'before', times: 'always' })
    assert.lengthOf(faults.staged, 1)
    integral.reset()
    assert.isEmpty(faults.staged)
  })
})

describe('a fault that cannot be', () => {
  const any = { operation: 'any' } as const
  const rows: readonly (readonly [unknown, string])[] = [
    [{ operation: [], status: 503 }, 'its operation is wrong: Too small'],
    [
      { operation: ['fetch'], status: 503 },
      'its operation is wrong: Invalid option: expected an operation',
    ],
    [{ ...placing, status: 503, probability: 1.1 }, 'its probability is wrong'],
    [{ ...placing, status: 503, probability: -0.1 }, 'its probability is wrong'],
    [{ ...placing, status: 503, times: 'ever' }, 'its times is wrong'],
    [{ ...placing, status: 503, coId: '' }, 'its coId is wrong'],
    [{ ...placing, status: 503, coIdPattern: '' }, 'its coIdPattern is wrong: Too small'],
    [
      { ...placing, status: 503, coIdPattern: 'x'.repeat(256) },
      'its coIdPattern is wrong: Too big',
    ],
    [
      { operation: ['login', 'spotRate'], status: 503, coId: 'a' },
      'no call of login, spotRate says which order it is about',
    ],
    [
      { operation: 'downloadTrades', status: 503, coIdPattern: 'a' },
      'no call of downloadTrades says which order',
    ],
    [{ ...any, kind: 'latency' }, 'its ms is wrong: expected 0 to 86400000, or a distribution'],
    [{ ...any, kind: 'latency', ms: -1 }, 'its ms is wrong'],
    [{ ...any, kind: 'latency', ms: 86_400_001 }, 'its ms is wrong'],
    [{ ...any, kind: 'latency', ms: Number.NaN }, 'its ms is wrong'],
    [
      { ...any, kind: 'latency', ms: { distribution: 'uniform', fromMs: 2, toMs: 1 } },
      'its ms is wrong',
    ],
    [{ ...any, kind: 'latency', ms: { distribution: 'cauchy', meanMs: 2 } }, 'its ms is wrong'],
    [{ ...any, kind: 'status', status: 399 }, 'its status is wrong: Too small'],
    [{ ...any, kind: 'status', status: 600 }, 'its status is wrong: Too big'],
    [{ ...any, kind: 'status', status: 400, body: () => 1 }, 'its body is wrong'],
    [{ ...any, kind: 'status', status: 400, headers: { 'a b': 'c' } }, 'its headers.a b is wrong'],
    [
      { ...any, kind: 'status', status: 400, headers: { a: 'c\r\nd: e' } },
      'its headers.a is wrong',
    ],
    [
      { ...any, kind: 'status', status: 400, headers: { 'Content-length': '9' } },
      'its headers.Content-length is wrong',
    ],
    [{ ...any, kind: 'rate limited' }, 'its retryAfterSeconds is wrong'],
    [{ ...any, kind: 'rate limited', retryAfterSeconds: 0.5 }, 'its retryAfterSeconds is wrong'],
    [{ ...any, kind: 'HTML page', status: 204 }, 'its status is wrong: no page has it'],
    [{ ...any, kind: 'HTML page', status: 302 }, 'its status is wrong: no page has it'],
    [{ ...any, kind: 'wrong content type', contentType: 'a\nb' }, 'its contentType is wrong'],
    [{ ...any, kind: 'truncated body', share: 1 }, 'its share is wrong'],
    [
      { ...any, kind: 'truncated body', share: 0.1, afterBytes: 1 },
      'it has afterBytes or share, not both',
    ],
    [{ ...any, kind: 'slow body', bytes: 0, everyMs: 1 }, 'its bytes is wrong'],
    [{ ...any, kind: 'slow body', bytes: 1 }, 'its everyMs is wrong'],
    [{ ...any, kind: 'duplicate delivery' }, 'its operation is wrong'],
    [
      { operation: 'downloadTrades', kind: 'duplicate delivery', coId: 'a' },
      'Unrecognized key: "coId"',
    ],
    [{ ...any, kind: 'duplicate request', answer: 'third' }, 'its answer is wrong'],
    [{ ...any, kind: 'expired token', status: 401 }, 'Unrecognized key: "status"'],
  ]
  for (const [fault, sentence] of rows) {
    it(`is ${JSON.stringify(fault)}`, () => {
      const { faults } = setupIntegral()
      assert.throws(
        () => faults.stage(fault as never),
        RangeError,
        `Failed to stage a fault: ${sentence}`,
      )
      assert.isEmpty(faults.staged)
    })
  }
})

/** Sends as an app would that knows no fetch. */
async function byNodeHttp(
  baseUrl: string,
  { user, password: pass, org }: { user: string; password: string; org: string },
) {
  const ask = async (path: string, body: unknown, token?: string) => {
    const headers = { 'Content-Type': 'application/json', ...(token && { SSO_TOKEN: token }) }
    const sent = request(baseUrl + path, { method: 'POST', headers })
    const answered = once(sent, 'response')
    sent.end(JSON.stringify(body))
    const [response] = (await answered) as [IncomingMessage]
    let text = ''
    response.setEncoding('utf8')
    response.on('data', (piece: string) => {
      text += piece
    })
    const failure = await once(response, 'end').then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    return { response, text, failure }
  }
  const { response } = await ask('/v2/sso/login', { user, pass, org })
  return { token: String(response.headers.sso_token), ask }
}
