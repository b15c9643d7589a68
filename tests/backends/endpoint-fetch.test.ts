import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { createServer as createNetServer, type Socket } from 'node:net'
import { before, describe, it } from 'node:test'
import { gzipSync } from 'node:zlib'
import { assert } from 'chai'
import type { Dispatcher } from 'undici'
import { createIntegralClient } from '../../src/api/client/create-integral-client.ts'
import { NoAnswerError } from '../../src/api/client/no-answer-error.ts'
import type { Fetch } from '../../src/api/fetch.ts'
import { createEndpointDispatcher } from '../../src/backends/endpoint/dispatcher.ts'
import type { ConnectTarget } from '../../src/backends/endpoint/dispatcher-connect.ts'
import type { EndpointConfig } from '../../src/backends/endpoint/endpoint-config.ts'
import { endpointFetch } from '../../src/backends/endpoint/endpoint-fetch.ts'
import { realClock } from '../../src/backends/endpoint/real-clock.ts'
import { type Certified, certified, madeAuthority } from './certificates.ts'
import { configOf } from './environment.ts'
import { freePort, serving, silent, tunnelTo } from './servers.ts'

/** Limits that a test can wait for. */
const SOON = { 'connect.withinMs': 150, 'headers.withinMs': 150, 'body.withinMs': 150 }

/** Only connecting has to be quick; and the whole is bound to less than undici's own limits. */
const CONNECT_SOON = { 'connect.withinMs': 150, 'headers.withinMs': 4_000, 'body.withinMs': 4_000 }

interface Door {
  readonly fetch: Fetch
  readonly dispatcher: Dispatcher
  /** Every attempt to connect. */
  readonly attempts: readonly ConnectTarget[]
}

async function through<T>(config: EndpointConfig, use: (door: Door) => Promise<T>): Promise<T> {
  const attempts: ConnectTarget[] = []
  const dispatcher = createEndpointDispatcher(config, {
    onConnect: (target) => attempts.push(target),
  })
  try {
    return await use({ fetch: endpointFetch(config, dispatcher), dispatcher, attempts })
  } finally {
    await dispatcher.destroy()
  }
}

/** How the client labels the failure of a placing: by the innermost code of the cause chain. */
async function labelOf({ fetch }: Pick<Door, 'fetch'>, { baseUrl, credentials }: EndpointConfig) {
  const client = createIntegralClient({ baseUrl, fetch, clock: realClock, credentials })
  const error = await client.call('placeOrder', { body: {}, token: 'T' }).then(
    (answer) => assert.fail(`Answered with ${answer.httpStatus}`),
    (thrown: unknown) => thrown,
  )
  if (!(error instanceof NoAnswerError)) throw error
  return /got (.+)\.$/.exec(error.message)?.[1]
}

const http = (listener: RequestListener) => createServer(listener)
const tcp = (use: (socket: Socket) => void) => createNetServer((socket) => use(socket))
const plain = (port: number, more = {}, settings = {}) =>
  configOf(`http://127.0.0.1:${port}`, more, settings)

