import { once } from 'node:events'
import { createServer, type IncomingMessage } from 'node:http'
import { text } from 'node:stream/consumers'
import { after, describe } from 'node:test'
import { Agent } from 'undici'
import type { Fetch } from '../../src/api/fetch.ts'
import type { DoorRequest } from '../../src/mocks/http/door.ts'
import { doorsOf } from '../../src/mocks/http/endpoint-table.ts'
import type { Fault } from '../../src/mocks/http/fault.ts'
import { deliver } from '../../src/mocks/http/node-delivery.ts'
import { undiciFetchOn } from '../api/undici-fetch.ts'
import { type OpenOptions, type Trader, Venue } from './driver.ts'

/** Names the faults in every answer that they disturbed. */
export const FAULT = 'x-simulation-fault'

/** A way to call the doors of a venue, to be closed in the end. */
interface Transport {
  readonly fetch: Fetch
  readonly close: () => Promise<void>
}

/** Every transport, by its name. */
const transports: Readonly<Record<string, (venue: Venue) => Promise<Transport>>> = {
  'in process': async ({ simulation }) => ({ fetch: simulation.fetch, close: async () => {} }),
  'over sockets': serve,
}

/** Somebody logged in, whom from then on the faults await. */
export type Facing = (
  faults: Fault | readonly Fault[],
  options?: OpenOptions,
) => Promise<{
  readonly venue: Venue
  readonly trader: Trader
  readonly stage: (fault: Fault) => void
}>

/** Describes something by every transport. */
export function describeEach(what: string, tests: (facing: Facing) => void): void {
  for (const [name, connect] of Object.entries(transports)) {
    describe(`${what}, ${name}, that`, () => {
      const opened: Transport[] = []
      after(() => Promise.all(opened.map(({ close }) => close())))
      tests(async (faults, options) => {
        const venue = new Venue(options)
        const transport = await connect(venue)
        opened.push(transport)
        venue.fetch = transport.fetch
        const trader = await venue.trader()
        const stage = (fault: Fault) => venue.simulation.faults.stage(fault)
        for (const each of [faults].flat() as readonly Fault[]) stage(each)
        return { venue, trader, stage }
      })
    })
  }
}

/** Mounts the doors of a venue on a server of Node, at a free port; calls go there. */
async function serve({ simulation: { exchange, faults } }: Venue): Promise<Transport> {
  const doors = doorsOf(exchange, faults).map((door) => ({
    ...door,
    pattern: new RegExp(`^${door.path.replaceAll(/\{(\w+)\}/g, '(?<$1>[^/]+)')}$`),
  }))
  const server = createServer(async (incoming, response) => {
    const request = await requestOf(incoming)
    const door = doors.find(
      ({ method, pattern }) => method === request.method && pattern.test(request.pathname),
    )
    if (!door) throw new Error(`There is no ${request.method} ${request.pathname}.`)
    const params = { ...door.pattern.exec(request.pathname)?.groups }
    await new Promise((resolve, reject) =>
      deliver(door.handle({ ...request, params }), response, exchange.clock, {
        over: resolve,
        failed: reject,
      }),
    )
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  const dispatcher = new Agent()
  const send = undiciFetchOn(dispatcher)
  return {
    fetch: (request) => {
      const { pathname, search } = new URL(request.url)
      return send(new Request(`http://127.0.0.1:${port}${pathname}${search}`, request))
    },
    close: async () => {
      await dispatcher.destroy()
      server.closeAllConnections()
      server.close()
    },
  }
}

async function requestOf(incoming: IncomingMessage): Promise<Omit<DoorRequest, 'params'>> {
  const { pathname, searchParams } = new URL(incoming.url ?? '', 'http://server.invalid')
  const { method = '', headers } = incoming
  const body = await text(incoming)
  return {
    method,
    pathname,
    query: searchParams,
    headers: { get: (name) => headers[name.toLowerCase()]?.toString() ?? null },
    body,
    wire: { target: incoming.url ?? '', body: Buffer.from(body) },
  }
}
