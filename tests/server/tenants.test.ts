import { createHash, createHmac } from 'node:crypto'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { patternOf } from '../../src/evidence/secret-forms.ts'
import { REFUSED_PASSWORD } from '../../src/mocks/exchange/directory.ts'
import { ask, assertRefusal, limitOrder, logIn } from './requests.ts'
import { type ServedOptions, START, serving } from './served.ts'
import { TenantRun } from './tenant-run.ts'
import { type Step, script } from './tenant-script.ts'
import type { Connection } from './wire.ts'

const SEED = 20_250_611
const orgs = Array.from({ length: 50 }, (_, index) => `Org ${index} ¼`)
const scripts = fc.sample(script, { seed: SEED, numRuns: orgs.length })
const tenants = orgs.map((org, at): [string, readonly Step[]] => [org, scripts[at] ?? []])

function alone([org, steps]: (typeof tenants)[number]): Promise<readonly string[]> {
  return serving({}, async (served) => {
    const run = new TenantRun(served, org, steps)
    while (!run.isOver) await run.next()
    return run.transcript
  })
}

describe('many organisations at once', () => {
  it('each see what they would see alone, whatever is staged for the others', () =>
    serving({}, async (served) => {
      const runs = tenants.map(([org, steps]) => new TenantRun(served, org, steps))
      // Who goes on at the same time is the seed's; which of them is served first, nobody says.
      const [draws = []] = fc.sample(fc.infiniteStream(fc.boolean()), { seed: SEED, numRuns: 1 })
      const chance = draws[Symbol.iterator]()
      for (let open = runs; open.length > 0; open = open.filter(({ isOver }) => !isOver))
        await Promise.all(open.filter(() => chance.next().value).map((run) => run.next()))
      for (const [at, run] of runs.entries())
        assert.deepEqual(run.transcript, await alone(tenants[at] ?? ['', []]))
      const seen = new Set(runs.flatMap(({ transcript }) => transcript.slice(0, 2)))
      assert.equal(seen.size, 2 * runs.length)
      const codes = runs.flatMap(({ transcript }) =>
        transcript.flatMap((line) => / (\d{3}) /.exec(line)?.[1] ?? []),
      )
      // The scripts reach something: orders, refusals, and what was staged.
      assert.includeMembers(codes, ['200', '202', '204', '400', '401', '404', '503', '504'])
    }))

  it('have journals that others, however busy, do not shorten', () =>
    serving({ limits: { journal: 300 } }, async ({ connect, server }) => {
      const connection = await connect()
      for (const org of ['Quiet', 'Calm']) await logIn(connection, { org })
      const busy = { SSO_TOKEN: await logIn(connection, { org: 'Busy' }) }
      for (let call = 0; call < 1_000; call++)
        await ask(connection, '/v2/orders/1', { headers: busy })
      const sizes = ['Quiet', 'Calm', 'Busy'].map((org) => server.venues.find(org)?.journal)
      assert.deepEqual(
        sizes.slice(0, 2).map((journal) => [journal?.size, journal?.forgotten]),
        [
          [1, 0],
          [1, 0],
        ],
      )
      assert.equal(sizes[2]?.last, 1_001)
      assert.isAtMost(sizes[2]?.size ?? 0, 298)
      connection.end()
    }))

  it('more than are kept cost the one that was idle longest its place', () =>
    serving({ limits: { organisations: 3 } }, async ({ connect, server, clock }) => {
      const connection = await connect()
      const tokens = new Map<string, string>()
      for (const org of ['A', 'B', 'C']) {
        tokens.set(org, await logIn(connection, { org }))
        clock.advance(1_000)
      }
      const probe = (org: string) =>
        ask(connection, '/v2/rates/spot?symbol=EUR/USD', {
          headers: { SSO_TOKEN: tokens.get(org) ?? '' },
        })
      assert.equal((await probe('A')).status, 200)
      clock.advance(1_000)
      await logIn(connection, { org: 'D' })
      assert.sameMembers(
        server.venues.all.map(({ name }) => name),
        ['A', 'C', 'D'],
      )
      assert.equal((await probe('B')).status, 401)
      assert.equal((await probe('A')).status, 200)
      connection.end()
    }))
})