describe('endpointFetch', () => {
  it('sends what the request says and gives back what is answered', async () => {
    const seen: unknown[] = []
    const server = http((request, answer) => {
      request.setEncoding('utf8').on('data', (body) => {
        const { method, url, headers } = request
        seen.push({ method, url, body, type: headers['content-type'], token: headers.sso_token })
        answer.writeHead(202, {
          'Set-Cookie': ['SSO_TOKEN=a', 'SSO_TOKEN=b'],
          'X-Name': 'J\u00fcrgen',
        })
        answer.end('{"a":"ü"}')
      })
    })
    await serving(server, (port) =>
      through(plain(port), async ({ fetch }) => {
        const request = new Request(`http://127.0.0.1:${port}/v2/orders?a=b%2Fc`, {
          method: 'POST',
          body: '{"coId":"1"}',
          headers: { 'Content-Type': 'application/json', SSO_TOKEN: 'T' },
        })
        const answer = await fetch(request)
        assert.equal(answer.status, 202)
        assert.deepEqual(answer.headers.getSetCookie(), ['SSO_TOKEN=a', 'SSO_TOKEN=b'])
        assert.equal(answer.headers.get('x-name'), 'J\u00fcrgen')
        assert.equal(await answer.text(), '{"a":"ü"}')
        assert.deepEqual(seen, [
          {
            method: 'POST',
            url: '/v2/orders?a=b%2Fc',
            body: '{"coId":"1"}',
            type: 'application/json',
            token: 'T',
          },
        ])
      }),
    )
  })

  it('keeps its connection for the next request, but no request goes out twice', async () => {
    let connections = 0
    const statuses = [200, 421, 407, 401, 503, 204, 304]
    const seen: string[] = []
    const server = http((request, answer) => {
      request.resume()
      seen.push(request.url ?? '')
      answer.writeHead(Number(request.url?.slice(1))).end()
    }).on('connection', () => connections++)
    await serving(server, (port) =>
      through(plain(port, {}, { 'pool.connections': 1 }), async ({ fetch, attempts }) => {
        for (const status of statuses) {
          const request = new Request(`http://127.0.0.1:${port}/${status}`, {
            method: 'POST',
            body: 'x',
          })
          const answer = await fetch(request)
          assert.equal(answer.status, status)
          assert.equal(await answer.text(), '')
        }
        assert.deepEqual(
          seen,
          statuses.map((status) => `/${status}`),
        )
        assert.equal(connections, 1)
        assert.deepEqual(attempts, [{ host: '127.0.0.1', port, address: '127.0.0.1' }])
      }),
    )
  })

  it('opens as many connections as it may, and no more', async () => {
    const waiting: (() => void)[] = []
    let connections = 0
    const server = http((_, answer) => {
      waiting.push(() => answer.end('x'))
      if (waiting.length === 2) for (const go of waiting.splice(0)) go()
    }).on('connection', () => connections++)
    await serving(server, (port) =>
      through(plain(port, {}, { 'pool.connections': 2 }), async ({ fetch }) => {
        const get = async () => (await fetch(new Request(`http://127.0.0.1:${port}/`))).text()
        assert.lengthOf(await Promise.all([1, 2, 3, 4, 5, 6].map(get)), 6)
        assert.equal(connections, 2)
      }),
    )
  })

  it('does not follow a redirect, wherever it leads', async () => {
    const seen: unknown[] = []
    const elsewhere = http((_, answer) => answer.end())
    elsewhere.on('connection', () => seen.push('elsewhere'))
    await serving(elsewhere, (other) =>
      serving(
        http((request, answer) => {
          seen.push(request.url)
          answer.writeHead(307, { Location: `http://127.0.0.1:${other}/` }).end()
        }),
        (port) =>
          through(plain(port), async ({ fetch }) => {
            const answer = await fetch(new Request(`http://127.0.0.1:${port}/here`))
            assert.equal(answer.status, 307)
            assert.equal(answer.headers.get('location'), `http://127.0.0.1:${other}/`)
            assert.deepEqual(seen, ['/here'])
          }),
      ),
    )
  })

  it('undoes a compression that nobody asked for, in refusals too', async () => {
    const server = http(({ headers }, answer) => {
      assert.isUndefined(headers['accept-encoding'])
      answer.writeHead(400, { 'Content-Encoding': 'gzip' }).end(gzipSync('{"errorCode":"x"}'))
    })
    await serving(server, (port) =>
      through(plain(port), async ({ fetch }) => {
        const answer = await fetch(new Request(`http://127.0.0.1:${port}/`))
        assert.equal(await answer.text(), '{"errorCode":"x"}')
      }),
    )
  })

  it('refuses every other origin before anything is sent', async () => {
    let connections = 0
    const other = http((_, answer) => answer.end()).on('connection', () => connections++)
    await serving(other, async (elsewhere) => {
      const config = plain(await freePort())
      await through(config, async ({ fetch, dispatcher, attempts }) => {
        for (const url of [
          `http://127.0.0.1:${elsewhere}/`,
          `http://localhost:${elsewhere}/`,
          `${config.baseUrl.replace('127.0.0.1', '127.0.0.2')}/`,
          `${config.baseUrl.replace('http', 'https')}/`,
        ]) {
          const refusal = await fetch(new Request(url)).catch((error: unknown) => error)
          assert.deepInclude(refusal, { code: 'OTHER_ORIGIN' })
          assert.include(String(refusal), new URL(url).origin)
        }
        const direct = dispatcher.request({
          origin: `http://127.0.0.1:${elsewhere}`,
          path: '/',
          method: 'GET',
        })
        assert.deepInclude(await direct.catch((error: unknown) => error), { code: 'OTHER_ORIGIN' })
        assert.deepEqual(attempts, [])
      })
    })
    assert.equal(connections, 0)
  })
})

