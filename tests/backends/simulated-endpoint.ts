import { join } from 'node:path'
import type { Fetch } from '../../src/api/fetch.ts'
import type { EndpointConfig } from '../../src/backends/endpoint/endpoint-config.ts'
import type { EndpointRun } from '../../src/backends/endpoint/endpoint-run.ts'
import { openEndpointRun } from '../../src/backends/endpoint/open-endpoint-run.ts'
import type { CallRequest, ClientRef, Reply } from '../../src/backends/endpoint/protocol.ts'
import { WireLog } from '../../src/backends/endpoint/wire-log.ts'
import { ChainWriter } from '../../src/evidence/bundle/chain-writer.ts'
import type { Settings } from '../../src/mocks/exchange/settings/settings.ts'
import { VIRTUAL_START } from '../../src/mocks/exchange/virtual-clock.ts'
import { createSimulation, type Simulation } from '../../src/mocks/http/simulation.ts'
import { configOf } from './environment.ts'
import { SteppingClock } from './stepping-clock.ts'
import { inFolder } from './temporary-folder.ts'

/** Nobody listens there, and nothing is sent there: requests end in this process. */
const BASE_URL = 'http://127.0.0.1:9'

/** A request as the endpoint saw it. */
export interface Seen {
  /** e.g. `POST /v2/orders` */
  readonly line: string
  readonly body: string
  readonly token: string | null
  readonly authorization: string | null
  /** Epoch milliseconds. */
  readonly at: number
}

/** Answers a request in the simulation's stead; `next` has it answer after all. */
type Stand = (request: Seen, next: () => Promise<Response>) => Response | Promise<Response>

/** The simulation as an endpoint: a run comes to it by its fetch, on a clock that steps. */
export class SimulatedEndpoint {
  readonly clock = new SteppingClock(VIRTUAL_START)
  readonly simulation: Simulation
  readonly config: EndpointConfig
  readonly folder: string
  readonly requests: Seen[] = []
  readonly fetch: Fetch
  #stands: { readonly pattern: RegExp; readonly stand: Stand }[] = []

  constructor(folder: string, options: EndpointOptions) {
    const { simulation = {}, env = {}, settings = {}, auth = 'token' } = options
    this.folder = folder
    this.simulation = createSimulation({
      ...{ clock: this.clock, seed: 'endpoint', baseUrl: BASE_URL },
      settings: { 'auth.method': auth, ...simulation },
    })
    const { directory } = this.simulation.exchange
    const { name, org, password, hmacSecret } = directory.enrol({ name: 'ada' })
    this.config = configOf(
      BASE_URL,
      {
        ...{ INTEGRAL_USER: name, INTEGRAL_PASSWORD: password, INTEGRAL_ORG: org },
        ...{ INTEGRAL_AUTH: auth, INTEGRAL_HMAC_SECRET: hmacSecret },
        ...env,
      },
      settings,
    )
    const simulated = this.clock.watched(this.simulation.fetch)
    this.fetch = async (request) => {
      const { pathname, search } = new URL(request.url)
      const seen: Seen = {
        line: `${request.method} ${pathname}${search}`,
        body: await request.clone().text(),
        token: request.headers.get('SSO_TOKEN') ?? request.headers.get('Cookie'),
        authorization: request.headers.get('Authorization'),
        at: this.clock.now(),
      }
      this.requests.push(seen)
      const next = () => simulated(request)
      const found = this.#stands.findLast(({ pattern }) => pattern.test(seen.line))
      return found ? found.stand(seen, next) : next()
    }
  }

  /** Has requests whose line matches answered by `stand`; later ones go before earlier ones. */
  answering(pattern: RegExp, stand: Stand): void {
    this.#stands.push({ pattern, stand })
  }

  /** Has all answered by the simulation again. */
  heal(): void {
    this.#stands = []
  }

  lines(pattern = /./): string[] {
    return this.requests.map(({ line }) => line).filter((line) => pattern.test(line))
  }

  get journalFile(): string {
    return join(this.folder, 'journal.ndjson')
  }

  get own(): ClientRef {
    return { credentials: this.config.credentials }
  }

  open(config: EndpointConfig = this.config) {
    return openEndpointRun({
      ...{ config, clock: this.clock, fetch: this.fetch, startedAt: this.clock.now() },
      journalFile: this.journalFile,
      log: new WireLog(new ChainWriter(join(this.folder, 'transcript.ndjson'), 'a run')),
    })
  }

  /** Begins a run, which must be possible. */
  async started(): Promise<EndpointRun> {
    const { run } = this.open()
    const why = await this.clock.run(run.start())
    if (why !== undefined) throw new Error(`The run could not begin: ${why}`)
    return run
  }

  /** Makes one call for a scenario, and lets the time pass that it takes. */
  call(run: EndpointRun, key: string, what: CallRequest['what'], client = this.own) {
    return this.clock.run(run.desk.call({ key, client, what }))
  }
}

export interface EndpointOptions {
  readonly auth?: 'token' | 'hmac'
  readonly simulation?: Partial<Settings>
  readonly env?: Readonly<Record<string, string | undefined>>
  readonly settings?: Readonly<Record<string, unknown>>
}

export function atEndpoint<T>(
  options: EndpointOptions,
  use: (endpoint: SimulatedEndpoint) => Promise<T>,
): Promise<T> {
  return inFolder((folder) => use(new SimulatedEndpoint(folder, options)))
}

export const operation = (
  name: Extract<CallRequest['what'], { kind: 'operation' }>['operation'],
  input: Extract<CallRequest['what'], { kind: 'operation' }>['input'] = {},
): CallRequest['what'] => ({ kind: 'operation', operation: name, input })

let made = 0
/** A limit order that rests: far below the market, good till it is cancelled. */
export function restingOrder(more: Readonly<Record<string, unknown>> = {}) {
  made += 1
  return {
    ...{ coId: `rest-${made}`, type: 'Limit', timeInForce: 'GTC', side: 'Buy' },
    ...{ symbol: 'EUR/USD', currency: 'EUR', size: 10_000, price: 0.5 },
    ...more,
  }
}

export const placing = (body: unknown): CallRequest['what'] => operation('placeOrder', { body })

/** The value of a success. */
export function successIn<T>(reply: Reply): T {
  if (reply.kind !== 'answer' || reply.answer?.kind !== 'success') {
    throw new Error(`Expected a success, got ${JSON.stringify(reply)}`)
  }
  return reply.answer.value as T
}

/** The statuses of all orders that the simulation has taken, in the order of placing. */
export function statusesOf({ simulation }: SimulatedEndpoint): string[] {
  return simulation.exchange.desk.orders.map(({ status }) => status)
}
