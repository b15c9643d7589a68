import { once } from 'node:events'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { AllureFile } from './attachments.ts'
import type { Batch } from './results-worker.ts'

/** Batches that wait to be written at most: what they hold stays in memory. */
const MOST_WAITING = 100

/** Writes files of Allure's results in a thread of its own, while the page is made of the same. */
export class ResultsWriter {
  readonly #folder: string
  readonly #worker = new Worker(
    new URL(`./results-worker${extname(import.meta.url)}`, import.meta.url),
  )
  #waiting = 0
  #problem: unknown

  /** @param folder - There already. */
  constructor(folder: string) {
    this.#folder = folder
    // Who waits for it holds the process; nobody else does.
    this.#worker.unref()
    this.#worker.on('message', (problem: unknown) => {
      this.#waiting--
      this.#problem ??= problem
    })
    this.#worker.on('error', (problem) => {
      this.#waiting = 0
      this.#problem ??= problem
    })
  }

  /** Takes a batch, at once unless too many wait. @throws What went wrong with an earlier one. */
  async write(files: readonly AllureFile[]): Promise<void> {
    while (this.#waiting >= MOST_WAITING) await this.#one()
    if (this.#problem !== undefined) throw this.#problem
    this.#waiting++
    this.#worker.postMessage({ folder: this.#folder, files } satisfies Batch)
  }

  /** Resolves once all is written. @throws What went wrong. */
  async end(): Promise<void> {
    try {
      while (this.#waiting > 0) await this.#one()
    } finally {
      await this.#worker.terminate()
    }
    if (this.#problem !== undefined) throw this.#problem
  }

  /** One more is written, or the thread has ended, which is an error. */
  async #one(): Promise<void> {
    this.#worker.ref()
    try {
      await once(this.#worker, 'message')
    } finally {
      this.#worker.unref()
    }
  }
}