describe('A time limit', () => {
  it('ends the wait for an answer that does not begin', async () => {
    await serving(silent(), async (port) => {
      const config = plain(port, {}, { ...SOON, 'body.withinMs': 60_000 })
      assert.equal(
        await through(config, (door) => labelOf(door, config)),
        'no HTTP answer: UND_ERR_HEADERS_TIMEOUT',
      )
    })
  })

  it('ends the wait for an answer that falls silent', async () => {
    const server = http((_, answer) => {
      answer.writeHead(200, { 'Content-Length': 9 }).write('{')
    })
    await serving(server, async (port) => {
      const config = plain(port, {}, { ...SOON, 'connect.withinMs': 60_000 })
      assert.equal(
        await through(config, (door) => labelOf(door, config)),
        'HTTP 200, then no complete body: UND_ERR_BODY_TIMEOUT',
      )
    })
  })

  it('ends an answer that trickles for ever', async () => {
    const server = http((_, answer) => {
      answer.writeHead(200)
      const timer = setInterval(() => answer.write(' '), 10)
      answer.on('close', () => clearInterval(timer))
    })
    await serving(server, async (port) => {
      const config = plain(port, {}, { ...SOON, 'body.withinMs': 300 })
      assert.equal(
        await through(config, (door) => labelOf(door, config)),
        'HTTP 200, then no complete body: ETIMEDOUT',
      )
    })
  })

  it('ends a TLS handshake that nobody answers', async () => {
    await serving(silent(), async (port) => {
      const config = configOf(`https://127.0.0.1:${port}`, {}, CONNECT_SOON)
      await through(config, async (door) => {
        assert.equal(await labelOf(door, config), 'no HTTP answer: UND_ERR_CONNECT_TIMEOUT')
        assert.deepEqual(door.attempts, [{ host: '127.0.0.1', port }])
      })
    })
  })

  it('ends the wait for a proxy that does not answer', async () => {
    await serving(silent(), async (port) => {
      const config = configOf(
        'https://uat.fxinside.net',
        { HTTPS_PROXY: `http://127.0.0.1:${port}` },
        CONNECT_SOON,
      )
      const label = await through(config, (door) => labelOf(door, config))
      assert.equal(label, 'no HTTP answer: UND_ERR_HEADERS_TIMEOUT')
    })
  })
})

describe('A connection', () => {
  it('that is refused, reset or closed has a code', async () => {
    const refused = plain(await freePort())
    await through(refused, async (door) => {
      assert.equal(await labelOf(door, refused), 'no HTTP answer: ECONNREFUSED')
      assert.deepEqual(door.attempts, [
        { host: '127.0.0.1', port: Number(new URL(refused.baseUrl).port) },
      ])
    })
    const behaviours: readonly (readonly [(socket: Socket) => void, string])[] = [
      [(socket) => socket.once('data', () => socket.resetAndDestroy()), 'ECONNRESET'],
      [(socket) => socket.once('data', () => socket.end()), 'UND_ERR_SOCKET'],
    ]
    for (const [behaviour, code] of behaviours) {
      await serving(tcp(behaviour), async (port) => {
        const config = plain(port)
        assert.equal(
          await through(config, (door) => labelOf(door, config)),
          `no HTTP answer: ${code}`,
        )
      })
    }
  })

  it('to localhost goes to loopback, and no resolver is asked', async () => {
    await serving(
      http((_, answer) => answer.end('here')),
      async (port) => {
        const config = configOf(`http://localhost:${port}`)
        await through(config, async ({ fetch, attempts }) => {
          assert.equal(await (await fetch(new Request(`${config.baseUrl}/`))).text(), 'here')
          assert.deepEqual(attempts, [{ host: 'localhost', port, address: '127.0.0.1' }])
        })
      },
    )
  })
})

