import type { TestContext } from 'node:test'
import { createIntegralClient } from '../../src/api/client/create-integral-client.ts'
import { realClock } from '../../src/backends/endpoint/real-clock.ts'
import { journalReader } from '../../src/cli/serve/journal-evidence.ts'
import { VIRTUAL_START } from '../../src/mocks/exchange/virtual-clock.ts'
import { connectToServer } from '../../src/mocks/server/control/connect-to-server.ts'
import { limitsSchema } from '../../src/mocks/server/limits.ts'
import {
  type IntegralServer,
  openServer,
  type ServerOptions,
} from '../../src/mocks/server/open-server.ts'

/** A server of one test on a virtual clock, closed at its end; failures of its own fail the test. */
export async function open(t: TestContext, options: Partial<ServerOptions> = {}) {
  const failures: unknown[] = []
  const server: IntegralServer = await openServer({
    ...{ hostname: '127.0.0.1', port: 0, seed: 'tests', host: realClock },
    ...{ settings: {}, users: [], limits: limitsSchema.parse({}) },
    time: { virtualFrom: VIRTUAL_START },
    reader: journalReader(() => server.origin),
    onFailure: (error) => failures.push(error),
    ...options,
  })
  t.after(async () => {
    await server.close()
    if (failures.length > 0) throw new Error('The server failed.', { cause: failures[0] })
  })
  const control = connectToServer({ origin: server.origin, fetch })
  const app = (org: string, baseUrl = server.origin) =>
    createIntegralClient({
      ...{ baseUrl, fetch, clock: realClock },
      credentials: { user: 'ada', password: 'correct horse', org },
    })
  return { server, control, app, org: control.organisation }
}

export const limit = (coId: string, more: object = {}) => ({
  ...{ coId, type: 'Limit', side: 'Buy', symbol: 'EUR/USD', currency: 'EUR', size: 10_000 },
  ...{ timeInForce: 'GTC', price: 1.2 },
  ...more,
})
