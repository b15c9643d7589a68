import { journalReader } from '../../src/cli/serve/journal-evidence.ts'
import { VirtualClock } from '../../src/mocks/exchange/virtual-clock.ts'
import type { ServerBounds } from '../../src/mocks/server/bounds.ts'
import { limitsSchema } from '../../src/mocks/server/limits.ts'
import {
  type IntegralServer,
  openServer,
  type ServerOptions,
} from '../../src/mocks/server/open-server.ts'
import type { Connection } from './wire.ts'
import { connectTo } from './wire.ts'

/** A Wednesday, 09:00 in New York. */
export const START = Date.UTC(2025, 5, 11, 13)

export interface Served {
  readonly server: IntegralServer
  readonly port: number
  /** The time of the machine that the server believes to run on. */
  readonly clock: VirtualClock
  /** What the server answered with 500: always a mistake of its own. */
  readonly failures: readonly unknown[]
  connect(): Promise<Connection>
}

export type ServedOptions = Partial<Omit<ServerOptions, 'limits' | 'bounds' | 'host'>> & {
  readonly limits?: Partial<ServerOptions['limits']>
  readonly bounds?: Partial<ServerBounds>
}

/**
 * Runs `use` with a server of its own on loopback, which stands at a virtual time, and closes it.
 *
 * @throws What `use` does; or the first failure of the server itself.
 */
export async function serving<T>(
  options: ServedOptions,
  use: (served: Served) => Promise<T>,
): Promise<T> {
  const failures: unknown[] = []
  const { limits, ...others } = options
  const clock = new VirtualClock(START)
  const server: IntegralServer = await openServer({
    ...{ hostname: '127.0.0.1', port: 0, seed: 'tests', settings: {}, users: [] },
    host: clock,
    time: { virtualFrom: START },
    reader: journalReader(() => server.origin),
    onFailure: (error) => failures.push(error),
    ...others,
    limits: limitsSchema.parse(limits ?? {}),
  })
  const port = Number(new URL(server.origin).port)
  try {
    const result = await use({ server, port, clock, failures, connect: () => connectTo(port) })
    if (failures.length > 0) throw failures[0]
    return result
  } finally {
    await server.close()
  }
}
