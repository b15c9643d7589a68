import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { after, before, describe, it } from 'node:test'
import { inspect } from 'node:util'
import { assert } from 'chai'
import { getResponse } from 'msw'
import { Agent } from 'undici'
import type { ClientOptions, HmacCredentials } from '../../src/api/client/options.ts'
import type { Fetch } from '../../src/api/fetch.ts'
import { Exchange } from '../../src/mocks/exchange/exchange.ts'
import type { DoorRequest } from '../../src/mocks/http/door.ts'
import { mswHandlers } from '../../src/mocks/http/msw-handlers.ts'
import { ManualClock } from './manual-clock.ts'
import { clientAnsweredBy, clientOf, ORDER, PASSWORD, recording, START } from './stub.ts'
import { undiciFetchOn } from './undici-fetch.ts'

const SECRET = 'secret'
const HMAC: HmacCredentials = { userId: 'user id', secret: SECRET }

/** What the server has to see, whatever the way there. Fact sheet 1.5, "Worked vectors". */
interface Vector {
  readonly line: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
}

const vector = (line: string, body: string, digest: string, signature: string): Vector => ({
  line,
  body,
  headers: {
    authorization: `hmac username="user id", algorithm="hmac-sha256", headers="date request-line digest", signature="${signature}"`,
    date: 'Tue, 15 Nov 1994 08:12:31 GMT',
    digest: `SHA-256=${digest}`,
    type: 'hmac',
  },
})

const VECTORS = [
  vector(
    'POST /v2/orders',
    '{"coId":"1"}',
    '4gY827k0pOKtVcWfP5Bfm5n2gVURUMf1uP8goo6tt88=',
    'N8yehf+PXoHeOQR5q1NejIC3Jp7a99UqTbp9xMSQy0A=',
  ),
  vector(
    'GET /v2/rates/spot?symbol=EUR/USD',
    '',
    '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
    'n27avKGCnQaFDpURhShYlEhY0Lzl07QMFxbbU5je62k=',
  ),
]

/** Has the client make both vectors. Its template takes the slash of the second as it is. */
async function makeVectors(options: Pick<ClientOptions, 'fetch'> & Partial<ClientOptions>) {
  const client = clientOf({
    clock: new ManualClock(Date.UTC(1994, 10, 15, 8, 12, 31, 999)),
    hmac: HMAC,
    queryByClientPath: '/v2/rates/spot?symbol=EUR/USD&coId={coId}',
    ...options,
  })
  await client.call('placeOrder', { body: { coId: '1' } })
  await client.queryActiveOrders()
}

/** What stands in both vectors, of something that was received. */
const vectorOf = (line: string, header: (name: string) => unknown, body: string) => {
  const names = ['authorization', 'date', 'digest', 'type']
  return { line, body, headers: Object.fromEntries(names.map((name) => [name, header(name)])) }
}

describe('Both vectors of the fact sheet', () => {
  it('leave the client', async () => {
    const { fetch, requests } = recording(() => new Response(null, { status: 401 }))
    await makeVectors({ fetch })
    const sent = requests.map(({ line, headers, body }) =>
      vectorOf(line, (name) => headers.get(name), body),
    )
    assert.deepEqual<unknown>(sent, VECTORS)
    assert.isTrue(requests.every(({ headers }) => !headers.has('SSO_TOKEN')))
  })

  it('leave the client with a base64 secret too', async () => {
    const { fetch, requests } = recording(() => new Response(null, { status: 401 }))
    const secret = Buffer.from(SECRET).toString('base64')
    await makeVectors({ fetch, hmac: { ...HMAC, secret, secretEncoding: 'base64' } })
    assert.deepEqual(
      requests.map(({ headers }) => headers.get('Authorization')),
      VECTORS.map(({ headers }) => headers.authorization ?? ''),
    )
  })

  it('arrive through the in-process fetch', async () => {
    const baseUrl = 'http://integral.test'
    const seen: unknown[] = []
    const handle = ({ method, wire, headers, body }: DoorRequest) => {
      seen.push(vectorOf(`${method} ${wire?.target}`, (name) => headers.get(name), body))
      assert.equal(Buffer.from(wire?.body ?? []).toString(), body)
      return { answer: { status: 200, headers: [], text: undefined } }
    }
    const doors = [
      { operation: 'placeOrder', method: 'POST', path: '/v2/orders', handle },
      { operation: 'spotRate', method: 'GET', path: '/v2/rates/spot', handle },
    ] as const
    const exchange = new Exchange({ clock: new ManualClock(START), seed: 'tests' })
    const handlers = mswHandlers(doors, exchange, baseUrl)
    const fetch: Fetch = async (request) =>
      (await getResponse(handlers, request)) ?? assert.fail('No handler.')
    await makeVectors({ baseUrl, fetch })
    assert.deepEqual<unknown>(seen, VECTORS)
  })

  describe('arrive over a socket', () => {
    const received: unknown[] = []
    const server = createServer(async (request, answer) => {
      received.push(await wholeOf(request))
      answer.writeHead(401).end()
    })
    const agent = new Agent()
    let baseUrl: string
    before(async () => {
      await once(server.listen(0, '127.0.0.1'), 'listening')
      const address = server.address()
      if (address === null || typeof address === 'string') throw new Error('No port.')
      baseUrl = `http://127.0.0.1:${address.port}`
    })
    after(async () => {
      await agent.destroy()
      server.close()
    })

    it('through undici', async () => {
      received.length = 0
      await makeVectors({ baseUrl, fetch: undiciFetchOn(agent) })
      assert.deepEqual<unknown>(received, VECTORS)
    })

    it('with the path of the base URL as it was sent', async () => {
      received.length = 0
      const fetch = undiciFetchOn(agent)
      const client = clientOf({ baseUrl: `${baseUrl}/a%20b/it's`, fetch, hmac: HMAC })
      const { fetch: plain, requests } = recording(() => new Response(null, { status: 401 }))
      const twin = clientOf({ baseUrl: `http://a.test/a%20b/it's`, fetch: plain, hmac: HMAC })
      for (const each of [client, twin]) await each.queryOrdersByCoId("'(ü)*!~")
      const [sent] = requests
      const [arrived] = received
      const { line, headers } = sent ?? assert.fail('Nothing was sent.')
      assert.equal(line, "GET /a%20b/it's/v2/orders?coId=%27(%C3%BC)*!~")
      assert.deepEqual(
        arrived,
        vectorOf(line, (name) => headers.get(name), ''),
      )
    })
  })
})

