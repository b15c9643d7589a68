import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { Venue } from '../../src/mocks/server/venue.ts'
import { ask, logIn } from './requests.ts'
import { type Served, START, serving } from './served.ts'

const ACME = '/_simulation/organisations/Acme'

/** Ways in which the clock ends that an answer waits on. */
const ends: readonly [string, (served: Served, acme: Venue) => unknown][] = [
  ['begins anew', (_served, acme) => acme.reset()],
  ['goes on with other settings', (_served, acme) => acme.restage({ tokenTtlMs: 1_000 })],
  ['is removed', ({ server }) => server.venues.remove('Acme')],
  ['makes room for another', ({ server }) => server.venues.open('Other')],
]

describe('a call whose answer waits for a time that stands', () => {
  for (const fault of [
    { kind: 'latency', ms: 60_000 },
    { kind: 'slow body', bytes: 5, everyMs: 60_000 },
  ])
    for (const [what, end] of ends)
      it(`is answered when its organisation ${what} (${fault.kind})`, { timeout: 20_000 }, () =>
        serving({ limits: { organisations: 1 } }, async (served) => {
          const connection = await served.connect()
          const SSO_TOKEN = await logIn(connection)
          await ask(connection, `${ACME}/clock/run`, { method: 'POST', body: { pace: 1 } })
          const staged = { operation: 'spotRate', ...fault }
          const reply = await ask(connection, `${ACME}/faults`, { method: 'POST', body: staged })
          assert.equal(reply.status, 204, reply.text)
          const acme = served.server.venues.find('Acme') ?? assert.fail('There is no Acme.')
          const isIn = new Promise<void>((resolve) => {
            const { handle } = acme
            acme.handle = (call) => {
              setImmediate(resolve)
              return handle.call(acme, call)
            }
          })
          const answer = ask(connection, '/v2/rates/spot?symbol=EUR/USD', {
            headers: { SSO_TOKEN },
          })
          await isIn
          assert.equal(served.clock.now(), START)
          end(served, acme)
          assert.equal((await answer).status, 200)
          connection.end()
        }),
      )
})
