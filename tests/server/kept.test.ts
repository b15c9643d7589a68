import { describe, it } from 'node:test'
import { assert } from 'chai'
import { ask, limitOrder, logIn } from './requests.ts'
import { serving } from './served.ts'

describe('what each organisation keeps', () => {
  it('is as much as the limits of the server say, also once it began anew', () =>
    serving({ limits: { orders: 2, sessions: 3, users: 2 } }, async ({ connect, server }) => {
      const connection = await connect()
      for (const org of ['Acme', 'Bond']) {
        await ask(connection, `/_simulation/organisations/${org}/reset`, { method: 'POST' })
        const SSO_TOKEN = await logIn(connection, { org })
        const place = (coId: string) =>
          ask(connection, '/v2/orders', {
            ...{ method: 'POST', headers: { SSO_TOKEN } },
            body: { ...limitOrder, coId, price: 0.5 },
          })
        const codes = [await place('a'), await place('b'), await place('c')]
        assert.deepEqual(
          codes.map(({ status }) => status),
          [202, 202, 503],
        )
        const { venues } = server
        const venue = venues.find(org) ?? assert.fail(`There is no ${org}.`)
        venue.clock.advance(60_000)
        for (const user of ['bob', 'cy', 'dee']) {
          await logIn(connection, { org, user })
          venue.clock.advance(60_000)
        }
        assert.lengthOf(venue.exchange.directory.all, 2)
        assert.isFalse(venues.byUser('bob').has(venue))
        assert.isUndefined(venues.byToken(SSO_TOKEN))
      }
      connection.end()
    }))
})