/** The code that a login is answered with. */
async function loginStatus(
  connection: Connection,
  body: Readonly<Record<string, unknown>>,
): Promise<number> {
  const reply = await ask(connection, '/v2/sso/login', { method: 'POST', body })
  if (reply.status !== 200) assertRefusal(reply, JSON.stringify(body))
  return reply.status
}

const onConnection = (options: ServedOptions, use: (connection: Connection) => Promise<void>) =>
  serving(options, async ({ connect }) => {
    const connection = await connect()
    await use(connection)
    connection.end()
  })

describe('who may log in', () => {
  it('is anybody with a user, a password and an organisation', () =>
    onConnection({}, async (connection) => {
      const name = fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' })
      await fc.assert(
        fc.asyncProperty(name, name, name, async (user, pass, org) => {
          fc.pre(pass !== REFUSED_PASSWORD)
          assert.equal(await loginStatus(connection, { user, pass, org }), 200)
          assert.equal(await loginStatus(connection, { user, pass: `${pass}2`, org }), 200)
        }),
        { numRuns: 100 },
      )
    }))

  it('is nobody with the refused password, or without one of the three', () =>
    onConnection({}, async (connection) => {
      const good = { user: 'ada', pass: 'secret', org: 'Acme' }
      assert.equal(await loginStatus(connection, { ...good, pass: REFUSED_PASSWORD }), 401)
      assert.equal(await loginStatus(connection, good), 200)
      assert.equal(await loginStatus(connection, { ...good, pass: REFUSED_PASSWORD }), 401)
      for (const field of ['user', 'pass', 'org']) {
        for (const value of ['', undefined, null, 1, {}, ['Acme']])
          assert.equal(await loginStatus(connection, { ...good, [field]: value }), 400)
      }
    }))

  it('is, where users are configured, only they', () => {
    const users = [
      { name: 'ada', org: 'Acme', password: 'secret' },
      { name: 'bob', org: 'Bond', password: 'hidden' },
    ]
    return serving({ users }, async ({ connect, server }) => {
      const connection = await connect()
      const ada = { user: 'ada', pass: 'secret', org: 'Acme' }
      assert.equal(await loginStatus(connection, ada), 200)
      for (const wrong of [{ pass: 'hidden' }, { user: 'bob' }, { user: 'eve' }, { org: 'Bond' }])
        assert.equal(await loginStatus(connection, { ...ada, ...wrong }), 401)
      assert.equal(await loginStatus(connection, { ...ada, org: 'Eve & Co' }), 401)
      assert.lengthOf(server.venues.all, 2)
      connection.end()
    })
  })

  it('is a configured user also after their organisation made room for others', () => {
    const users = [{ name: 'ada', org: 'Acme', password: 'secret' }]
    return serving({ users, limits: { organisations: 1 } }, async ({ connect, server }) => {
      const connection = await connect()
      await ask(connection, '/_simulation/organisations/Other', { method: 'PUT', body: {} })
      assert.isUndefined(server.venues.find('Acme'))
      assert.equal(await loginStatus(connection, { user: 'ada', pass: 'secret', org: 'Acme' }), 200)
      connection.end()
    })
  })
})

/** Headers of a rate request signed by a user, from section 1.5 of the fact sheet. */
function signed(user: string, secret: string, target: string): Record<string, string> {
  const date = new Date(START).toUTCString()
  const digest = `SHA-256=${createHash('sha256').update('').digest('base64')}`
  const text = `date: ${date}\nGET ${target} HTTP/1.1\ndigest: ${digest}`
  const signature = createHmac('sha256', secret).update(text).digest('base64')
  return {
    ...{ Date: date, Digest: digest, type: 'hmac' },
    Authorization: `hmac username="${user}", algorithm="hmac-sha256", headers="date request-line digest", signature="${signature}"`,
  }
}

