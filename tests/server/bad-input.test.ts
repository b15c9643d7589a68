import { describe, it } from 'node:test'
import { assert } from 'chai'
import { ask, assertRefusal, limitOrder, logIn, requestText } from './requests.ts'
import { serving } from './served.ts'

const HOST = 'Host: localhost\r\n'
const LOGIN = 'POST /v2/sso/login HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\n'

/** What is refused before any door has seen it: what is sent, and the HTTP code. */
const refused: readonly [what: string, sent: string, status: number][] = [
  ['what is no HTTP', 'hello\r\n\r\n', 400],
  ['TLS on a plain port', '\x16\x03\x01\x02\x00\x01\x00\x01', 400],
  ['a method that HTTP does not have', `FETCH /v2/orders HTTP/1.1\r\n${HOST}\r\n`, 400],
  ['a blank in the address', `GET /v2/orders/a b HTTP/1.1\r\n${HOST}\r\n`, 400],
  ['an address without a slash', `GET v2/orders HTTP/1.1\r\n${HOST}\r\n`, 400],
  ['no Host', 'GET /v2/orders/1 HTTP/1.1\r\n\r\n', 400],
  ['two lengths', `${LOGIN}Content-Length: 1\r\nContent-Length: 2\r\n\r\n{}`, 400],
  ['a length and chunks', `${LOGIN}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n`, 400],
  ['a length that is no number', `${LOGIN}Content-Length: 1e3\r\n\r\n`, 400],
  ['a negative length', `${LOGIN}Content-Length: -1\r\n\r\n`, 400],
  ['chunks of no size', `${LOGIN}Transfer-Encoding: chunked\r\n\r\nxyz\r\n`, 400],
  ['a header without a colon', `GET /v2/orders/1 HTTP/1.1\r\n${HOST}nonsense\r\n\r\n`, 400],
  ['a NUL in a header', `GET /v2/orders/1 HTTP/1.1\r\n${HOST}a: \0\r\n\r\n`, 400],
  ['a tunnel', 'CONNECT example.com:443 HTTP/1.1\r\nHost: example.com\r\n\r\n', 404],
  ['a header flood', `GET / HTTP/1.1\r\n${HOST}${'a: b\r\n'.repeat(5_000)}\r\n`, 431],
  ['one long header', `GET / HTTP/1.1\r\n${HOST}a: ${'b'.repeat(100_000)}\r\n\r\n`, 431],
  ['a very long address', `GET /${'a'.repeat(100_000)} HTTP/1.1\r\n${HOST}\r\n`, 431],
  [
    '10,000 query parameters',
    `GET /v2/orders?${'a=1&'.repeat(10_000)} HTTP/1.1\r\n${HOST}\r\n`,
    431,
  ],
  [
    'a long chunk extension',
    `${LOGIN}Transfer-Encoding: chunked\r\n\r\n1;${'a'.repeat(50_000)}`,
    413,
  ],
  ['a body that is announced too large', `${LOGIN}Content-Length: 1048577\r\n\r\n`, 413],
  [
    'the same, waiting to go on',
    `${LOGIN}Expect: 100-continue\r\nContent-Length: 1048577\r\n\r\n`,
    413,
  ],
  ['another expectation', `${LOGIN}Expect: tea\r\nContent-Length: 2\r\n\r\n{}`, 417],
  ['a compressed body', `${LOGIN}Content-Encoding: gzip\r\nContent-Length: 2\r\n\r\n{}`, 415],
  [
    'a Content-Type that is none',
    `POST /v2/sso/login HTTP/1.1\r\n${HOST}Content-Type: ;;\r\nContent-Length: 2\r\n\r\n{}`,
    415,
  ],
  ['a body that is not UTF-8', `${LOGIN}Content-Length: 3\r\n\r\n"\xff"`, 400],
  [
    'a body nested 100 deep',
    `${LOGIN}Content-Length: 200\r\n\r\n${'['.repeat(100)}${']'.repeat(100)}`,
    400,
  ],
  ['an unknown path', `GET /v3/orders HTTP/1.1\r\n${HOST}\r\n`, 404],
  ['a path with an empty step', `GET //v2/orders/1 HTTP/1.1\r\n${HOST}\r\n`, 404],
  ['a path with a step up', `GET /v2/../v2/orders/1 HTTP/1.1\r\n${HOST}\r\n`, 404],
  ['the server as a whole', `OPTIONS * HTTP/1.1\r\n${HOST}\r\n`, 404],
  ['percent signs that encode nothing', `GET /v2/orders/%zz HTTP/1.1\r\n${HOST}\r\n`, 401],
  ['an encoded NUL', `GET /v2/orders/%00 HTTP/1.1\r\n${HOST}\r\n`, 401],
  ['HTTP/1.0 without a Host', 'GET /v2/orders/1 HTTP/1.0\r\n\r\n', 401],
  [
    'an upgrade',
    `GET /v2/orders/1 HTTP/1.1\r\n${HOST}Connection: Upgrade\r\nUpgrade: websocket\r\n\r\n`,
    401,
  ],
  [
    'an absolute address',
    'GET http://example.com/v2/orders/1 HTTP/1.1\r\nHost: localhost\r\n\r\n',
    401,
  ],
  ['two tokens', `GET /v2/orders/1 HTTP/1.1\r\n${HOST}SSO_TOKEN: a\r\nSSO_TOKEN: b\r\n\r\n`, 401],
  ['a body on a GET', `GET /v2/orders/1 HTTP/1.1\r\n${HOST}Content-Length: 2\r\n\r\n{}`, 401],
]

