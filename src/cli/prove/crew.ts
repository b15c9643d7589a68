import { once } from 'node:events'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { UsageError } from '../usage-error.ts'
import type { Behaviour } from './scenario-runner.ts'
import type { TrialResult } from './trial-result.ts'
import type { WorkerReply, WorkerTask } from './trial-worker.ts'

/**
 * Old generation of one worker, in MiB. A run leaves nothing behind, but V8 lets the garbage of some ten
 * runs pile up before it looks: told of a bound, it looks in time.
 */
const HEAP_MB = 500

/** Several workers that run the scenarios, each on one simulation after the other. */
export class Crew {
  readonly #workers: readonly Worker[]

  /** @param size - How many; each takes a core, and about half a gigabyte. */
  constructor(size: number, task: WorkerTask) {
    const script = new URL(`./trial-worker${extname(import.meta.url)}`, import.meta.url)
    const options = { workerData: task, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } }
    this.#workers = Array.from({ length: size }, () => new Worker(script, options))
  }

  /**
   * Runs the scenarios on each of these simulations; whoever is done takes the next one.
   *
   * @param onDone - Told of each as it is done, in any order.
   * @returns What they came to, in the order of the list.
   * @throws {UsageError} The scenarios cannot be run.
   * @throws {Error} A worker failed; no other run is begun then.
   */
  async run(
    behaviours: readonly Behaviour[],
    onDone: (at: number, result: TrialResult) => void = () => {},
  ): Promise<readonly TrialResult[]> {
    const results: TrialResult[] = []
    const queue = behaviours.entries()
    let hasFailed = false
    const lane = async (worker: Worker): Promise<void> => {
      for (const [at, behaviour] of queue) {
        const result = await ask(worker, behaviour).catch((error) => {
          hasFailed = true
          throw error
        })
        if (hasFailed) return
        results[at] = result
        onDone(at, result)
      }
    }
    await Promise.all(this.#workers.map(lane))
    return results
  }

  async close(): Promise<void> {
    await Promise.all(this.#workers.map((worker) => worker.terminate()))
  }
}

async function ask(worker: Worker, behaviour: Behaviour): Promise<TrialResult> {
  const settled = new AbortController()
  const { signal } = settled
  try {
    worker.postMessage(behaviour)
    // Either rejects where the worker throws.
    const replied: Promise<WorkerReply> = once(worker, 'message', { signal }).then(
      ([reply]) => reply,
    )
    const ended: Promise<never> = once(worker, 'exit', { signal }).then(([code]) => {
      throw new Error(`A worker ended with code ${code}.`)
    })
    const reply = await Promise.race([replied, ended])
    if ('refused' in reply) throw new UsageError(reply.refused)
    return reply.result
  } finally {
    settled.abort()
  }
}
