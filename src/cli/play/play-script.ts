import type { Cue, Watch } from '../../backends/playing/roles.ts'
import type { StagingWorld } from '../../backends/staging-world.ts'

interface Step {
  /** `file:line`. */
  readonly place: string
  readonly text: string
}

/** The other side does something: it is done as soon as it is reached. */
interface StagingStep extends Step {
  readonly kind: 'staging'
  readonly stage: (world: StagingWorld) => Promise<void>
}

/** The client does something: it is waited for. */
export interface CueStep extends Step {
  readonly kind: 'cue'
  readonly cue: Cue
  /** Who does it; absent where the step names nobody. */
  readonly trader?: string
  /** The parsed parameters of the step. */
  readonly args: readonly unknown[]
}

/** Something should have come of it: whether the client was told so is noted. */
export interface CheckStep extends Step {
  readonly kind: 'check'
  /** Absent where it does not show in what a client is told. */
  readonly watch?: Watch
  readonly args: readonly unknown[]
}

export type PlayStep = StagingStep | CueStep | CheckStep

export interface PlayScenario {
  /** `file:line`. */
  readonly place: string
  readonly name: string
  /** The settings of the simulation that it assumes. */
  readonly settings: Readonly<Record<string, unknown>>
  readonly steps: readonly PlayStep[]
}

/** Scenarios that can be acted out, in their order. Holds no state: any number of plays share it. */
export interface PlayScript {
  readonly scenarios: readonly PlayScenario[]
}
