/** How much of everything the suite of workers runs. */
export interface WorkersScale {
  /** Scenarios of the full flow. */
  readonly scenarios: number
  /** How long the endpoint takes to answer, in milliseconds. */
  readonly latencyMs: number
  /** Threads that run scenarios, held against one. */
  readonly workers: number
}

export const fullWorkers: WorkersScale = { scenarios: 240, latencyMs: 200, workers: 8 }

/** Shows that it works, and no more. */
export const quickWorkers: WorkersScale = { scenarios: 4, latencyMs: 1, workers: 2 }
