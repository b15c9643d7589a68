import type { Agreed, Outcome, SimulationControl } from '../../backends/backend.ts'
import type { PlayScenario } from './play-script.ts'

/** Where a play is acted out: the simulation of one organisation. */
export interface PlayStage {
  readonly control: SimulationControl
  /** What scenarios trade that name neither pair nor amount. */
  readonly agreed: Agreed
  /** Scripts the outcome of the next order, whatever its client id. */
  scriptNextOutcome(outcome: Outcome): Promise<void>
  /**
   * Clears what was staged, and has the settings that the scenario assumes, over those of the simulation.
   * Without a scenario, the play is over and all is ordinary again.
   *
   * @returns Whether whoever is signed in stays so.
   */
  beginScenario(scenario: PlayScenario | undefined): Promise<'sessions kept' | 'sessions ended'>
}
