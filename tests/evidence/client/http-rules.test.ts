import { describe, it } from 'node:test'
import { assert } from 'chai'
import { foundIn, loggedIn, resultIn, Watch } from './watch.ts'

const refusal = (status: number) => Response.json({ errorCode: 'x' }, { status })

describe('client.well-formed', () => {
  const result = (watch: Watch) => resultIn(watch.report(), 'client.well-formed')

  it('is held by what the server takes', async () => {
    assert.equal(result(await loggedIn()), 'held')
  })

  const post =
    (body: unknown, headers = {}) =>
    async (watch: Watch) =>
      watch.call('POST', '/v2/orders', refusal(400), body, { headers })
  const order = {
    ...{ coId: 'c', type: 'Limit', side: 'Buy', symbol: 'EUR/USD', currency: 'EUR' },
    ...{ size: 1, price: 1, timeInForce: 'GTC' },
  }
  const flaws: Readonly<Record<string, (watch: Watch) => Promise<unknown>>> = {
    'POST /v2/orders was refused with 400: size: Invalid input: expected number, received string':
      post({ ...order, size: '1' }),
    'POST /v2/orders was refused with 400: it comes without stopPrice and execFlags': post({
      ...order,
      type: 'Stop',
    }),
    'POST /v2/orders was refused with 400: its body is no JSON object': post('{"coId":'),
    'POST /v2/orders was refused with 400: its content type is text/plain': post(order, {
      'Content-Type': 'text/plain',
    }),
    'GET /v2/rates/spot was refused with 400: symbol: Invalid input: expected string, received undefined':
      (watch) => watch.refused('/v2/rates/spot', 400),
  }
  for (const [detail, call] of Object.entries(flaws)) {
    it(`is broken where ${detail}`, async () => {
      const watch = await loggedIn()
      await call(watch)
      await call(watch)
      assert.deepEqual(foundIn(watch.report()), [
        { rule: 'client.well-formed', detail, exchanges: [2, 3], user: 'ada' },
      ])
    })
  }

  it('lets be refused what is well made, and ill-made what is taken or was staged', async () => {
    const watch = await loggedIn()
    await watch.place('1', {}, refusal(400))
    await watch.place('2', { size: '5' }, refusal(400), { fault: 'status' })
    await watch.cancel('3', 400)
    await watch.place('5', { size: 'much' }, refusal(401))
    await watch.login()
    await watch.place('4', { size: '1000' })
    await watch.query('4', 'FILLED')
    assert.deepEqual(watch.report().findings, [])
  })

  it('is not verified where nothing came in', () => {
    assert.equal(result(new Watch()), 'not verified: no request of the API came in')
  })
})

describe('client.known-paths', () => {
  it('is broken by a path, or a method, that there is not', async () => {
    const watch = await loggedIn()
    await watch.refused('/v2/order/1', 404)
    await watch.call('PUT', '/v2/orders/1', refusal(405))
    assert.deepEqual(foundIn(watch.report()), [
      {
        rule: 'client.known-paths',
        detail: 'there is no GET /v2/order/1',
        exchanges: [2],
        user: 'ada',
      },
      {
        rule: 'client.known-paths',
        detail: 'there is no PUT /v2/orders/1',
        exchanges: [3],
        user: 'ada',
      },
    ])
  })

  it('lets be what the documentation has besides', async () => {
    const watch = await loggedIn()
    for (const path of ['/v2/rfs', '/sso/tokens/renew', '/v2/trades/amend', '/v2/positions'])
      await watch.refused(path, 404)
    assert.deepEqual(watch.report().findings, [])
    await watch.refused('/v2/trades/stp/message', 404)
    assert.lengthOf(watch.report().findings, 1)
  })

  it('is held where all are known, and not verified where there are none', async () => {
    assert.equal(resultIn((await loggedIn()).report(), 'client.known-paths'), 'held')
    assert.match(resultIn(new Watch().report(), 'client.known-paths'), /^not verified/)
  })
})

describe('client.secrets-hidden', () => {
  const found = async (query: string) => {
    const watch = await loggedIn()
    await watch.call('GET', `/v2/rates/spot?symbol=EUR%2FUSD${query}`, Response.json({}))
    return foundIn(watch.report())
  }

  it('is broken by a token in the address, under whatever name', async () => {
    for (const name of ['SSO_TOKEN', 'session']) {
      assert.deepEqual(await found(`&${name}=token-of-ada-1`), [
        {
          rule: 'client.secrets-hidden',
          detail: `a secret stood in the address, as ${name}`,
          exchanges: [2],
          user: 'ada',
        },
      ])
    }
  })

  it('is broken by what is called a secret, whether it is one or not', async () => {
    assert.lengthOf(await found('&password=unheard-of'), 1)
  })

  it('lets be what is none, and a coId that another took for a password', async () => {
    assert.deepEqual(await found('&token=&coId=pass-word&channel=desk'), [])
  })

  it('is held where tokens travel, and not verified where none did', async () => {
    const watch = await loggedIn()
    assert.match(resultIn(watch.report(), 'client.secrets-hidden'), /^not verified/)
    await watch.rate()
    assert.equal(resultIn(watch.report(), 'client.secrets-hidden'), 'held')
  })
})

