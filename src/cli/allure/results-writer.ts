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
  #wake = () => {}

  /** @param folder - There already. */
  constructor(folder: string) {
    this.#folder = folder
    // Who waits for it holds the process; nobody else does.
    this.#worker.unref()
    this.#worker.on('message', (problem: unknown) => {
      this.#problem ??= problem
      this.#waiting--
      this.#wake()
    })
    this.#worker.on('error', (problem) => this.#die(problem))
    this.#worker.on('exit', () => this.#die(new Error('the thread that writes results has ended')))
  }

  /** Takes a batch, at once unless too many wait. @throws What went wrong with an earlier one. */
  async write(files: readonly AllureFile[]): Promise<void> {
    while (this.#waiting >= MOST_WAITING) await this.#change()
    this.#refuse()
    this.#waiting++
    this.#worker.postMessage({ folder: this.#folder, files } satisfies Batch)
  }

  /** Resolves once all is written. @throws What went wrong. */
  async written(): Promise<void> {
    while (this.#waiting > 0) await this.#change()
    this.#refuse()
  }

  /** Ends the thread; what waits is not written. */
  async close(): Promise<void> {
    await this.#worker.terminate()
  }

  #refuse(): void {
    if (this.#problem !== undefined) throw this.#problem
  }

  /** One that is dead answers nothing, ever. */
  #die(problem: unknown): void {
    this.#problem ??= problem
    this.#waiting = 0
    this.#wake()
  }

  /** One more is written, or the thread has ended. */
  async #change(): Promise<void> {
    this.#worker.ref()
    await new Promise<void>((resolve) => {
      this.#wake = resolve
    })
    this.#worker.unref()
  }
}
