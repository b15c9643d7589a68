import { en, Faker } from '@faker-js/faker'
import type { Credentials } from '../api/client/options.ts'
import { Chance } from '../mocks/exchange/chance.ts'
import type { Settings } from '../mocks/exchange/settings/settings.ts'
import { VIRTUAL_START, VirtualClock } from '../mocks/exchange/virtual-clock.ts'
import { createSimulation } from '../mocks/http/simulation.ts'
import { type Backend, CAPABILITIES } from './backend.ts'
import type { NewTrader, SimulationControl } from './simulation-control.ts'

/** A name that no resolver may resolve, so that a request that strayed would go nowhere. */
const BASE_URL = 'https://simulation.invalid'
const AGREED_SYMBOL = 'EUR/USD'
/** A small order: 1 to 10 times this amount of base. */
const SMALL_LOT = 10_000

export interface SimulationBackendOptions {
  readonly seed: string
  readonly settings?: Partial<Settings>
}

/**
 * A simulated Integral of its own, on a virtual clock: no socket, no sharing, everything by the seed.
 *
 * @throws {SettingsError} Settings that cannot be.
 */
export function createSimulationBackend({ seed, settings }: SimulationBackendOptions): Backend {
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
  const data = new Faker({ locale: [en] })
  data.seed(new Chance(seed).below(2 ** 31, 'agreed'))
  return {
    name: 'simulation',
    baseUrl: BASE_URL,
    capabilities: new Set(CAPABILITIES),
    fetch: simulation.fetch,
    clock,
    agreed: { symbol: AGREED_SYMBOL, smallSize: data.number.int({ min: 1, max: 10 }) * SMALL_LOT },
    credentialsOf: (name) => {
      const user = directory.find(name, directory.org) ?? directory.enrol({ name })
      return { user: user.name, password: user.password, org: user.org }
    },
    control: controlOf(simulation, clock, enrol),
    close: async () => undefined,
  }
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
    failNextPlacing: async (status) => faults.stage({ operation: 'placeOrder', status }),
    enrol: async (trader) => enrol(trader),
  }
}
