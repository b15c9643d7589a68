import type { Side } from '../side.ts'

/** What one place of a run shows of a setting of the simulated exchange. */
export interface Sighting {
  /** Its name in section 6 of the fact sheet. */
  readonly setting: string
  /** Any JSON. */
  readonly value: unknown
  /** In the scenario that is read. */
  readonly exchange: number
}

/** What a finder looks at: one scenario. */
export type SightingFinder = (side: Side) => readonly Sighting[]

/** A sighting, and where it was made. */
export interface Witnessed extends Sighting {
  /** As verdicts name it. */
  readonly scenario: string
}
