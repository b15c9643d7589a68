import type { Clock } from '../../api/clock.ts'
import type { Fetch } from '../../api/fetch.ts'
import { Exchange } from '../exchange/exchange.ts'
import type { Settings } from '../exchange/settings/settings.ts'
import { directCalls } from './direct-handlers.ts'
import { doorsOf } from './endpoint-table.ts'
import { Faults } from './faults.ts'

export interface SimulationOptions {
  readonly clock: Clock
  readonly seed: string
  readonly settings?: Partial<Settings>
  /** What the paths stand below; any host when absent. */
  readonly baseUrl?: string
}

/** A simulated Integral with its doors open: what is behind them, and the ways in. */
export interface Simulation {
  readonly exchange: Exchange
  readonly faults: Faults
  /**
   * Calls MSW's handlers directly: there is no socket, and nothing can reach a real host. Rejects as a
   * real one does where a fault cuts the connection.
   */
  readonly fetch: Fetch
}

/** @throws {SettingsError} As `Exchange` does. */
export function createSimulation({ baseUrl, ...options }: SimulationOptions): Simulation {
  const exchange = new Exchange(options)
  const faults = new Faults(exchange.chance)
  const call = directCalls(doorsOf(exchange, faults), exchange, baseUrl)
  const fetch: Fetch = async (request) => {
    const response = await call(request)
    if (response) return response
    throw new Error(
      `Failed to answer ${request.method} ${request.url}: the simulation has no such address, and nothing leaves this process. Check the base URL.`,
    )
  }
  return { exchange, faults, fetch }
}
