import type { Credentials } from '../../api/client/options.ts'
import type { Clock } from '../../api/clock.ts'
import type { Fetch } from '../../api/fetch.ts'
import type { Settings } from '../../mocks/exchange/settings/settings.ts'
import type { Target } from '../backend.ts'
import type { SimulationControl } from '../simulation-control.ts'

/** An order as the simulation has it, whoever asked for it. */
export interface StagedOrder {
  readonly orderId: string
  /** Whoever placed it, as they log in. */
  readonly owner: Credentials
}

/** The simulated Integral of one scenario, wherever it runs, and what moves it. */
export interface Stage {
  readonly name: Target
  readonly baseUrl: string
  /** What all chance of the scenario is derived from. */
  readonly seed: string
  readonly settings: Partial<Settings>
  /** Virtual: it passes where somebody sleeps on it. */
  readonly clock: Clock
  readonly fetch: Fetch
  readonly control: SimulationControl
  /** Credentials of the trader called `name`, who is enrolled by this where they are not yet. */
  credentialsOf(name: string): Credentials
  /** Every order there is, oldest first. */
  orders(): Promise<readonly StagedOrder[]>
  /** Begins. Resolves to why there is no simulation, if there is none. */
  open(): Promise<string | undefined>
  /** Why nothing more can be learnt from it; `undefined` while it is there. */
  lost(): string | undefined
  /** Ends, with all it had. */
  close(): Promise<void>
}
