import { parentPort, workerData } from 'node:worker_threads'
import { UsageError } from '../usage-error.ts'
import { type Behaviour, ScenarioRunner } from './scenario-runner.ts'
import { type TrialResult, trialResultOf } from './trial-result.ts'

/** What a worker is told when it is made. */
export interface WorkerTask {
  readonly cwd: string
  readonly seed: string
}

/** What a worker says to a behaviour. */
export type WorkerReply = { readonly result: TrialResult } | { readonly refused: string }

/*
 * Loads the scenarios once, then runs them on whatever simulation it is told of. What goes wrong is
 * thrown, and so reaches whoever made the worker; a mistake of the user's is told in a sentence.
 */
const { cwd, seed } = workerData as WorkerTask
const { env, stdout, stderr } = process
const loading = ScenarioRunner.load([], seed, { cwd, env, stdout, stderr })
// Whoever asks first hears of it.
loading.catch(() => {})

parentPort?.on('message', async (behaviour: Behaviour) => {
  parentPort?.postMessage(await replyTo(behaviour))
})

async function replyTo(behaviour: Behaviour): Promise<WorkerReply> {
  try {
    const runner = await loading
    return { result: trialResultOf(await runner.run(behaviour)) }
  } catch (error) {
    if (error instanceof UsageError) return { refused: error.message }
    throw error
  }
}
