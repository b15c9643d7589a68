import { createIntegralClient } from '../../../src/api/client/create-integral-client.ts'
import type { IntegralClient } from '../../../src/api/client/integral-client.ts'
import type { ClientOptions } from '../../../src/api/client/options.ts'
import type { Fetch } from '../../../src/api/fetch.ts'
import { type ClientReport, clientReport } from '../../../src/evidence/client/client-report.ts'
import type {
  StagedAction,
  WatchedExchange,
} from '../../../src/evidence/client/watched-exchange.ts'
import { recordingFetch } from '../../../src/evidence/recording-fetch.ts'
import { Transcript } from '../../../src/evidence/transcript.ts'
import type { User } from '../../../src/mocks/exchange/directory.ts'
import type { Settings } from '../../../src/mocks/exchange/settings/settings.ts'
import { VIRTUAL_START, VirtualClock } from '../../../src/mocks/exchange/virtual-clock.ts'
import type { Fault } from '../../../src/mocks/http/fault.ts'
import { createSimulation, type Simulation } from '../../../src/mocks/http/simulation.ts'

const BASE_URL = 'https://simulation.invalid'

/** The simulation with somebody driving it: both live by one virtual clock. */
export class Driven {
  readonly clock = new VirtualClock(VIRTUAL_START)
  readonly simulation: Simulation
  readonly user: User
  readonly #transcript = new Transcript({ baseUrl: BASE_URL })
  readonly #pending: Fault[] = []
  readonly #faults = new Map<number, Pick<WatchedExchange, 'fault' | 'tookEffect'>>()
  readonly #staged: StagedAction[] = []
  #requests = 0

  constructor(settings: Partial<Settings> = {}) {
    const { clock } = this
    this.simulation = createSimulation({ clock, seed: 's', baseUrl: BASE_URL, settings })
    this.user = this.simulation.exchange.directory.enrol({ name: 'ada' })
  }

  client(options: Partial<ClientOptions> = {}): IntegralClient {
    const { name: user, password, org } = this.user
    return createIntegralClient({
      ...{ baseUrl: BASE_URL, clock: this.clock, fetch: this.fetch },
      credentials: { user, password, org },
      newRequestId: () => `request-${++this.#requests}`,
      ...options,
    })
  }

  /** As a server records it: what is asked, and what was staged on it. */
  readonly fetch = recordingFetch(
    (request) => {
      const { number, operation } = this.#arriving(request)
      const at = this.#pending.findIndex((fault) => fault.operation === operation)
      const [fault] = at < 0 ? [] : this.#pending.splice(at, 1)
      if (fault) this.#faults.set(number, factsOf(fault))
      return this.simulation.fetch(request)
    },
    this.#transcript,
    this.clock,
  )

  /** The same with answers that take so many milliseconds. */
  slowly(ms: number): Fetch {
    return recordingFetch(
      async (request) => {
        this.#arriving(request)
        const answer = await this.simulation.fetch(request)
        await this.clock.sleep(ms)
        return answer
      },
      this.#transcript,
      this.clock,
    )
  }

  #arriving(request: Request) {
    this.#arrived += 1
    const operation = this.#transcript.matches(request.method, request.url)?.operation
    return { number: this.#arrived, operation }
  }
  #arrived = 0

  /** Disturbs the next call of an operation. */
  stage(fault: Fault): void {
    this.simulation.faults.stage(fault)
    this.#pending.push(fault)
  }

  expireTokens(): void {
    this.simulation.exchange.sessions.expireAll()
    this.#staged.push({ before: this.#arrived + 1, kind: 'tokens', what: 'tokens expired' })
  }

  get exchanges(): readonly WatchedExchange[] {
    return this.#transcript.whole.map((exchange) => ({
      ...exchange,
      receivedAt: exchange.at,
      answeredAt: exchange.at + exchange.tookMs,
      ...this.#faults.get(exchange.number),
    }))
  }

  /** What the server says of the client in the end; what was left at the server is gone then. */
  report(): ClientReport {
    const { desk, trades } = this.simulation.exchange
    const left = trades.download(this.user, undefined)
    const undelivered = left.ok ? left.value.deliveries.map(({ record }) => record) : []
    const working = desk.orders.filter(({ isFinal }) => !isFinal).map(({ orderId }) => orderId)
    return clientReport(this.exchanges, {
      ...{ baseUrl: BASE_URL, undelivered, working, staged: this.#staged },
    })
  }
}

function factsOf(fault: Fault): Pick<WatchedExchange, 'fault' | 'tookEffect'> {
  return {
    fault: fault.kind ?? 'server error',
    tookEffect: 'when' in fault && fault.when === 'after',
  }
}
