import { statSync } from 'node:fs'
import { extname } from 'node:path'
import { Worker } from 'node:worker_threads'
import type { LinePlace } from '../../evidence/bundle/chain-writer.ts'
import { abandonReports } from '../report-files.ts'
import type { PageEnding, PageJob, PageNews, PagesData } from './page-job.ts'
import { pageProblem } from './page-problem.ts'
import { WriteGate } from './write-gate.ts'

const ALL = 'the pages'
/** The thread is told of so many scenarios at a time: to wake it for each takes both threads longer. */
const AT_A_TIME = 8

/**
 * When the thread begins: at once; with the first scenarios, where workers are loading until then and want the
 * processor; or at the end, where it is not known before whether there will be pages.
 */
export type PagesBegin = 'at once' | 'with scenarios' | 'at the end'

/** The pages of a run, made in a thread of their own. */
export class RunPages {
  readonly #job: PageJob
  readonly #begin: PagesBegin
  #thread: PagesThread | undefined
  /** Of what the thread has not been told. */
  #scenarios: LinePlace[] = []
  #messagesUpTo = 0

  constructor(job: PageJob, begin: PagesBegin) {
    this.#job = job
    this.#begin = begin
    if (begin === 'at once') this.#thread = new PagesThread(job)
  }

  /** One more scenario stands in the evidence. */
  addScenario(place: LinePlace): void {
    this.#scenarios.push(place)
    if (this.#begin === 'at the end' || this.#scenarios.length < AT_A_TIME) return
    this.#thread ??= new PagesThread(this.#job)
    this.#tell(this.#thread)
  }

  /** @param upTo - How much of the messages is whole, in bytes. */
  addMessages(upTo: number): void {
    this.#messagesUpTo = upTo
  }

  /** Makes the pages of all there is. @returns Why one could not be made, in sentences. */
  end(ending: PageEnding): Promise<string[]> {
    this.#thread ??= new PagesThread(this.#job)
    if (ending.hasMessages) this.addMessages(sizeOf(this.#job.files.messages))
    this.#tell(this.#thread)
    return this.#thread.end(ending)
  }

  /** Takes away what was begun of pages that would say nothing. @returns No problem. */
  async abandon(): Promise<string[]> {
    await this.close()
    return abandonReports(this.#job.files)
  }

  /** From now on no results of Allure are written, not even half: who ends the process takes them away. */
  stopWriting(): void {
    this.#thread?.gate.close()
  }

  /** Ends the thread, whatever it was doing. */
  async close(): Promise<void> {
    await this.#thread?.close()
  }

  #tell(thread: PagesThread): void {
    thread.tell({ scenarios: this.#scenarios, messagesUpTo: this.#messagesUpTo })
    this.#scenarios = []
  }
}

function sizeOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0
}

class PagesThread {
  readonly gate = new WriteGate()
  readonly #worker: Worker
  readonly #ended: Promise<string[]>

  constructor(job: PageJob) {
    const script = new URL(`./pages-worker${extname(import.meta.url)}`, import.meta.url)
    const data: PagesData = { job, gate: this.gate.shared }
    this.#worker = new Worker(script, { workerData: data })
    // Who waits for it holds the process; nobody else does.
    this.#worker.unref()
    this.#ended = new Promise((resolve) => {
      this.#worker.on('message', resolve)
      this.#worker.on('error', (error) => resolve([pageProblem(ALL, error)]))
      this.#worker.on('exit', () =>
        resolve([pageProblem(ALL, new Error('the thread that makes them has ended'))]),
      )
    })
  }

  tell(news: PageNews): void {
    this.#worker.postMessage(news)
  }

  end(ending: PageEnding): Promise<string[]> {
    this.tell(ending)
    this.#worker.ref()
    return this.#ended
  }

  async close(): Promise<void> {
    await this.#worker.terminate()
  }
}
