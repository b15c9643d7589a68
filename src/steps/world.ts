import { type IWorldOptions, setWorldConstructor, World } from '@cucumber/cucumber'
import type { Faker } from '@faker-js/faker'
import { assert } from 'chai'
import type { Answer } from '../api/client/answer.ts'
import type { Credentials } from '../api/client/options.ts'
import type { SessionInfo } from '../api/client/session-info.ts'
import type { TokenTransport } from '../api/client/token.ts'
import type {
  Backend,
  Capability,
  LeftWorking,
  Outcome,
  Settings,
  SimulationControl,
} from '../backends/backend.ts'
import { NotVerifiedError } from '../backends/not-verified-error.ts'
import { openBackend } from '../backends/open-backend.ts'
import type { NewTrader } from '../backends/simulation-control.ts'
import type { StagingWorld } from '../backends/staging-world.ts'
import type { Transcript } from '../evidence/transcript.ts'
import { seededFaker } from '../mocks/exchange/seeded-faker.ts'
import { InventedIds } from './invented-ids.ts'
import type { PlacedOrder } from './placed-order.ts'
import { Trader } from './trader.ts'

export interface WorldParameters {
  readonly target: string
  readonly seed: string
  /** Settings of the simulation. */
  readonly settings?: Partial<Settings>
  /** Name of the run on an endpoint. */
  readonly run?: string
  /** Where the server listens that the run has started. */
  readonly server?: string
  /** What scenarios need of the backend, by `uri:line`; who is absent needs nothing. */
  readonly needs?: Readonly<Record<string, readonly Capability[]>>
  /** Id of a wrong behaviour of the simulation: only to prove the judge on it. */
  readonly deviation?: string
  /** Whether scenarios leave their evidence alone, and nothing for people to look at. */
  readonly evidenceOnly?: boolean
}

const defaults: WorldParameters = { target: 'simulation', seed: 'integral' }

/** Which scenario a World is for. */
export interface ScenarioIdentity {
  /** What tells it from all others, whatever is run with it. */
  readonly key: string
  /** `uri:line`, and with its name as the verdict has it. */
  readonly place: string
  readonly label: string
  /** Settings of the simulation that it assumes, over those of the run. */
  readonly assumed: Readonly<Record<string, unknown>>
}

/** State of one scenario: a fresh instance per scenario, and per retry. */
export class TradingWorld extends World<Partial<WorldParameters>> implements StagingWorld {
  readonly #traders = new Map<string, Trader>()
  readonly #orders = new Map<string, PlacedOrder>()
  readonly #settings: Record<string, unknown> = {}
  #key = ''
  #backend: Backend | undefined
  #data: Faker | undefined
  #ids: InventedIds | undefined
  #order: PlacedOrder | undefined
  #reservedCoId: string | undefined
  #answer: Answer<unknown> | undefined
  /** What the simulation is to do with the next order placed. */
  nextOutcome: Outcome | undefined
  /** The session before it was renewed, or one that is kept for later. */
  earlierSession: SessionInfo | undefined
  /** Why the rest of the scenario is not verified. */
  notVerifiedHere: string | undefined
  /** How the token goes along, where the scenario says so. */
  tokenTransport: TokenTransport | undefined

  constructor(options: IWorldOptions<Partial<WorldParameters>>) {
    super(options)
    Object.assign(this.#settings, this.parameters.settings)
  }

  /**
   * Opens the backend.
   *
   * @returns Why the scenario is not to be run here; `undefined` where it is.
   */
  async begin({ key, place, label, assumed }: ScenarioIdentity): Promise<string | undefined> {
    this.#key = key
    Object.assign(this.#settings, assumed)
    const { run, server, needs, deviation } = this.parameters
    const settings = this.#settings as Partial<Settings>
    const { seed } = this
    this.#backend = await openBackend(this.target, {
      ...{ seed, key, label, settings },
      ...(run !== undefined && { run, worker: workerNumber() }),
      ...(server !== undefined && { server }),
      ...(deviation !== undefined && { deviation }),
    })
    const { backend } = this
    const lacking = needs?.[place]?.find((each) => !backend.capabilities.has(each))
    return lacking === undefined ? backend.open() : backend.whyItLacks(lacking)
  }