describe('what is no request of the API', () => {
  for (const [what, sent, status] of refused) {
    it(`${what} is refused with ${status} in the shape of the API's errors`, () =>
      serving({}, async ({ connect }) => {
        const connection = await connect()
        connection.write(Buffer.from(sent, 'latin1'))
        const reply = await connection.reply()
        assert.equal(reply.status, status, reply.text)
        assertRefusal(reply, what)
        connection.end()
      }))
  }

  for (const method of ['HEAD', 'OPTIONS', 'TRACE', 'PUT', 'PATCH', 'PROPFIND', 'PURGE']) {
    it(`${method} of a path that has other methods is refused with 404`, () =>
      serving({}, async ({ connect }) => {
        const connection = await connect()
        const reply = await ask(connection, '/v2/orders', { method })
        assert.equal(reply.status, 404)
        if (method !== 'HEAD') assertRefusal(reply, method)
        // The connection goes on.
        assert.equal((await ask(connection, '/v2/orders/1')).status, 401)
        connection.end()
      }))
  }

  it('a body above the limit is refused although all of it is sent', () =>
    serving({ limits: { bodyBytes: 1_000 } }, async ({ connect }) => {
      for (const framing of ['Content-Length: 3000000', 'Transfer-Encoding: chunked']) {
        const connection = await connect()
        connection.write(`${LOGIN}${framing}\r\n\r\n`)
        const piece = 'x'.repeat(10_000)
        for (let sent = 0; sent < 300; sent++)
          connection.write(framing.startsWith('T') ? `2710\r\n${piece}\r\n` : piece)
        const reply = await connection.reply()
        assert.equal(reply.status, 413)
        assertRefusal(reply, framing)
        connection.end()
      }
    }))

  it('says that it takes no compression', () =>
    serving({}, async ({ connect }) => {
      const connection = await connect()
      const headers = { 'Content-Encoding': 'br', 'X-Request-ID': 'r-1' }
      const reply = await ask(connection, '/v2/orders', { method: 'POST', headers, body: '{}' })
      assert.equal(reply.headers.get('accept-encoding'), 'identity')
      assert.equal(reply.headers.get('x-request-id'), 'r-1')
      connection.end()
    }))
})

const nested = (depth: number) => `${'['.repeat(depth)}0${']'.repeat(depth)}`
const order = (terms: Readonly<Record<string, unknown>>) =>
  JSON.stringify({ ...limitOrder, ...terms })

/** Bodies of a placing that is refused with 400. */
const badOrders: readonly [what: string, body: string][] = [
  ['nothing', ''],
  ['no JSON', '{coId: 1}'],
  ['a NUL', '\0'],
  ['JSON behind a byte order mark', `\ufeff${order({})}`],
  ['a list', '[]'],
  ['null', 'null'],
  ['a text', '"order"'],
  ['a deep unknown field', order({ extra: 0 }).replace(/0\}$/, `${nested(100)}}`)],
  ['a deep known field', order({ execFlags: 0 }).replace(/0\}$/, `${nested(100)}}`)],
  ['a size above all numbers', order({}).replace('1000000', '1e400')],
  ['a negative size above all numbers', order({}).replace('1000000', '-1e400')],
  ['a size of many digits', order({}).replace('1000000', '9'.repeat(400))],
  ['a tiny price', order({}).replace('"price":2', '"price":1e-400')],
  ['a size of minus zero', order({}).replace('1000000', '-0')],
  ['a size that is a text', order({ size: '1000000' })],
  ['NaN', order({ size: 'NaN' })],
  ['a bare NaN', order({}).replace('1000000', 'NaN')],
  ['Infinity', order({ price: 'Infinity' })],
  ['a size of null', order({ size: null })],
  ['a size that is a list', order({ size: [1_000] })],
  ['a side that is an object', order({ side: {} })],
  ['a symbol of objects', order({ symbol: '__proto__' })],
  ['a client id of 256 characters', order({ coId: 'c'.repeat(256) })],
  ['a client id that is empty', order({ coId: '' })],
  ['flags that are none', order({ execFlags: [1] })],
  ['a prototype instead of fields', `{"__proto__":${order({})}}`],
]

