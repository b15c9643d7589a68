import { createHash, createHmac } from 'node:crypto'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import { ask, logIn } from './requests.ts'
import { type Served, START, serving } from './served.ts'
import type { Connection } from './wire.ts'

const TARGET = '/v2/rates/spot?symbol=EUR%2FUSD'
const path = (org: string, rest = '') => `/_simulation/organisations/${org}${rest}`

/** Headers of a rate request signed by ada, fact sheet 1.5. */
function signed(secret: string, at = START): Record<string, string> {
  const date = new Date(at).toUTCString()
  const digest = `SHA-256=${createHash('sha256').update('').digest('base64')}`
  const text = `date: ${date}\nGET ${TARGET} HTTP/1.1\ndigest: ${digest}`
  const signature = createHmac('sha256', secret).update(text).digest('base64')
  return {
    ...{ Date: date, Digest: digest, type: 'hmac' },
    Authorization: `hmac username="ada", algorithm="hmac-sha256", headers="date request-line digest", signature="${signature}"`,
  }
}

async function enrol(connection: Connection, org: string): Promise<string> {
  const sent = { method: 'POST', body: { user: 'ada' } }
  return JSON.parse((await ask(connection, path(org, '/users'), sent)).text).hmacSecret
}

/** How much each organisation's journal has; nowhere's first. */
const journals = ({ server: { venues } }: Served) =>
  [venues.nowhere, ...venues.all].map(({ journal }) => journal.last)

describe('a signed call', () => {
  const settings = { 'auth.method': 'either' } as const

  it('of namesakes is nobody’s where no secret of theirs signed, and costs nobody a fault', () =>
    serving({ settings }, async (served) => {
      const connection = await served.connect()
      for (const org of ['Acme', 'Bond']) {
        await enrol(connection, org)
        const body = { operation: 'spotRate', kind: 'rate limited', retryAfterSeconds: 1 }
        await ask(connection, path(org, '/faults'), { method: 'POST', body })
      }
      const reply = await ask(connection, TARGET, { headers: signed('another') })
      assert.equal(reply.status, 401)
      assert.deepEqual(journals(served), [1, 2, 2])
      for (const { faults } of served.server.venues.all)
        assert.deepEqual(
          faults.staged.map(({ calls }) => calls),
          [0],
        )
      connection.end()
    }))

  it('of namesakes is theirs whose secret signed, however far its date is off', () =>
    serving({ settings }, async (served) => {
      const connection = await served.connect()
      await enrol(connection, 'Acme')
      const secret = await enrol(connection, 'Bond')
      const reply = await ask(connection, TARGET, { headers: signed(secret, START - 86_400_000) })
      assert.equal(reply.status, 401)
      assert.deepEqual(journals(served), [0, 1, 2])
      connection.end()
    }))

  it('of somebody who has no namesake elsewhere is theirs, however badly signed', () =>
    serving({ settings }, async (served) => {
      const connection = await served.connect()
      await enrol(connection, 'Acme')
      await ask(connection, path('Bond', '/market/freeze'), { method: 'POST' })
      assert.equal((await ask(connection, TARGET, { headers: signed('another') })).status, 401)
      assert.deepEqual(journals(served), [0, 2, 1])
      // The one who had the name begins anew: nobody has it any more.
      await ask(connection, path('Acme', '/reset'), { method: 'POST' })
      assert.equal((await ask(connection, TARGET, { headers: signed('another') })).status, 401)
      // The journal of Acme counts on.
      assert.deepEqual(journals(served), [1, 3, 1])
      connection.end()
    }))
})

describe('a token', () => {
  const probe = async (connection: Connection, token: string): Promise<number> =>
    (await ask(connection, TARGET, { headers: { SSO_TOKEN: token } })).status

  it('that nobody issued is looked for in no organisation', () =>
    serving({}, async ({ connect, server }) => {
      const connection = await connect()
      await logIn(connection)
      const exchange = server.venues.find('Acme')?.exchange ?? assert.fail('There is no Acme.')
      const { sessions: value } = exchange
      const get = () => assert.fail('It was asked.')
      Object.defineProperty(exchange, 'sessions', { get, configurable: true })
      assert.equal(await probe(connection, 'unknown'), 401)
      Object.defineProperty(exchange, 'sessions', { value })
      assert.equal(server.venues.nowhere.journal.last, 1)
      connection.end()
    }))

  it('leads to its organisation until that begins anew or goes, and to the new one then', () =>
    serving({ limits: { organisations: 2 } }, async (served) => {
      const connection = await served.connect()
      const { venues } = served.server
      const [acme, bond] = [await logIn(connection), await logIn(connection, { org: 'Bond' })]
      assert.deepEqual([venues.byToken(acme)?.name, venues.byToken(bond)?.name], ['Acme', 'Bond'])
      await ask(connection, path('Acme', '/reset'), { method: 'POST' })
      assert.isUndefined(venues.byToken(acme))
      const again = await logIn(connection)
      assert.equal(venues.byToken(again), venues.find('Acme'))
      assert.equal(await probe(connection, again), 200)
      await ask(connection, path('Bond'), { method: 'DELETE' })
      assert.isUndefined(venues.byToken(bond))
      assert.equal(await probe(connection, bond), 401)
      connection.end()
    }))

  it('is forgotten with its session', () =>
    serving({ settings: { 'login.concurrent': 'invalidatePrevious' } }, async (served) => {
      const connection = await served.connect()
      const first = await logIn(connection)
      const second = await logIn(connection)
      const { venues } = served.server
      assert.isUndefined(venues.byToken(first))
      assert.equal(venues.byToken(second)?.name, 'Acme')
      connection.end()
    }))

  it('of an organisation that went while a call waited there leads nowhere', () =>
    serving({}, async (served) => {
      const connection = await served.connect()
      await logIn(connection)
      const { venues } = served.server
      const acme = venues.find('Acme') ?? assert.fail('There is no Acme.')
      venues.remove('Acme')
      const late = acme.exchange.sessions.login('eve', 'secret', 'Acme')
      assert.isUndefined(venues.byToken(late.ok ? late.value.token : assert.fail()))
      assert.equal(venues.byUser('eve').size, 0)
      connection.end()
    }))
})
