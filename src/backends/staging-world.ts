import type { Credentials } from '../api/client/options.ts'
import type { Agreed, Outcome } from './backend.ts'
import type { NewTrader, SimulationControl } from './simulation-control.ts'

/**
 * What the steps that stage something act on: the World of a scenario that is run, or of one that is
 * acted out for whatever client connects.
 */
export interface StagingWorld {
  readonly control: SimulationControl
  /** What the scenario trades where it names neither pair nor amount. */
  readonly backend: { readonly agreed: Agreed }
  /** What the simulation is to do with the next order placed. */
  nextOutcome: Outcome | undefined
  /** The value a setting was given for this scenario; `undefined` where it has its default. */
  setting(name: string): unknown
  /** Enrols somebody who can then log in. */
  enrol(trader: NewTrader): Promise<Credentials>
  /** Keeps the session there is, so that a later one can be told from it. */
  keepSession(): void
}
