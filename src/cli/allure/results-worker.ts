import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { parentPort } from 'node:worker_threads'
import type { AllureFile } from './attachments.ts'

/** Files to be written into a folder, one after another. Answered with what went wrong, if anything. */
export interface Batch {
  readonly folder: string
  readonly files: readonly AllureFile[]
}

/*
 * The thread that a run's results are written by: thousands of small files, each of which the thread that makes
 * the page would wait for.
 */
parentPort?.on('message', ({ folder, files }: Batch) => {
  let problem: unknown
  try {
    for (const { name, content } of files) writeFileSync(join(folder, name), content)
  } catch (error) {
    problem = error
  }
  parentPort?.postMessage(problem)
})
