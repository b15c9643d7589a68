import { once } from 'node:events'
import { createServer as createHttpServer, type RequestListener } from 'node:http'
import { createServer as createNetServer, type Server, type Socket } from 'node:net'
import { after, before, describe, it } from 'node:test'
import { inspect } from 'node:util'
import { assert } from 'chai'
import { Agent } from 'undici'
import { NoAnswerError } from '../../src/api/client/no-answer-error.ts'
import { clientOf, ORDER, PASSWORD, TOKEN } from './stub.ts'
import { undiciFetchOn } from './undici-fetch.ts'

/** Runs `use` with the base URL of a server on a free loopback port. */
async function serving<T>(server: Server, use: (baseUrl: string) => Promise<T>): Promise<T> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  try {
    const address = server.address()
    if (address === null || typeof address === 'string') throw new Error('No port.')
    return await use(`http://127.0.0.1:${address.port}`)
  } finally {
    server.close()
  }
}

/** A server that reads a request and then does as it is told with the socket. */
const raw = (answer: (socket: Socket) => void) =>
  createNetServer((socket) => {
    socket.on('error', () => {})
    socket.once('data', () => answer(socket))
  })

const http = (listener: RequestListener) => createHttpServer(listener)

describe('Over a real socket', () => {
  let agent: Agent
  before(() => {
    agent = new Agent({ headersTimeout: 2_000, bodyTimeout: 2_000, connect: { timeout: 2_000 } })
  })
  after(() => agent.destroy())

  const clientAt = (baseUrl: string) => clientOf({ baseUrl, fetch: undiciFetchOn(agent) })

  async function unanswered(work: Promise<unknown>): Promise<NoAnswerError> {
    const error = await work.then(
      () => undefined,
      (thrown: unknown) => thrown,
    )
    if (!(error instanceof NoAnswerError)) assert.fail(`Expected no answer, got ${inspect(error)}`)
    assert.instanceOf(error.cause, Error)
    assert.notInclude(inspect(error, { depth: 9, showHidden: true }), PASSWORD)
    assert.notInclude(inspect(error, { depth: 9, showHidden: true }), TOKEN)
    return error
  }

  it('a refused connection is no answer', async () => {
    const gone = await serving(
      raw(() => {}),
      async (baseUrl) => baseUrl,
    )
    const error = await unanswered(clientAt(gone).login())
    assert.equal(
      error.message,
      `POST ${gone}/v2/sso/login (login) got no HTTP answer: ECONNREFUSED.`,
    )
    assert.deepInclude(error, {
      name: 'NoAnswerError',
      operation: 'login',
      method: 'POST',
      url: `${gone}/v2/sso/login`,
      requestId: 'request-1',
      httpStatus: undefined,
    })
  })

  it('bytes that are not HTTP are no answer', async () => {
    const gibberish = raw((socket) => socket.end(`220 ${TOKEN}\r\n`))
    await serving(gibberish, async (baseUrl) => {
      const error = await unanswered(clientAt(baseUrl).login())
      assert.match(error.message, /got no HTTP answer: HTTPParserError\.$/)
    })
  })

  it('a connection closed without a word is no answer', async () => {
    await serving(
      raw((socket) => socket.end()),
      async (baseUrl) => {
        const error = await unanswered(
          clientAt(baseUrl).call('placeOrder', { body: ORDER, token: TOKEN }),
        )
        assert.deepInclude(error, { operation: 'placeOrder', httpStatus: undefined })
      },
    )
  })

  it('an answer cut midway is no answer, and its token no session', async () => {
    const head = `HTTP/1.1 200 OK\r\nSSO_TOKEN: ${TOKEN}\r\nContent-Length: 99\r\n\r\n{"stat`
    await serving(
      raw((socket) => socket.end(head)),
      async (baseUrl) => {
        const client = clientAt(baseUrl)
        const error = await unanswered(client.login())
        assert.equal(error.httpStatus, 200)
        assert.match(error.message, /got HTTP 200, then no complete body/)
        assert.isUndefined(client.session)
      },
    )
  })

  it('two Set-Cookie lines give a token, which goes back as it came', async () => {
    const seenTokens: unknown[] = []
    const server = http(({ url, headers }, answer) => {
      seenTokens.push(headers.sso_token)
      answer.setHeader('Content-Type', 'application/json')
      if (url === '/v2/sso/login') {
        const domains = ['; Domain=.integral.com; Path=/', '; Path=/']
        answer.setHeader(
          'Set-Cookie',
          domains.map((domain) => `SSO_TOKEN=${TOKEN}${domain}`),
        )
        return void answer.end('{"status":"OK"}')
      }
      answer.setHeader('X-Request-ID', headers['x-request-id'] ?? '')
      answer.end(JSON.stringify([ORDER]))
    })
    await serving(server, async (baseUrl) => {
      assert.deepInclude(await clientAt(baseUrl).queryOrder('1'), {
        kind: 'success',
        value: ORDER,
        requestId: 'request-2',
        echoedRequestId: 'request-2',
      })
      assert.deepEqual(seenTokens, [undefined, TOKEN])
    })
  })

  it('the HTML page of a gateway is a refusal', async () => {
    const server = http((_, answer) => {
      answer.writeHead(502, { 'Content-Type': 'text/html' }).end('<html>502 Bad Gateway</html>')
    })
    await serving(server, async (baseUrl) => {
      assert.deepEqual(await clientAt(baseUrl).login(), {
        kind: 'refusal',
        operation: 'login',
        httpStatus: 502,
        raw: '<html>502 Bad Gateway</html>',
        requestId: 'request-1',
      })
    })
  })

  it('a redirect is not followed, so that no other host sees the token', async () => {
    let calls = 0
    const server = http((_, answer) => {
      calls += 1
      answer.writeHead(302, { Location: '/elsewhere' }).end()
    })
    await serving(server, async (baseUrl) => {
      const answer = await clientAt(baseUrl).call('queryOrder', {
        params: { id: '1' },
        token: TOKEN,
      })
      assert.deepInclude(answer, { kind: 'malformed', httpStatus: 302 })
      assert.equal(calls, 1)
    })
  })

  it('the token travels as a cookie too', async () => {
    const seenCookies: unknown[] = []
    const server = http(({ headers }, answer) => {
      seenCookies.push(headers.cookie)
      answer.writeHead(204).end()
    })
    await serving(server, async (baseUrl) => {
      const fetch = undiciFetchOn(agent)
      const client = clientOf({ baseUrl, fetch, tokenTransport: 'cookie' })
      const answer = await client.call('downloadTrades', { token: TOKEN })
      assert.deepInclude(answer, { kind: 'success', httpStatus: 204, raw: '' })
      assert.deepEqual(seenCookies, [`SSO_TOKEN=${TOKEN}`])
    })
  })
})
