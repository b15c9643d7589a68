import type { Credentials } from '../../api/client/options.ts'
import type { Outcome } from '../../backends/backend.ts'
import type { NewTrader, SimulationControl } from '../../backends/simulation-control.ts'
import type { StagingWorld } from '../../backends/staging-world.ts'
import { messageOf } from '../usage-error.ts'
import type { PlayStage } from './play-stage.ts'

/** What the staging steps of one scenario act on while it is acted out. */
export class PlayWorld implements StagingWorld {
  readonly #stage: PlayStage
  readonly #settings: Readonly<Record<string, unknown>>
  nextOutcome: Outcome | undefined
  /** Whoever was enrolled last. */
  enrolled: (Credentials & { readonly name: string }) | undefined

  constructor(stage: PlayStage, settings: Readonly<Record<string, unknown>>) {
    this.#stage = stage
    this.#settings = settings
  }

  get control(): SimulationControl {
    return this.#stage.control
  }

  get backend(): Pick<PlayStage, 'agreed'> {
    return this.#stage
  }

  setting(name: string): unknown {
    return this.#settings[name]
  }

  async enrol(trader: NewTrader): Promise<Credentials> {
    const credentials = await this.control.enrol(trader)
    this.enrolled = { name: trader.name, ...credentials }
    return credentials
  }

  /** The session is the client's own, and so is what it keeps. */
  keepSession(): void {}

  /** Does what a step stages. Resolves to why it could not be done, if it could not. */
  async carryOut(step: (world: StagingWorld) => Promise<void>): Promise<string | undefined> {
    this.nextOutcome = undefined
    this.enrolled = undefined
    try {
      await step(this)
      if (this.nextOutcome) await this.#stage.scriptNextOutcome(this.nextOutcome)
      return undefined
    } catch (error) {
      return messageOf(error)
    }
  }
}