describe('a placing that is no order', () => {
  for (const [what, body] of badOrders) {
    it(`${what} is refused with 400, and nothing was placed`, () =>
      serving({}, async ({ connect, server }) => {
        const connection = await connect()
        const headers = { SSO_TOKEN: await logIn(connection) }
        const reply = await ask(connection, '/v2/orders', { method: 'POST', headers, body })
        assert.equal(reply.status, 400, reply.text)
        assertRefusal(reply, what)
        assert.lengthOf(server.venues.find('Acme')?.exchange.desk.orders ?? [0], 0)
        connection.end()
      }))
  }

  it('names of the language itself are fields like others, and change no object', () =>
    serving({}, async ({ connect }) => {
      const connection = await connect()
      const headers = { SSO_TOKEN: await logIn(connection) }
      const extra = '"__proto__":{"polluted":1},"constructor":{"prototype":{"polluted":1}}'
      const body = order({}).replace(/^\{/, `{${extra},`)
      const reply = await ask(connection, '/v2/orders', { method: 'POST', headers, body })
      assert.equal(reply.status, 202, reply.text)
      const staged = await ask(connection, '/_simulation/organisations/__proto__', {
        method: 'PUT',
        body: `{${extra}}`,
      })
      assert.equal(staged.status, 400, staged.text)
      assert.notProperty({}, 'polluted')
      connection.end()
    }))

  it('64 levels in a text, or 32 of them, are no depth', () =>
    serving({}, async ({ connect }) => {
      const connection = await connect()
      const headers = { SSO_TOKEN: await logIn(connection) }
      const place = (body: string) =>
        ask(connection, '/v2/orders', { method: 'POST', headers, body })
      const texts = order({ coId: 'a', account: `\\"${'[{'.repeat(50)}` })
      assert.equal((await place(texts)).status, 202)
      const levels = order({ coId: 'b', extra: 0 }).replace(/0\}$/, `${nested(31)}}`)
      assert.equal((await place(levels)).status, 202)
      const one = order({ coId: 'c', extra: 0 }).replace(/0\}$/, `${nested(32)}}`)
      assert.equal((await place(one)).status, 400)
      connection.end()
    }))
})

describe('logins that nobody should be remembered by', () => {
  const long = 'x'.repeat(256)
  for (const names of [{ org: long }, { user: long }, { pass: long }]) {
    const [field = ''] = Object.keys(names)
    it(`a ${field} of 256 characters is refused with 400, and opens no organisation`, () =>
      serving({}, async ({ connect, server }) => {
        const connection = await connect()
        const body = { user: 'ada', pass: 'p', org: 'Acme', ...names }
        const reply = await ask(connection, '/v2/sso/login', { method: 'POST', body })
        assert.equal(reply.status, 400)
        assertRefusal(reply, field)
        assert.lengthOf(server.venues.all, 0)
        connection.end()
      }))
  }
})

describe('requests one behind the other', () => {
  it('are answered in their order, also a last one that is no request', () =>
    serving({}, async ({ connect }) => {
      const connection = await connect()
      const paths = ['/a', '/_simulation/health', '/v2/orders/1', '/b']
      connection.write(Buffer.concat(paths.map((path) => requestText(path))))
      connection.write('nonsense\r\n\r\n')
      const statuses: number[] = []
      for (const _ of [...paths, 'nonsense']) statuses.push((await connection.reply()).status)
      assert.deepEqual(statuses, [404, 200, 401, 404, 400])
      assert.equal(await connection.rest(), '')
      connection.end()
    }))

  it('a media type without a body is answered as if there were none', () =>
    serving({}, async ({ connect }) => {
      const connection = await connect()
      const typed = 'Host: localhost\r\nContent-Type: application/json\r\n\r\n'
      const base = '/_simulation/organisations/Acme'
      connection.write(`POST ${base}/clock/freeze HTTP/1.1\r\n${typed}`)
      assert.equal((await connection.reply()).status, 200)
      for (const path of ['/v2/orders', `${base}/api/v2/orders`]) {
        connection.write(`POST ${path} HTTP/1.1\r\n${typed}`)
        assert.equal((await connection.reply()).status, 401)
      }
      connection.end()
    }))

  it('a client that has said all it will is answered all the same', () =>
    serving({}, async ({ connect }) => {
      const connection = await connect()
      connection.socket.end(requestText('/v2/orders/1'))
      assert.equal((await connection.reply()).status, 401)
      connection.end()
    }))

  it('a client that goes away in the middle of a body leaves nothing behind', () =>
    serving({}, async ({ connect }) => {
      for (let left = 0; left < 20; left++) {
        const connection = await connect()
        connection.write(`${LOGIN}Content-Length: 100\r\n\r\n{"user"`)
        connection.socket.resetAndDestroy()
      }
      const connection = await connect()
      assert.equal((await ask(connection, '/_simulation/health')).status, 200)
      connection.end()
    }))
})
