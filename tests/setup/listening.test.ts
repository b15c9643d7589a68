import { createServer, get } from 'node:http'
import type { AddressInfo } from 'node:net'
import { after, afterEach, before, describe, it, mock } from 'node:test'
import { assert } from 'chai'
import { HttpResponse, http } from 'msw'
import { setupServer } from 'msw/node'
import { setupIntegral } from '../../src/index.ts'
import { loggedIn, login } from './login.ts'

describe('A simulation that listens', () => {
  const integral = setupIntegral({ baseUrl: 'https://uat.fxinside.net' })

  afterEach(() => {
    integral.close()
    integral.reset()
  })

  it('answers the global fetch', async () => {
    integral.listen()
    const answer = await login(fetch, integral.baseUrl, integral.credentials)
    assert.equal(answer.status, 200)
    assert.lengthOf(answer.headers.getSetCookie(), 2)
  })

  it('listens again after it was closed', async () => {
    integral.listen()
    integral.close()
    integral.listen()
    assert.equal((await login(fetch, integral.baseUrl, integral.credentials)).status, 200)
  })

  it('does not mind being closed twice, or before it listened', () => {
    assert.doesNotThrow(() => integral.close())
    assert.doesNotThrow(() => integral.close())
  })

  it('refuses to listen twice at one base URL', () => {
    integral.listen()
    const other = setupIntegral({ baseUrl: 'https://UAT.fxinside.net/' })
    assert.throws(
      () => other.listen(),
      'Failed to listen at https://uat.fxinside.net: a simulation is listening there already. Close it first, or give this one another baseUrl.',
    )
    other.close()
    assert.doesNotThrow(() => integral.close())
  })
})

describe('A call that no simulation answers', () => {
  const integral = setupIntegral()
  const requests: string[] = []
  const host = createServer((request, response) => {
    requests.push(request.url ?? '')
    response.end('a real host')
  })
  let elsewhere = ''

  before(async () => {
    await new Promise<void>((resolve) => host.listen(0, '127.0.0.1', resolve))
    elsewhere = `http://127.0.0.1:${(host.address() as AddressInfo).port}`
    integral.listen()
  })
  after(() => {
    integral.close()
    host.close()
  })

  // MSW's own `error` strategy lets the last two of these through.
  for (const path of ['/v2/rates/spot', '/marketdataset.json', '/index.html']) {
    it(`does not reach the network: GET ${path}`, async () => {
      const failure = await fetch(`${elsewhere}${path}?secret=hidden`).catch(
        (thrown: unknown) => thrown,
      )
      assert.instanceOf(failure, TypeError)
      assert.equal(
        (failure.cause as Error).message,
        `Failed to reach GET ${elsewhere}${path}: no simulation answers there, and nothing leaves this process. Check the base URL.`,
      )
      assert.deepEqual(requests, [])
    })
  }

  it('does not reach the network by node:http either', async () => {
    const failure = await new Promise((resolve, reject) =>
      get(`${elsewhere}/v2/rates/spot`, reject).on('error', resolve),
    )
    assert.instanceOf(failure, Error)
    assert.deepEqual(requests, [])
  })

  it('prints no password', async () => {
    const printed = mock.method(console, 'error', () => {})
    await login(fetch, elsewhere, integral.credentials).catch(() => {})
    printed.mock.restore()
    const lines = printed.mock.calls.flatMap((call) => call.arguments.map(String))
    assert.notInclude(lines.join('\n'), integral.credentials.password)
  })

  it('fails as well where the handlers are called directly', async () => {
    const failure = await integral
      .fetch(`${elsewhere}/v2/rates/spot?secret=hidden`)
      .catch((thrown: unknown) => thrown)
    assert.instanceOf(failure, TypeError)
    assert.match(failure.message, /^Failed to reach GET \S+\/v2\/rates\/spot: no simulation/)
    assert.deepEqual(requests, [])
  })

  it('fails where the path is none of Integral’s, even at the base URL', async () => {
    const answer = await fetch(`${integral.baseUrl}/v2/no/such/path`)
    assert.equal(answer.status, 404)
    const failure = await fetch(`${integral.baseUrl}/elsewhere`).catch((thrown: unknown) => thrown)
    assert.instanceOf(failure, TypeError)
  })
})

describe('Two simulations side by side', () => {
  const east = setupIntegral({ baseUrl: 'https://east.invalid', seed: 'east' })
  const west = setupIntegral({ baseUrl: 'https://west.invalid/api', seed: 'west' })

  afterEach(() => {
    east.close()
    west.close()
  })

  it('know their own users only', async () => {
    east.listen()
    west.listen()
    for (const [here, there] of [
      [east, west],
      [west, east],
    ] as const) {
      assert.equal((await login(fetch, here.baseUrl, here.credentials)).status, 200)
      assert.equal((await login(fetch, here.baseUrl, there.credentials)).status, 401)
    }
  })

  it('go on after the other one was closed', async () => {
    east.listen()
    west.listen()
    east.close()
    assert.equal((await login(fetch, west.baseUrl, west.credentials)).status, 200)
    const failure = await login(fetch, east.baseUrl, east.credentials).catch((thrown) => thrown)
    assert.instanceOf(failure, TypeError)
  })
})

describe('Handlers mounted in a server of one’s own', () => {
  const integral = setupIntegral()
  const server = setupServer(
    http.get('https://other.invalid/', () => HttpResponse.text('other')),
    ...integral.handlers,
  )
  before(() => server.listen({ onUnhandledFrame: 'error' }))
  afterEach(() => {
    server.resetHandlers()
    integral.reset()
  })
  after(() => server.close())

  it('answer beside the others', async () => {
    const send = await loggedIn(fetch, integral.baseUrl, integral.credentials)
    assert.equal((await send('/v2/rates/spot?symbol=EUR/USD')).status, 200)
    assert.equal(await (await fetch('https://other.invalid/')).text(), 'other')
  })

  it('can be overridden for one test', async () => {
    server.use(http.post(`${integral.baseUrl}/v2/orders`, () => HttpResponse.error()))
    const send = await loggedIn(fetch, integral.baseUrl, integral.credentials)
    const failure = await send('/v2/orders', {}).catch((thrown: unknown) => thrown)
    assert.instanceOf(failure, TypeError)
  })

  it('go on after a reset, from the beginning', async () => {
    const before = await loggedIn(fetch, integral.baseUrl, integral.credentials)
    integral.reset()
    assert.equal((await before('/v2/orders')).status, 401)
    const after = await loggedIn(fetch, integral.baseUrl, integral.credentials)
    assert.equal((await after('/v2/orders')).status, 200)
  })
})
