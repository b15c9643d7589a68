import type { Credentials } from '../api/client/options.ts'
import type { Clock } from '../api/clock.ts'
import type { Fetch } from '../api/fetch.ts'
import type { SimulationControl } from './simulation-control.ts'

export type { Outcome } from '../mocks/exchange/outcome.ts'
export type { Settings } from '../mocks/exchange/settings/settings.ts'
export type { SimulationControl } from './simulation-control.ts'

/** Where scenarios run. */
export type Target = 'simulation'

/**
 * Something a backend can be made to do. What a scenario needs is known from its steps. The only
 * backend of this version can do all of it.
 */
export const CAPABILITIES = [
  'script outcomes',
  'move the market',
  'pass time',
  'expire tokens',
  'inject faults',
  'enrol users',
  'change settings',
  'trade any pair',
  'publish market data sets',
] as const
export type Capability = (typeof CAPABILITIES)[number]

/** What the scenarios run against: the one seam between them and any Integral. */
export interface Backend {
  readonly name: Target
  readonly baseUrl: string
  readonly capabilities: ReadonlySet<Capability>
  readonly fetch: Fetch
  readonly clock: Clock
  /** What a scenario trades when it names neither pair nor amount. */
  readonly agreed: { readonly symbol: string; readonly smallSize: number }
  /** Credentials of the trader called `name`; the first one asked for is the configured login. */
  credentialsOf(name: string): Credentials
  /** The means of staging outcomes, market and time; absent where a backend has none. */
  readonly control?: SimulationControl
  close(): Promise<void>
}