/** Raw headers, so that one that was sent twice is seen. */
async function wholeOf(request: IncomingMessage) {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  const values = (wanted: string) =>
    request.rawHeaders.filter((_, at, all) => at % 2 === 1 && all[at - 1]?.toLowerCase() === wanted)
  const header = (name: string) => values(name).join(' AND ')
  return vectorOf(`${request.method} ${request.url}`, header, Buffer.concat(chunks).toString())
}

describe('With HMAC', () => {
  const refusing = () => clientAnsweredBy(() => new Response(null, { status: 401 }), { hmac: HMAC })

  it('there is no session, and nothing is sent to get one', async () => {
    const { client, requests } = refusing()
    assert.isUndefined(await client.ensureSession())
    assert.isEmpty(requests)
    assert.equal((await client.login()).kind, 'success')
    assert.isUndefined(client.session)
  })

  it('a 401 is the answer: nothing is sent twice', async () => {
    const { client, lines } = refusing()
    assert.equal((await client.spotRate('EUR/USD')).httpStatus, 401)
    assert.deepEqual(lines(), ['GET /v2/rates/spot?symbol=EUR%2FUSD'])
  })

  it('whatever needs a session is signed, renewing too; the login is not', async () => {
    const { client, requests } = refusing()
    await client.renew()
    await client.cancelOrder('1')
    await client.login()
    assert.deepEqual(
      requests.map(({ line, headers }) => [line, headers.has('Authorization')]),
      [
        ['GET /v2/sso/token/renew', true],
        ['DELETE /v2/orders/1', true],
        ['POST /v2/sso/login', false],
      ],
    )
  })

  it('a call that says which token, or none, is sent as it says', async () => {
    const { client, requests } = refusing()
    for (const token of ['foreign', null])
      await client.call('queryOrder', { params: { id: '1' }, token })
    const names = ['SSO_TOKEN', 'Authorization', 'Digest', 'type']
    assert.deepEqual(
      requests.map(({ headers }) => names.map((name) => headers.get(name))),
      [
        ['foreign', null, null, null],
        [null, null, null, null],
      ],
    )
  })

  it('each request is signed for the time it is sent at', async () => {
    const clock = new ManualClock(START)
    const { fetch, requests } = recording(() => Response.json([ORDER]))
    const client = clientOf({ fetch, clock, hmac: HMAC })
    await client.queryOrder('1')
    clock.pass(61_000)
    await client.queryOrder('1')
    const [first, second] = requests.map(({ headers }) => headers)
    assert.equal(first?.get('Date'), 'Mon, 15 Jan 2024 12:00:00 GMT')
    assert.equal(second?.get('Date'), 'Mon, 15 Jan 2024 12:01:01 GMT')
    assert.notEqual(first?.get('Authorization'), second?.get('Authorization'))
  })
})

describe('HMAC credentials', () => {
  const { fetch } = recording(() => new Response(null, { status: 400 }))

  it('that cannot be used are refused, and quoted nowhere', () => {
    const unusable: readonly HmacCredentials[] = [
      ...['qu"ote', 'back\\slash', 'ümlaut', 'line\nbreak', 'nul\0', 'del\x7f', ''].map(
        (userId) => ({
          userId,
          secret: PASSWORD,
        }),
      ),
      { userId: 'Somebody', secret: '' },
      { userId: 'Somebody', secret: PASSWORD, secretEncoding: 'base64' },
    ]
    for (const hmac of unusable) {
      try {
        clientOf({ fetch, hmac })
      } catch (error) {
        assert.instanceOf(error, TypeError)
        const shown = inspect(error, { depth: 9, showHidden: true })
        assert.include(shown, 'Failed to set up HMAC: ')
        assert.notInclude(shown, PASSWORD)
        assert.notMatch(shown, /Somebody|qu"ote|back\\slash|ümlaut|line\nbreak/)
        continue
      }
      assert.fail(`Accepted ${inspect(hmac)}`)
    }
  })

  it('may have any characters the grammar allows, and any secret', async () => {
    const userId = String.fromCharCode(...Array.from({ length: 95 }, (_, at) => 32 + at)).replace(
      /["\\]/g,
      '',
    )
    for (const secret of ['"', '\\', 'gehëim', '\n'])
      await clientOf({ fetch, hmac: { userId, secret } }).queryActiveOrders()
  })

  it('show their secret in no dump of the client', async () => {
    const secret = 'unm1stakable-s3cret'
    const client = clientOf({ fetch, hmac: { userId: 'ada', secret } })
    await client.queryActiveOrders()
    assert.notInclude(inspect(client, { depth: 9, showHidden: true }), secret)
  })
})
