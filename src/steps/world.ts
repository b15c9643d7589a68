import { type IWorldOptions, setWorldConstructor, World } from '@cucumber/cucumber'
import { en, Faker } from '@faker-js/faker'
import type { Answer } from '../api/client/answer.ts'
import { createIntegralClient } from '../api/client/create-integral-client.ts'
import type { Credentials } from '../api/client/options.ts'
import type { SessionInfo } from '../api/client/session-info.ts'
import type { TokenTransport } from '../api/client/token.ts'
import { parseClientQueryPath } from '../api/contract/client-query-path.ts'
import { DEFAULT_CLIENT_QUERY_PATH } from '../api/contract/client-query-template.ts'
import type { Fetch } from '../api/fetch.ts'
import type { Backend, Outcome, Settings, SimulationControl } from '../backends/backend.ts'
import { openBackend } from '../backends/open-backend.ts'
import { recordingFetch } from '../evidence/recording-fetch.ts'
import { createRedactor } from '../evidence/redaction.ts'
import { Transcript } from '../evidence/transcript.ts'
import type { PlacedOrder } from './placed-order.ts'
import { Trader } from './trader.ts'

export interface WorldParameters {
  readonly target: string
  readonly seed: string
  readonly settings?: Partial<Settings>
}

const defaults: WorldParameters = { target: 'simulation', seed: 'integral' }

/** State of one scenario: a fresh instance per scenario, and per retry. */
export class TradingWorld extends World<Partial<WorldParameters>> {
  readonly #traders = new Map<string, Trader>()
  readonly #orders = new Map<string, PlacedOrder>()
  readonly #settings: Record<string, unknown> = {}
  #scenarioKey = ''
  #backend: Backend | undefined
  #fetch: Fetch | undefined
  #transcript: Transcript | undefined
  #data: Faker | undefined
  #order: PlacedOrder | undefined
  #requests = 0
  #answer: Answer<unknown> | undefined
  /** What the simulation is to do with the next order placed. */
  nextOutcome: Outcome | undefined
  /** The session before it was renewed. */
  earlierSession: SessionInfo | undefined
  #step: string | undefined

  constructor(options: IWorldOptions<Partial<WorldParameters>>) {
    super(options)
    Object.assign(this.#settings, this.parameters.settings)
  }

  /**
   * @param key - What tells this scenario from all others, whatever is run with it.
   * @param assumed - Settings that this scenario assumes, over those of the run.
   */
  begin(key: string, assumed: Readonly<Record<string, unknown>>): void {
    this.#scenarioKey = key
    Object.assign(this.#settings, assumed)
  }

  /** A text without the secrets that this scenario has come to know. */
  redact(text: string): string {
    return this.#transcript?.redactor.redact(text) ?? text
  }

  /** The value a setting was given for this scenario; `undefined` where it has its default. */
  setting(name: string): unknown {
    return this.#settings[name]
  }

  /** Notes the step that is running, in the scenario's words; exchanges go by it. */
  noteStep(text: string): void {
    this.#step = text
    if (this.#transcript) this.#transcript.step = text
  }

  get target(): string {
    return this.parameters.target ?? defaults.target
  }

  get seed(): string {
    return this.parameters.seed ?? defaults.seed
  }

  /** The last answer that a scenario looks at, whatever was asked. */
  get answer(): Answer<unknown> {
    if (this.#answer) return this.#answer
    throw new Error('There is no answer yet: add a step that asks for something before.')
  }

  set answer(answer: Answer<unknown>) {
    this.#answer = answer
  }

  /** Opened when first needed, so that a scenario can assume other settings before. */
  get backend(): Backend {
    this.#backend ??= openBackend(this.target, {
      seed: JSON.stringify([this.seed, this.#scenarioKey]),
      settings: this.#settings as Partial<Settings>,
    })
    return this.#backend
  }

  /** The means of staging, for steps that need them. */
  get control(): SimulationControl {
    const { control, name } = this.backend
    if (control) return control
    throw new Error(`Failed to stage anything: ${name} cannot be controlled.`)
  }

  /** Names, ids and sizes, by the seed and the scenario. */
  get data(): Faker {
    if (!this.#data) {
      this.#data = new Faker({ locale: [en] })
      this.#data.seed([...(this.seed + this.#scenarioKey)].map((each) => each.codePointAt(0) ?? 0))
    }
    return this.#data
  }

  get transcript(): Transcript {
    if (!this.#transcript) {
      this.#transcript = new Transcript({
        baseUrl: this.backend.baseUrl,
        redactor: createRedactor(),
        clientQuery: parseClientQueryPath(this.#queryByClientPath),
      })
      this.#transcript.step = this.#step
    }
    return this.#transcript
  }

  /** Whoever is called `name`, with a client of their own. */
  trader(name: string): Trader {
    const known = this.#traders.get(name)
    if (known) return known
    return this.introduce(name, this.backend.credentialsOf(name))
  }

  /** Makes `name` somebody with these credentials, and a client that passes its token so. */
  introduce(name: string, credentials: Credentials, tokenTransport?: TokenTransport): Trader {
    const { baseUrl, clock } = this.backend
    this.transcript.redactor.learn(credentials.password)
    const client = createIntegralClient({
      baseUrl,
      clock,
      credentials,
      fetch: this.#recording,
      queryByClientPath: this.#queryByClientPath,
      newRequestId: () => `request-${++this.#requests}`,
      ...(tokenTransport && { tokenTransport }),
    })
    const trader = new Trader(name, client)
    this.#traders.set(name, trader)
    return trader
  }

  get traders(): readonly Trader[] {
    return [...this.#traders.values()]
  }

  /** A client order id that nobody has used. */
  newCoId(): string {
    return this.data.string.alphanumeric({ length: 16, casing: 'lower' })
  }

  /** The order that the scenario is about. */
  get order(): PlacedOrder {
    if (this.#order) return this.#order
    throw new Error('There is no order yet: add a step that places one before.')
  }

  set order(placed: PlacedOrder) {
    this.#order = placed
  }

  /** Gives an order a name to tell it from others, e.g. `first`. */
  nameOrder(name: string, order: PlacedOrder): void {
    this.#orders.set(name, order)
  }

  orderNamed(name: string): PlacedOrder {
    const order = this.#orders.get(name)
    if (order) return order
    throw new Error(`There is no ${name} order yet: add a step that places it before.`)
  }

  async end(): Promise<void> {
    await this.#backend?.close()
  }

  get #recording(): Fetch {
    this.#fetch ??= recordingFetch(this.backend.fetch, this.transcript, this.backend.clock)
    return this.#fetch
  }

  get #queryByClientPath(): string {
    const path = this.#settings['paths.queryByClient']
    return typeof path === 'string' ? path : DEFAULT_CLIENT_QUERY_PATH
  }
}

/** Who placed an order: the scenario's, unless told otherwise. */
export function traderOf(world: TradingWorld, order: PlacedOrder = world.order): Trader {
  const owner = world.traders.find(({ orders }) => orders.includes(order))
  if (owner) return owner
  throw new Error('Failed to find who placed the order: nobody of this scenario did.')
}

setWorldConstructor(TradingWorld)
