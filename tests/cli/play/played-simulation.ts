import { createIntegralClient } from '../../../src/api/client/create-integral-client.ts'
import type { IntegralClient } from '../../../src/api/client/integral-client.ts'
import type { Credentials } from '../../../src/api/client/options.ts'
import type { TokenTransport } from '../../../src/api/client/token.ts'
import type { Fetch } from '../../../src/api/fetch.ts'
import type { Agreed, SimulationControl } from '../../../src/backends/backend.ts'
import { clientEventOf } from '../../../src/cli/play/client-event-of.ts'
import { Play, type PlayOptions } from '../../../src/cli/play/play.ts'
import type { PlayScript } from '../../../src/cli/play/play-script.ts'
import { Exchange } from '../../../src/mocks/exchange/exchange.ts'
import type { Settings } from '../../../src/mocks/exchange/settings/settings.ts'
import { VIRTUAL_START, VirtualClock } from '../../../src/mocks/exchange/virtual-clock.ts'
import { callDirectly } from '../../../src/mocks/http/cut-connection.ts'
import type { Door, DoorRequest } from '../../../src/mocks/http/door.ts'
import { doorsOf } from '../../../src/mocks/http/endpoint-table.ts'
import { Faults } from '../../../src/mocks/http/faults.ts'
import { mswHandlers } from '../../../src/mocks/http/msw-handlers.ts'

/** That of the simulation backend, whose transcript knows operations by it. */
const BASE_URL = 'https://simulation.invalid'

/** A simulation of one organisation in which a script is played. */
export class PlayedSimulation {
  readonly agreed: Agreed = { symbol: 'EUR/USD', smallSize: 50_000, minSize: 50_000 }
  readonly play: Play
  readonly lines: string[] = []
  /** What the scenarios were begun with, `undefined` for the end. */
  readonly begun: (string | undefined)[] = []
  clock = new VirtualClock(VIRTUAL_START)
  settings: Partial<Settings> = {}
  #exchange!: Exchange
  #faults!: Faults
  #handlers: ReturnType<typeof mswHandlers> = []
  #calls = 0
  /** Whose client calls. */
  #caller = ''

  /**
   * @param keepsSessions - Whether only what was staged is cleared between scenarios.
   * @param refusal - Why no scenario can be begun.
   */
  constructor(
    script: PlayScript,
    { keepsSessions = false, refusal }: { keepsSessions?: boolean; refusal?: Error } = {},
  ) {
    this.#open({})
    const options: PlayOptions = {
      control: this.control,
      agreed: this.agreed,
      scriptNextOutcome: async (outcome) => {
        this.#exchange.outcomes.stage({ match: {}, outcome })
      },
      beginScenario: async (scenario) => {
        if (refusal) throw refusal
        this.begun.push(scenario?.name)
        this.#exchange.outcomes.clear()
        this.#faults.clear()
        if (keepsSessions || !scenario) return 'sessions kept'
        this.#open(scenario.settings)
        return 'sessions ended'
      },
      onProgress: (line) => this.lines.push(line),
    }
    this.play = new Play(script, options)
  }

  get exchange(): Exchange {
    return this.#exchange
  }

  get control(): SimulationControl {
    return {
      scriptOutcome: async (coId, outcome) => this.#exchange.outcomes.script(coId, outcome),
      proceed: async (orderId) => void this.#exchange.desk.proceed(orderId),
      freezeMarket: async () => this.#exchange.market.freeze(),
      moveMarket: async (symbol, pips) => this.#exchange.market.move(pips, symbol),
      setMarketSize: async (symbol, amount) => this.#exchange.market.offerSize(symbol, amount),
      withdrawPrices: async () => this.#exchange.market.withdraw(),
      passTime: async (ms) => this.clock.advance(ms),
      expireTokens: async () => this.#exchange.sessions.expireAll(),
      stageFault: async (fault) => this.#faults.stage(fault),
      enrol: async ({ name, mayTrade }) => this.credentialsOf(name, mayTrade),
    }
  }

  credentialsOf(name: string, mayTrade?: boolean): Credentials {
    const { directory } = this.#exchange
    const known = mayTrade === undefined ? directory.find(name, directory.org) : undefined
    const user = known ?? directory.enrol({ name, mayTrade: mayTrade ?? true })
    return { user: user.name, password: user.password, org: user.org }
  }

  /** A client as an app would have one. */
  connect(
    credentials = this.credentialsOf('Ada'),
    {
      transport,
      fetch = this.fetch,
    }: { transport?: TokenTransport | undefined; fetch?: Fetch } = {},
  ): IntegralClient {
    const queryByClientPath = this.settings['paths.queryByClient']
    return createIntegralClient({
      ...{ baseUrl: BASE_URL, clock: this.clock, credentials },
      fetch: (request) => {
        this.#caller = credentials.user
        return fetch(request)
      },
      newRequestId: () => `request-${this.#calls}`,
      ...(queryByClientPath !== undefined && { queryByClientPath }),
      ...(transport && { tokenTransport: transport }),
    })
  }

  readonly fetch: Fetch = async (request) => {
    await this.play.settled()
    const response = await callDirectly(this.#handlers, request)
    if (response) return response
    throw new Error(`There is no ${request.url}.`)
  }

  #open(settings: Readonly<Record<string, unknown>>): void {
    this.settings = settings as Partial<Settings>
    this.#exchange = new Exchange({ clock: this.clock, seed: 'play', settings: this.settings })
    this.#faults = new Faults(this.#exchange.chance)
    const doors = doorsOf(this.#exchange, this.#faults).map((door) => this.#watched(door))
    this.#handlers = mswHandlers(doors, this.#exchange, BASE_URL)
  }

  #watched(door: Door): Door {
    const handle = (request: DoorRequest) => {
      const delivery = door.handle(request)
      const { operation } = door
      const call = { operation, at: this.clock.now(), exchange: ++this.#calls, request, delivery }
      const user = this.#caller
      void this.play.receive(clientEventOf({ ...call, user }))
      return delivery
    }
    return { ...door, handle }
  }
}