describe('users who sign', () => {
  it('are enrolled by the control API, and namesakes reach each their own organisation', () =>
    serving({ settings: { 'auth.method': 'either' } }, async ({ connect, server }) => {
      const connection = await connect()
      const target = '/v2/rates/spot?symbol=EUR%2FUSD'
      for (const org of ['Acme', 'Bond']) {
        const enrolled = await ask(connection, `/_simulation/organisations/${org}/users`, {
          ...{ method: 'POST', body: { user: 'ada' } },
        })
        const { hmacSecret } = JSON.parse(enrolled.text)
        const before = server.venues.find(org)?.journal.last ?? 0
        const reply = await ask(connection, target, { headers: signed('ada', hmacSecret, target) })
        assert.equal(reply.status, 200, reply.text)
        assert.equal(server.venues.find(org)?.journal.last, before + 1)
        const wrong = await ask(connection, target, { headers: signed('ada', 'other', target) })
        assert.equal(wrong.status, 401)
      }
      connection.end()
    }))
})

describe('the journal', () => {
  it('shows no password, token or signature, in whatever form a client writes it', () =>
    serving({ settings: { 'auth.method': 'either' } }, async ({ connect }) => {
      const connection = await connect()
      const pass = 'Pa55-word/&"<x> é'
      const token = await logIn(connection, { pass })
      const enrolled = await ask(connection, '/_simulation/organisations/Acme/users', {
        ...{ method: 'POST', body: { user: 'bob', password: 'another-Pa55' } },
      })
      const { hmacSecret } = JSON.parse(enrolled.text)
      const target = '/v2/rates/spot?symbol=EUR%2FUSD'
      const headers = { SSO_TOKEN: token }
      const signature = signed('bob', hmacSecret, target)
      const calls: Parameters<typeof ask>[] = [
        [connection, target, { headers: signature }],
        [connection, target, { headers: { Cookie: `SSO_TOKEN=${token}` } }],
        [connection, `/v2/orders/${token}`, { headers }],
        [connection, `/v2/orders/1?pass=${encodeURIComponent(pass)}&t=${token}`, { headers }],
        [connection, '/v2/orders/1', { headers: { ...headers, 'X-Request-ID': token } }],
        [connection, '/v2/orders/1', { headers: { ...headers, Authorization: `Bearer ${token}` } }],
        [
          connection,
          '/v2/orders',
          { method: 'POST', headers, body: { ...limitOrder, coId: pass } },
        ],
        [
          connection,
          '/v2/orders',
          {
            ...{ method: 'POST', headers },
            body: {
              ...limitOrder,
              account: Buffer.from(`it is ${pass}, so`).toString('base64'),
              tradeChannel: Buffer.from(pass).toString('hex'),
            },
          },
        ],
        [connection, '/v2/sso/login', { method: 'POST', body: `{"user":"ada","pass":"${pass}"` }],
        [
          connection,
          '/_simulation/organisations/Acme/outcomes',
          { method: 'POST', body: { coId: token, outcome: { kind: 'fill' } } },
        ],
      ]
      for (const call of calls) await ask(...call)
      const shown = await ask(connection, '/_simulation/organisations/Acme/journal')
      const { entries } = JSON.parse(shown.text)
      assert.isAtLeast(entries.length, calls.length)
      const [, signedBy = ''] = /signature="(.*)"/.exec(signature.Authorization ?? '') ?? []
      for (const secret of [pass, token, 'another-Pa55', hmacSecret, signedBy]) {
        assert.isNotEmpty(secret)
        assert.notMatch(shown.text, patternOf(secret), secret)
      }
      assert.include(shown.text, '‹redacted›')
      connection.end()
    }))
})
