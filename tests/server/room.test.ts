import { describe, it } from 'node:test'
import { assert } from 'chai'
import { ask, logIn } from './requests.ts'
import { type Served, serving } from './served.ts'

const path = (org: string, rest = '') => `/_simulation/organisations/${org}${rest}`
const names = ({ server }: Served) => server.venues.all.map(({ name }) => name)

describe('an organisation that nobody opened', () => {
  for (const [what, rest, status, method = 'GET'] of [
    ['a call below its address', '/api/v2/orders', 401],
    ['a call of no endpoint below it', '/api/v2/nothing', 404],
    ['a login too long for anybody', '/api/v2/sso/login', 400, 'POST'],
    ['listening', '/events', 404],
    ['looking', '/journal', 404],
    ['taking faults back', '/faults', 404, 'DELETE'],
    ['removing it', '', 404, 'DELETE'],
  ] as const)
    it(`is not opened by ${what}, which costs no other its place`, () =>
      serving({ limits: { organisations: 1 } }, async (served) => {
        const connection = await served.connect()
        await logIn(connection)
        const body = { user: 'x'.repeat(300), pass: 'secret', org: 'New' }
        const sent = { method, ...(method === 'POST' && { body }) }
        const reply = await ask(connection, path('New', rest), sent)
        assert.equal(reply.status, status, reply.text)
        assert.deepEqual(names(served), ['Acme'])
        connection.end()
      }))

  it('is opened by a login below its address, and by staging', () =>
    serving({}, async (served) => {
      const connection = await served.connect()
      const body = { user: 'ada', pass: 'secret', org: 'Elsewhere' }
      await ask(connection, path('One', '/api/v2/sso/login'), { method: 'POST', body })
      await ask(connection, path('Two', '/market/freeze'), { method: 'POST' })
      await ask(connection, path('Three'), { method: 'PUT', body: {} })
      assert.deepEqual(names(served), ['One', 'Two', 'Three'])
      connection.end()
    }))
})

describe('the organisation that makes room', () => {
  it('is the one used longest ago, in the same millisecond too', () =>
    serving({ limits: { organisations: 3 } }, async (served) => {
      const connection = await served.connect()
      const SSO_TOKEN = await logIn(connection, { org: 'A' })
      for (const org of ['B', 'C']) await logIn(connection, { org })
      await ask(connection, '/v2/orders', { headers: { SSO_TOKEN } })
      await logIn(connection, { org: 'D' })
      assert.deepEqual(names(served), ['A', 'C', 'D'])
      connection.end()
    }))

  it('is not one that is looked at, and is told of', async () => {
    const forgotten: string[] = []
    const limits = { organisations: 2 }
    await serving({ limits, onForgotten: (each) => forgotten.push(each) }, async (served) => {
      const connection = await served.connect()
      for (const org of ['A', 'B']) await logIn(connection, { org })
      await ask(connection, path('A', '/journal'))
      await logIn(connection, { org: 'C' })
      assert.deepEqual(names(served), ['A', 'C'])
      connection.end()
    })
    assert.deepEqual(forgotten, ['B'])
  })

  it('is not one that is listened to, unless all are', () =>
    serving({ limits: { organisations: 2 } }, async (served) => {
      const connection = await served.connect()
      for (const org of ['A', 'B']) await logIn(connection, { org })
      const { venues } = served.server
      const listen = (org: string) =>
        venues.find(org)?.events.subscribe(
          () => undefined,
          () => undefined,
        )
      const leave = listen('A')
      await logIn(connection, { org: 'C' })
      assert.deepEqual(names(served), ['A', 'C'])
      listen('C')
      await logIn(connection, { org: 'D' })
      assert.deepEqual(names(served), ['C', 'D'])
      leave?.()
      connection.end()
    }))
})