describe('TLS', () => {
  let ca: Certified
  before(async () => {
    ca = await madeAuthority()
  })

  const tls = (own: Certified) => createTlsServer(own, (_, answer) => answer.end('{}'))
  const trusting = (config: EndpointConfig): EndpointConfig => ({ ...config, ca: ca.cert })

  it('trusts the certificates of the CA file', async () => {
    await serving(tls(await certified(ca, '127.0.0.1')), async (port) => {
      const config = trusting(configOf(`https://127.0.0.1:${port}`))
      const answer = await through(config, ({ fetch }) =>
        fetch(new Request(`${config.baseUrl}/`)).then((response) => response.text()),
      )
      assert.equal(answer, '{}')
    })
  })

  it('trusts no other, whatever the environment says', async () => {
    await serving(tls(await certified(ca, '127.0.0.1')), async (port) => {
      const config = configOf(`https://127.0.0.1:${port}`)
      const before = process.env.NODE_TLS_REJECT_UNAUTHORIZED
      process.env.NODE_TLS_REJECT_UNAUTHORIZED = '0'
      try {
        assert.equal(
          await through(config, (door) => labelOf(door, config)),
          'no HTTP answer: UNABLE_TO_VERIFY_LEAF_SIGNATURE',
        )
      } finally {
        if (before === undefined) delete process.env.NODE_TLS_REJECT_UNAUTHORIZED
        else process.env.NODE_TLS_REJECT_UNAUTHORIZED = before
      }
    })
  })

  it('refuses a certificate of another name', async () => {
    await serving(tls(await certified(ca, 'other.example')), async (port) => {
      const config = trusting(configOf(`https://localhost:${port}`))
      assert.equal(
        await through(config, (door) => labelOf(door, config)),
        'no HTTP answer: ERR_TLS_CERT_ALTNAME_INVALID',
      )
    })
  })

  it('reaches a host that only the proxy knows, through the proxy', async () => {
    const requests: string[] = []
    await serving(tls(await certified(ca, 'uat.fxinside.net')), (port) =>
      serving(tunnelTo(port, requests), async (proxyPort) => {
        const proxy = `http://me:p%40ss@127.0.0.1:${proxyPort}`
        const settings = { 'pool.connections': 1 }
        const config = trusting(
          configOf('https://uat.fxinside.net', { HTTPS_PROXY: proxy }, settings),
        )
        await through(config, async ({ fetch, attempts }) => {
          for (const path of ['/a', '/b']) {
            const answer = await fetch(new Request(`https://uat.fxinside.net${path}`))
            assert.equal(await answer.text(), '{}')
          }
          assert.deepEqual(attempts, [{ host: '127.0.0.1', port: proxyPort, address: '127.0.0.1' }])
        })
      }),
    )
    assert.lengthOf(requests, 1)
    assert.match(requests[0] ?? '', /^CONNECT uat\.fxinside\.net:443 HTTP\/1\.1\r\n/)
    const authorization = Buffer.from('me:p@ss').toString('base64')
    assert.match(requests[0] ?? '', new RegExp(`proxy-authorization: Basic ${authorization}`, 'i'))
  })

  it('is verified behind a proxy too', async () => {
    await serving(tls(await certified(ca, 'other.example')), (port) =>
      serving(tunnelTo(port, []), async (proxyPort) => {
        const config = configOf('https://uat.fxinside.net', {
          HTTPS_PROXY: `http://127.0.0.1:${proxyPort}`,
        })
        assert.equal(
          await through(config, (door) => labelOf(door, config)),
          'no HTTP answer: UNABLE_TO_VERIFY_LEAF_SIGNATURE',
        )
        assert.equal(
          await through(trusting(config), (door) => labelOf(door, config)),
          'no HTTP answer: ERR_TLS_CERT_ALTNAME_INVALID',
        )
      }),
    )
  })

  it('does not begin where the proxy refuses', async () => {
    const refusing = http(() => {}).on('connect', (_, socket) =>
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'),
    )
    await serving(refusing, async (proxyPort) => {
      const config = configOf('https://uat.fxinside.net', {
        HTTPS_PROXY: `http://127.0.0.1:${proxyPort}`,
      })
      assert.equal(
        await through(config, (door) => labelOf(door, config)),
        'no HTTP answer: UND_ERR_ABORTED',
      )
    })
  })

  it('to loopback goes past every proxy', async () => {
    let proxied = 0
    const proxy = tcp((socket) => socket.destroy()).on('connection', () => proxied++)
    const own = await certified(ca, 'localhost')
    await serving(proxy, (proxyPort) =>
      serving(tls(own), async (port) => {
        const url = `http://127.0.0.1:${proxyPort}`
        const all = { HTTPS_PROXY: url, HTTP_PROXY: url, https_proxy: url, http_proxy: url }
        const { baseUrl, ...config } = trusting(configOf(`https://localhost:${port}`, all))
        // Even where a configuration names one.
        const misled = { ...config, baseUrl, proxy: { url, shown: url, secrets: [] } }
        await through(misled, async ({ fetch, attempts }) => {
          assert.equal(await (await fetch(new Request(`${baseUrl}/`))).text(), '{}')
          assert.deepEqual(attempts, [{ host: 'localhost', port, address: '127.0.0.1' }])
        })
      }),
    )
    assert.equal(proxied, 0)
  })
})
