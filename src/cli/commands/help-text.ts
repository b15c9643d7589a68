/** What the help of a command says besides its options, for somebody who has thirty seconds. */
export interface HelpText {
  /** Below which heading the command stands in the list of all. */
  readonly group: 'Run scenarios:' | 'Report on runs:' | 'Use the simulation:' | 'Set up:'
  /** What to type behind the name of the program, and what for. */
  readonly examples: readonly (readonly [args: string, why: string])[]
  /** Where to look afterwards, as a name and what it is; none where only the screen shows it. */
  readonly writes?: Rows
  readonly exits: Rows
  /** Variables of the environment that matter to it. */
  readonly variables?: Rows
}

export type Rows = readonly (readonly [name: string, says: string])[]

const USAGE = 'a bad option, or nothing to do it with'

/** Exit codes: what 0 means, what 1 means where there is a 1, and what 2 means besides a wrong option. */
export function exits(good: string, bad?: string, cannot: string = USAGE): Rows {
  return [['0', good], ...(bad === undefined ? [] : [['1', bad] as const]), ['2', cannot]]
}
