import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import { messageOf, UsageError } from '../usage-error.ts'
import type { Behaviour } from './scenario-runner.ts'
import type { TrialResult } from './trial-result.ts'
import type { WorkerReply, WorkerTask } from './trial-worker.ts'

/**
 * Old generation of one worker, in MiB. A run leaves nothing behind, but V8 lets the garbage of some ten
 * runs pile up before it looks: told of a bound, it looks in time.
 */
const HEAP_MB = 500

const SCRIPT = new URL(`./trial-worker${extname(import.meta.url)}`, import.meta.url)

/** Several workers that run the scenarios, each on one simulation after the other. */
export class Crew {
  readonly #workers: readonly Worker[]
  /** Rejects once any worker dies, at work or idle: one that is dead answers nothing, ever. */
  readonly #death: Promise<never>

  /**
   * @param size - How many; each takes a core, and about half a gigabyte.
   * @param script - What each of them runs.
   */
  constructor(size: number, task: WorkerTask, script = SCRIPT) {
    const options = { workerData: task, resourceLimits: { maxOldGenerationSizeMb: HEAP_MB } }
    this.#workers = Array.from({ length: size }, () => new Worker(script, options))
    this.#death = Promise.race(this.#workers.map(deathOf))
    // Whoever asks next hears of it; when closed, nobody does.
    this.#death.catch(() => {})
  }

  /**
   * Runs the scenarios on each of these simulations; whoever is done takes the next one.
   *
   * @param onDone - Told of each as it is done, in any order.
   * @returns What they came to, in the order of the list.
   * @throws {UsageError} The scenarios cannot be run, or a worker failed; no other run is begun then.
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
        const result = await this.#ask(worker, behaviour).catch((error) => {
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

  async #ask(worker: Worker, behaviour: Behaviour): Promise<TrialResult> {
    const replied = new Promise<WorkerReply>((resolve) => worker.once('message', resolve))
    worker.postMessage(behaviour)
    const reply = await Promise.race([replied, this.#death])
    if ('refused' in reply) throw new UsageError(reply.refused)
    return reply.result
  }
}

/** Without a listener of its own, what an idle worker throws would end the whole command. */
function deathOf(worker: Worker): Promise<never> {
  return new Promise((_, reject) => {
    const die = (why: string) => reject(new UsageError(`It could not be judged: ${why}.`))
    worker.on('error', (error) =>
      die(`a worker failed, because ${messageOf(error).replace(/\.$/, '')}`),
    )
    worker.on('exit', (code) => die(`a worker ended by itself, with code ${code}`))
  })
}