  /** Why nothing more can be learnt from the other side; `undefined` while it is there. */
  get lost(): string | undefined {
    return this.#backend?.lost
  }

  /** A text without the secrets that this scenario has come to know. */
  redact(text: string): string {
    return this.#backend?.redact(text) ?? text
  }

  /** The value a setting was given for this scenario; `undefined` where it has its default. */
  setting(name: string): unknown {
    return this.#settings[name]
  }

  /** Notes the step that is running, in the scenario's words; exchanges go by it. */
  noteStep(text: string): void {
    this.backend.noteStep(text)
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

  get backend(): Backend {
    if (this.#backend) return this.#backend
    throw new Error('The backend is not open: the Before hook of src/steps/hooks.ts does that.')
  }

  /** The means of staging, for steps that need them. */
  get control(): SimulationControl {
    const { control, name } = this.backend
    if (control) return control
    throw new Error(`Failed to stage anything: ${name} cannot be controlled.`)
  }

  enrol(trader: NewTrader): Promise<Credentials> {
    return this.control.enrol(trader)
  }

  keepSession(): void {
    this.earlierSession = this.trader('Ada').client.session
  }

  /**
   * Ends the scenario where this backend gives no chance to go on. The simulation always gives one, so
   * there the same thing is a failure.
   *
   * @throws {NotVerifiedError | AssertionError}
   */
  notVerified(why: string): never {
    if (this.backend.control) assert.fail(why)
    throw new NotVerifiedError(why)
  }

  /** Whatever is made up, but the client ids of orders; by the seed and the scenario. */
  get data(): Faker {
    this.#data ??= seededFaker(this.#ownSeed)
    return this.#data
  }

  get #ownSeed(): readonly number[] {
    return [...(this.seed + this.#key)].map((each) => each.codePointAt(0) ?? 0)
  }

  get transcript(): Transcript {
    return this.backend.transcript
  }

  /** Whoever is called `name`, with a client of their own. */
  trader(name: string): Trader {
    return this.#traders.get(name) ?? this.introduce(name, this.backend.credentialsOf(name))
  }

  /** Makes `name` somebody with these credentials, and a client that passes its token so. */
  introduce(name: string, credentials: Credentials, tokenTransport?: TokenTransport): Trader {
    this.tokenTransport = tokenTransport
    const client = this.backend.connect(credentials, tokenTransport)
    const trader = new Trader(name, client, this.backend)
    this.#traders.set(name, trader)
    return trader
  }

  get traders(): readonly Trader[] {
    return [...this.#traders.values()]
  }

  /** The client order id that the next order will have. */
  reserveCoId(): string {
    this.#reservedCoId = this.newCoId()
    return this.#reservedCoId
  }

  /** A client order id that nobody has used. */
  newCoId(): string {
    const reserved = this.#reservedCoId
    this.#reservedCoId = undefined
    if (reserved !== undefined) return reserved
    this.#ids ??= new InventedIds(this.#ownSeed)
    return this.backend.clientId(this.#ids.next())
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

  /** Puts an order in the place of one that ended otherwise than the scenario wanted. */
  replaceOrder(earlier: PlacedOrder, later: PlacedOrder): void {
    earlier.isReplaced = true
    if (this.#order === earlier) this.#order = later
    for (const [name, order] of this.#orders) if (order === earlier) this.nameOrder(name, later)
  }

  /** Nothing is left working after it, but for the orders it resolves to. */
  async end(): Promise<readonly LeftWorking[]> {
    return (await this.#backend?.close()) ?? []
  }
}

/** Who placed an order: the scenario's, unless told otherwise. */
export function traderOf(world: TradingWorld, order: PlacedOrder = world.order): Trader {
  const owner = world.traders.find(({ orders }) => orders.includes(order))
  if (owner) return owner
  throw new Error('Failed to find who placed the order: nobody of this scenario did.')
}

/** Of this thread, as Cucumber numbers its workers; without any, this is the first. */
function workerNumber(): number {
  return Number(process.env.CUCUMBER_WORKER_ID ?? 0)
}

setWorldConstructor(TradingWorld)
