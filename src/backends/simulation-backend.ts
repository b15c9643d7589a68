import type { Credentials } from '../api/client/options.ts'
import { parseClientQueryPath } from '../api/contract/client-query-path.ts'
import { DEFAULT_CLIENT_QUERY_PATH } from '../api/contract/client-query-template.ts'
import type { Fetch } from '../api/fetch.ts'
import { deviatingFetch } from '../mocks/deviations/deviating-fetch.ts'
import { deviationNamed } from '../mocks/deviations/deviations.ts'
import type { User } from '../mocks/exchange/directory.ts'
import type { Settings } from '../mocks/exchange/settings/settings.ts'
import { VIRTUAL_START, VirtualClock } from '../mocks/exchange/virtual-clock.ts'
import { createSimulation } from '../mocks/http/simulation.ts'
import type { Backend } from './backend.ts'
import type { NewTrader, SimulationControl } from './simulation-control.ts'
import { createStagedBackend } from './staged/staged-backend.ts'

/** A name that no resolver may resolve, so that a request that strayed would go nowhere. */
const BASE_URL = 'https://simulation.invalid'

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
  const { seed, settings = {}, deviation } = options
  const clock = new VirtualClock(VIRTUAL_START)
  const simulation = createSimulation({ clock, seed, settings, baseUrl: BASE_URL })
  const { directory, desk } = simulation.exchange
  const enrol = ({ name, mayTrade, elsewhere }: NewTrader): Credentials => {
    const org = elsewhere ? `${name}Org` : directory.org
    return credentialsOf(directory.enrol({ name, org, mayTrade }))
  }
  return createStagedBackend({
    ...{ name: 'simulation', baseUrl: BASE_URL, seed, settings, clock },
    fetch: deviating(simulation.fetch, deviation, settings, clock),
    control: controlOf(simulation, clock, enrol),
    credentialsOf: (name) =>
      credentialsOf(directory.find(name, directory.org) ?? directory.enrol({ name })),
    orders: async () =>
      desk.orders.map(({ orderId, user }) => ({ orderId, owner: credentialsOf(user) })),
    open: async () => undefined,
    lost: () => undefined,
    close: async () => {},
  })
}

function deviating(
  fetch: Fetch,
  deviation: string | undefined,
  settings: Partial<Settings>,
  clock: VirtualClock,
): Fetch {
  if (deviation === undefined) return fetch
  const template = settings['paths.queryByClient'] ?? DEFAULT_CLIENT_QUERY_PATH
  return deviatingFetch(fetch, deviationNamed(deviation), {
    ...{ baseUrl: BASE_URL, clientQuery: parseClientQueryPath(template), now: () => clock.now() },
  })
}

function credentialsOf({ name: user, password, org }: User): Credentials {
  return { user, password, org }
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
