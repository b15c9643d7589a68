import { en, Faker } from '@faker-js/faker'
import { createIntegralClient } from '../api/client/create-integral-client.ts'
import type { Credentials } from '../api/client/options.ts'
import { parseClientQueryPath } from '../api/contract/client-query-path.ts'
import { DEFAULT_CLIENT_QUERY_PATH } from '../api/contract/client-query-template.ts'
import type { Bounds } from '../evidence/reading/matter.ts'
import { recordingFetch } from '../evidence/recording-fetch.ts'
import { createRedactor } from '../evidence/redaction.ts'
import { Transcript } from '../evidence/transcript.ts'
import { deviatingFetch } from '../mocks/deviations/deviating-fetch.ts'
import { deviationNamed } from '../mocks/deviations/deviations.ts'
import { Chance } from '../mocks/exchange/chance.ts'
import type { Settings } from '../mocks/exchange/settings/settings.ts'
import { VIRTUAL_START, VirtualClock } from '../mocks/exchange/virtual-clock.ts'
import { createSimulation } from '../mocks/http/simulation.ts'
import { type Backend, CAPABILITIES } from './backend.ts'
import type { Patience } from './patience.ts'
import type { NewTrader, SimulationControl } from './simulation-control.ts'
import { type ConnectedClient, WATCH_STEP, watchTheEnd } from './simulation-watch.ts'

/** A name that no resolver may resolve, so that a request that strayed would go nowhere. */
const BASE_URL = 'https://simulation.invalid'
const AGREED_SYMBOL = 'EUR/USD'
/** A small order: 1 to 10 times this amount of base. */
const SMALL_LOT = 10_000

/** Time costs nothing here, and every ending is staged: there is nothing to be patient about. */
const patience: Patience = {
  poll: { firstMs: 250, factor: 1, mostMs: 250 },
  limitsMs: {
    'order to end': 15_000,
    'order to be NEW': 15_000,
    cancellation: 15_000,
    trade: 0,
  },
  expiryWithinMs: 15_000,
  doubtWithinMs: 5_000,
  tokenWaitMs: Number.POSITIVE_INFINITY,
  furtherAttempts: 0,
  allow: async (_kind, withinMs) => ({ withinMs, isFull: true }),
  breach: async () => {},
}

const bounds: Bounds = { finalWithinMs: 15_000, tradeWithinMs: 10_000, tokenSlackMs: 0 }

export interface SimulationBackendOptions {
  readonly seed: string
  readonly settings?: Partial<Settings>
  /** Id of the wrong behaviour that the judge is to be proved on; absent everywhere else. */
  readonly deviation?: string
}

/**
 * A simulated Integral of its own, on a virtual clock: no socket, no sharing, everything by the seed.
 *
 * @throws {SettingsError} Settings that cannot be.
 */
export function createSimulationBackend(options: SimulationBackendOptions): Backend {
  const { seed, settings, deviation } = options
  const clock = new VirtualClock(VIRTUAL_START)
  const simulation = createSimulation({
    clock,
    seed,
    baseUrl: BASE_URL,
    ...(settings && { settings }),
  })
  const { directory } = simulation.exchange
  const enrol = ({ name, mayTrade, elsewhere }: NewTrader): Credentials => {
    const org = elsewhere ? `${name}Org` : directory.org
    const user = directory.enrol({ name, org, mayTrade })
    return { user: user.name, password: user.password, org: user.org }
  }
  const credentialsOf = (name: string): Credentials => {
    const user = directory.find(name, directory.org) ?? directory.enrol({ name })
    return { user: user.name, password: user.password, org: user.org }
  }
  const queryByClientPath = settings?.['paths.queryByClient'] ?? DEFAULT_CLIENT_QUERY_PATH
  const redactor = createRedactor()
  const clientQuery = parseClientQueryPath(queryByClientPath)
  const transcript = new Transcript({ baseUrl: BASE_URL, redactor, clientQuery })
  const answering =
    deviation === undefined
      ? simulation.fetch
      : deviatingFetch(simulation.fetch, deviationNamed(deviation), {
          ...{ baseUrl: BASE_URL, clientQuery, now: () => clock.now() },
        })
  const fetch = recordingFetch(answering, transcript, clock)
  // Where it accepts nothing else, every client goes by it: it is what a user would configure.
  const accepted = settings?.['auth.accept'] === 'cookie' ? 'cookie' : undefined
  const connect: Backend['connect'] = (credentials, chosen) => {
    const tokenTransport = chosen ?? accepted
    redactor.learn(credentials.password)
    const client = createIntegralClient({
      ...{ baseUrl: BASE_URL, clock, credentials, fetch, queryByClientPath },
      // Counted, so that the same seed gives the same transcript.
      newRequestId: () => `request-${++requests}`,
      ...(tokenTransport && { tokenTransport }),
    })
    clients.push({ credentials, client })
    return client
  }
  let requests = 0
  const clients: ConnectedClient[] = []
  return {
    name: 'simulation',
    baseUrl: BASE_URL,
    capabilities: new Set(CAPABILITIES),
    whyItLacks: (capability) => `the simulation cannot ${capability}`,
    clock,
    agreed: agreedBy(seed),
    pricing: { throughPips: 0, awayPips: 0, awayFraction: 0 },
    patience,
    bounds,
    transcript,
    open: async () => undefined,
    noteStep: (text) => {
      transcript.step = text
    },
    redact: (text) => redactor.redact(text),
    credentialsOf,
    connect,
    spareSession: async () => {
      const client = connect(credentialsOf('Ada'))
      await client.login()
      return client.session
    },
    waitFor: (ms) => clock.sleep(ms),
    endsAt: Number.POSITIVE_INFINITY,
    takeArrivedTrades: () => [],
    noteDoubt: async () => {},
    clientId: (unique) => unique,
    control: controlOf(simulation, clock, enrol),
    close: async () => {
      transcript.step = WATCH_STEP
      const hasPlaced = transcript.whole.some(({ operation }) => operation === 'placeOrder')
      await watchTheEnd(simulation.exchange, clock, clients, bounds.tradeWithinMs, hasPlaced)
      return []
    },
  }
}

function agreedBy(seed: string): Backend['agreed'] {
  const data = new Faker({ locale: [en] })
  data.seed(new Chance(seed).below(2 ** 31, 'agreed'))
  const smallSize = data.number.int({ min: 1, max: 10 }) * SMALL_LOT
  return { symbol: AGREED_SYMBOL, smallSize, minSize: smallSize }
}

function controlOf(
  { exchange, faults }: ReturnType<typeof createSimulation>,
  clock: VirtualClock,
  enrol: (trader: NewTrader) => Credentials,
): SimulationControl {
  const { market, outcomes, sessions, desk } = exchange
  return {
    scriptOutcome: async (coId, outcome) => outcomes.script(coId, outcome),
    proceed: async (orderId) => {
      desk.proceed(orderId)
    },
    freezeMarket: async () => market.freeze(),
    moveMarket: async (symbol, pips) => market.move(pips, symbol),
    setMarketSize: async (symbol, amount) => market.offerSize(symbol, amount),
    withdrawPrices: async () => market.withdraw(),
    passTime: async (ms) => clock.advance(ms),
    expireTokens: async () => sessions.expireAll(),
    stageFault: async (fault) => faults.stage(fault),
    enrol: async (trader) => enrol(trader),
  }
}
