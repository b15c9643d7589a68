import { describe, it } from 'node:test'
import { assert } from 'chai'
import { ask, logIn } from './requests.ts'
import { START, serving } from './served.ts'

const ACME = '/_simulation/organisations/Acme'

describe('an organisation that goes on with other settings', () => {
  for (const time of ['real', { virtualFrom: START }] as const)
    it(`goes on in its time, at its pace (${JSON.stringify(time)})`, () =>
      serving({ time }, async ({ server, clock }) => {
        const acme = server.venues.open('Acme')
        acme.clock.run(0)
        clock.advance(5_000)
        acme.clock.advance(90_000)
        acme.restage({ tokenTtlMs: 1_000 })
        assert.deepEqual([acme.clock.now(), acme.clock.pace], [START + 90_000, 0])
        acme.clock.run(60)
        clock.advance(1_000)
        acme.restage({})
        clock.advance(1_000)
        assert.deepEqual([acme.clock.now(), acme.clock.pace], [START + 210_000, 60])
      }))

  it('still knows whoever was enrolled, as they were', () =>
    serving({ users: [{ name: 'eve', org: 'Acme', password: 'hidden' }] }, async (served) => {
      const connection = await served.connect()
      const enrol = async (body: object): Promise<{ password: string; hmacSecret: string }> =>
        JSON.parse((await ask(connection, `${ACME}/users`, { method: 'POST', body })).text)
      const ada = await enrol({ user: 'ada', mayTrade: false })
      const acme = served.server.venues.find('Acme') ?? assert.fail('There is no Acme.')
      acme.restage({ tokenTtlMs: 1_000 })
      await logIn(connection, { pass: ada.password })
      await logIn(connection, { user: 'eve', pass: 'hidden' })
      assert.isFalse(acme.exchange.directory.find('ada', 'Acme')?.mayTrade)
      assert.equal(acme.exchange.directory.find('ada', 'Acme')?.hmacSecret, ada.hmacSecret)
      assert.notEqual((await enrol({ user: 'bob' })).password, ada.password)
      connection.end()
    }))

  it('has its endpoints where its own settings say, whatever others have', () =>
    serving({}, async ({ server, connect }) => {
      const connection = await connect()
      const tokens = new Map<string, string>()
      for (const org of ['Acme', 'Borealis', 'Cirrus'])
        tokens.set(org, await logIn(connection, { org }))
      server.venues.open('Acme').restage({ 'paths.queryByClient': '/v2/orders/client/{coId}' })
      server.venues.open('Borealis').restage({ 'paths.queryByClient': '/v2/by-client?id={coId}' })
      tokens.set('Acme', await logIn(connection, { org: 'Acme' }))
      tokens.set('Borealis', await logIn(connection, { org: 'Borealis' }))
      const found = async (org: string) => {
        const headers = { SSO_TOKEN: tokens.get(org) ?? '' }
        const found: boolean[] = []
        for (const path of ['/v2/orders/client/a', '/v2/by-client?id=a', '/v2/orders?coId=a']) {
          const { text } = await ask(connection, path, { headers })
          found.push(text.includes('There is no order with coId a.'))
        }
        return found
      }
      assert.deepEqual(await found('Acme'), [true, false, false])
      assert.deepEqual(await found('Borealis'), [false, true, false])
      assert.deepEqual(await found('Cirrus'), [false, false, true])
      connection.end()
    }))
})