describe('client.back-off', () => {
  const result = (watch: Watch) => resultIn(watch.report(), 'client.back-off')
  const failing = async (pauses: readonly number[], status = 503, headers = {}) => {
    const watch = await loggedIn()
    for (const pause of pauses) await watch.pass(pause).refused('/v2/orders/1', status, {}, headers)
    return watch
  }

  it('is held by pauses, the first ones short', async () => {
    assert.equal(result(await failing([1_000, 50, 100, 200, 400])), 'held')
  })

  for (const status of [500, 429])
    it(`is broken by ${status}s without any`, async () => {
      const watch = await failing([1_000, 10, 10, 10, 10], status)
      assert.deepEqual(foundIn(watch.report()), [
        {
          rule: 'client.back-off',
          detail: '5 times GET /v2/orders/1, which failed within 0.04 s; at most one each 0.2 s',
          exchanges: [2, 3, 4, 5, 6],
          user: 'ada',
        },
      ])
      assert.match(resultIn(watch.timeless(), 'client.back-off'), /clock stood still/)
    })

  it('leaves to others what says how long to wait, and placings', async () => {
    const told = await failing([1, 1, 1, 1, 1, 1], 429, { 'Retry-After': '0' })
    assert.deepEqual(told.report().findings, [])
    const placings = await loggedIn()
    for (let times = 0; times < 6; times++) await placings.pass(1).place('1', {}, refusal(503))
    assert.deepEqual(placings.report().findings, [])
  })

  it('is not verified by few failures', async () => {
    assert.match(result(await failing([1, 1, 1, 1])), /^not verified: no request failed often/)
  })
})

describe('client.retry-after', () => {
  const result = (watch: Watch) => resultIn(watch.report(), 'client.retry-after')
  const after = async (ms: number, path = '/v2/orders/1') => {
    const watch = await loggedIn()
    await watch.refused('/v2/orders/1', 429, {}, { 'Retry-After': '2' })
    await watch.pass(ms).refused(path, 404)
    return watch
  }

  it('is held where the client waits, and broken where it does not', async () => {
    assert.equal(result(await after(1_960)), 'held')
    const watch = await after(500)
    assert.deepEqual(foundIn(watch.report()), [
      {
        rule: 'client.retry-after',
        detail: 'GET /v2/orders/1 came again 0.5 s after 429, told to wait 2 s',
        exchanges: [2, 3],
        user: 'ada',
      },
    ])
    assert.match(resultIn(watch.timeless(), 'client.retry-after'), /clock stood still/)
  })

  it('lets something else be asked meanwhile, and is not verified then', async () => {
    assert.equal(
      result(await after(10, '/v2/orders/2')),
      'not verified: no answer said Retry-After',
    )
  })
})

describe('client.request-id', () => {
  const result = (watch: Watch) => resultIn(watch.report(), 'client.request-id')
  const same = { headers: { 'X-Request-ID': 'same' } }

  it('is held where each has its own, or only the same request the same', async () => {
    const watch = await loggedIn()
    await watch.query('1', 'NEW', same)
    await watch.query('1', 'NEW', same)
    await watch.rate()
    assert.equal(result(watch), 'held')
    assert.deepEqual(watch.report().findings, [])
  })

  it('is broken where different requests have the same', async () => {
    const watch = await loggedIn()
    await watch.query('1', 'NEW', same)
    await watch.query('2', 'NEW', same)
    assert.deepEqual(foundIn(watch.report()), [
      {
        rule: 'client.request-id',
        detail: '2 requests, not all the same, had X-Request-ID same',
        exchanges: [2, 3],
        user: 'ada',
      },
    ])
  })

  it('lets another session count from the start', async () => {
    const watch = await loggedIn('bob')
    await watch.query('1', 'NEW', same)
    await watch.query('2', 'NEW', { ...same, as: 'bob' })
    assert.deepEqual(watch.report().findings, [])
  })

  it('is not verified without', async () => {
    assert.match(result(await loggedIn()), /^not verified/)
  })
})
