/** How much of everything a run does. Durations in milliseconds. */
export interface Scale {
  readonly repetitions: number
  readonly connections: number
  /** What is measured is a server that has run for a while: V8 compiles ours for some five seconds, the bare one for less. */
  readonly warmUpMs: number
  readonly flowsMs: number
  readonly queriesMs: number
  readonly coldStarts: number
  /** Orders of the first stretch, whose speed the later one is held against, and of the later one. */
  readonly stretch: number
  /** Orders over which memory is measured, made by full flows after the first stretch. */
  readonly kept: number
  /** Orders there are when speed is measured again. */
  readonly later: number
}

export const fullScale: Scale = {
  repetitions: 5,
  connections: 16,
  warmUpMs: 6_000,
  flowsMs: 2_000,
  queriesMs: 1_000,
  coldStarts: 9,
  stretch: 10_000,
  kept: 100_000,
  later: 1_000_000,
}

/** Shows that it works, and no more. */
export const quickScale: Scale = {
  repetitions: 2,
  connections: 4,
  warmUpMs: 50,
  flowsMs: 100,
  queriesMs: 50,
  coldStarts: 1,
  stretch: 100,
  kept: 200,
  later: 1_000,
}
