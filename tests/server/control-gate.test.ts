import { describe, it } from 'node:test'
import { assert } from 'chai'
import { controlContract } from '../../src/mocks/server/control/contract.ts'
import type { ControlContract } from '../../src/mocks/server/control/control-contract.ts'
import { ask, logIn, type Sent } from './requests.ts'
import { type ServedOptions, serving } from './served.ts'
import type { WireReply } from './wire.ts'

const ACME = '/_simulation/organisations/Acme'

function answerTo(path: string, sent: Sent, options: ServedOptions = {}): Promise<WireReply> {
  return serving(options, async ({ connect }) => {
    const connection = await connect()
    const reply = await ask(connection, path, sent)
    connection.end()
    return reply
  })
}

/** `{error}` in JSON, and nothing besides but where it is. */
function errorOf({ text, headers }: WireReply): string {
  assert.match(headers.get('content-type') ?? '', /^application\/json(;|$)/)
  const { error, path: _path, ...others } = JSON.parse(text)
  assert.deepEqual(others, {})
  assert.isString(error)
  return error
}

describe('the control API', () => {
  const rows = Object.values<ControlContract>(controlContract)
  for (const path of new Set(rows.map((row) => row.path))) {
    it(`names the methods of ${path} to whoever comes with another one`, async () => {
      const allowed = rows.filter((row) => row.path === path).map(({ method }) => `${method}`)
      const at = `/_simulation${path.replace('{org}', 'Acme').replace(/\{\w+\}/g, '1')}`
      const others = path.endsWith('/events') ? ['PATCH', 'OPTIONS'] : ['PATCH', 'TRACE']
      for (const method of others) {
        const reply = await answerTo(at, { method })
        assert.equal(reply.status, 405)
        assert.match(errorOf(reply), new RegExp(`^There is no ${method} here`))
        assert.sameMembers(
          reply.headers.get('allow')?.split(', ') ?? [],
          allowed.includes('GET') && !path.endsWith('/events') ? [...allowed, 'HEAD'] : allowed,
        )
      }
    })
  }

  const unknown = [
    '',
    '/',
    '/nope',
    '/organisations/Acme/nope',
    '/organisations/Acme/api',
    '/health/',
  ]
  for (const path of unknown) {
    it(`has nothing at ${JSON.stringify(path)}, by any method`, async () => {
      for (const method of ['GET', 'POST', 'DELETE', 'PROPFIND']) {
        const reply = await answerTo(`/_simulation${path}`, { method })
        assert.equal(reply.status, 404, method)
        assert.include(errorOf(reply), '/_simulation')
      }
    })
  }

  it('answers HEAD as GET, without the body', async () => {
    assert.equal((await answerTo('/_simulation/health', { method: 'HEAD' })).status, 200)
  })

  const bad: readonly [what: string, path: string, sent: Sent, status: number][] = [
    ['what is no JSON', `${ACME}/faults`, { method: 'POST', body: '{' }, 400],
    ['a depth of 100', `${ACME}/outcomes`, { method: 'POST', body: '['.repeat(100) }, 400],
    ['no UTF-8', `${ACME}/reset`, { method: 'POST', body: Buffer.from([0xff]) }, 400],
    [
      'compression',
      `${ACME}/reset`,
      { method: 'POST', body: '{}', headers: { 'Content-Encoding': 'gzip' } },
      415,
    ],
    [
      'no media type',
      `${ACME}/reset`,
      { method: 'POST', body: '{}', headers: { 'Content-Type': ';' } },
      415,
    ],
    ['a large body', `${ACME}/reset`, { method: 'POST', body: 'x'.repeat(1_048_577) }, 413],
    ['a number above all', `${ACME}/clock/advance`, { method: 'POST', body: '{"ms":1e400}' }, 400],
    [
      'a move beyond numbers',
      `${ACME}/market/move`,
      { method: 'POST', body: { pips: 1e308 } },
      400,
    ],
    ['NaN', `${ACME}/market/move`, { method: 'POST', body: '{"pips":"NaN"}' }, 400],
    ['a wrong query', `${ACME}/journal?most=-1`, {}, 400],
    ['an unknown query', '/_simulation/strays?nope=1', {}, 400],
    ['no percent-encoding', '/_simulation/organisations/%zz', {}, 400],
    ['a nameless organisation', '/_simulation/organisations//reset', { method: 'POST' }, 400],
    ['a long name', `/_simulation/organisations/${'a'.repeat(256)}`, { method: 'PUT' }, 400],
  ]
  for (const [what, path, sent, status] of bad) {
    it(`refuses ${what} with ${status}`, async () => {
      const reply = await answerTo(path, sent)
      assert.equal(reply.status, status, reply.text)
      errorOf(reply)
    })
  }
})

describe('web pages in the browser of whoever runs the server', () => {
  const foreign: readonly [what: string, headers: Readonly<Record<string, string>>][] = [
    ['lead a name of their own here', { Host: 'evil.example' }],
    ['with a port', { Host: 'evil.example:8080' }],
    ['that looks like loopback', { Host: '127.0.0.1.evil.example' }],
    ['that begins like it', { Host: 'localhost.evil.example' }],
    ['come from another origin', { Origin: 'http://evil.example' }],
    ['come from another port', { Origin: 'http://localhost:3000' }],
    ['come from nowhere', { Origin: 'null' }],
    ['come from another site without an origin', { 'Sec-Fetch-Site': 'cross-site' }],
    ['come from a neighbouring site', { 'Sec-Fetch-Site': 'same-site' }],
  ]
  for (const [what, headers] of foreign) {
    it(`that ${what} stage nothing and read nothing`, () =>
      serving({}, async ({ connect, server }) => {
        const connection = await connect()
        await logIn(connection)
        const looked = await ask(connection, `${ACME}/journal`, { headers })
        const staged = await ask(connection, `${ACME}/clock/advance`, {
          ...{ method: 'POST', headers },
          body: { ms: 1_000 },
        })
        for (const reply of [looked, staged]) {
          assert.equal(reply.status, 403)
          errorOf(reply)
        }
        assert.equal(server.venues.find('Acme')?.journal.last, 1)
        connection.end()
      }))
  }

  const own: readonly [what: string, headers: Readonly<Record<string, string>>][] = [
    ['localhost', { Host: 'localhost:8080' }],
    ['localhost in capitals', { Host: 'LOCALHOST' }],
    ['an address', { Host: '127.0.0.1' }],
    ['an address of version 6', { Host: '[::1]:8080' }],
    ['the address of the machine', { Host: '192.0.2.7:8080' }],
    ['its own origin', { Host: 'localhost:8080', Origin: 'http://localhost:8080' }],
    ['a page it served itself', { 'Sec-Fetch-Site': 'same-origin' }],
    ['an address that somebody typed', { 'Sec-Fetch-Site': 'none' }],
  ]
  for (const [what, headers] of own) {
    it(`are not meant where a request names ${what}`, async () => {
      assert.equal((await answerTo('/_simulation/health', { headers })).status, 200)
    })
  }

  it('may be foreign to an app that uses the API itself', async () => {
    const headers = { Host: 'fx.example', Origin: 'http://app.example' }
    assert.equal((await answerTo('/v2/orders/1', { headers })).status, 401)
    assert.equal((await answerTo(`${ACME}/api/v2/orders/1`, { headers })).status, 401)
  })
})
