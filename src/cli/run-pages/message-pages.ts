import { readFile, rename } from 'node:fs/promises'
import type { Message } from '../cucumber-message.ts'
import { FeaturesPage } from '../features-page.ts'
import { junitOfRun } from '../junit-run.ts'
import { JunitSuite } from '../junit-suite.ts'
import { bytesAt } from '../record/bytes-at.ts'
import { type ReportFiles, unfinished } from '../report-files.ts'
import type { RunOptions } from '../run-mark.ts'
import { TextFile } from '../text-file.ts'
import { writeAtomically } from '../write-atomically.ts'
import type { PageEnding } from './page-job.ts'

/** Read at once at most, in bytes. */
const CHUNK = 1 << 20
const LINE_FEED = 10

/** The pages that are made of Cucumber's messages: of the features as they ran, and of tests for build servers. */
export class MessagePages {
  readonly #files: ReportFiles
  readonly #html: TextFile
  readonly #junit: TextFile
  readonly #page: FeaturesPage
  readonly #suite: JunitSuite
  /** The messages up to there have been read, in bytes. */
  #at = 0
  /** A line that is not whole yet. */
  #rest: Buffer[] = []

  private constructor(files: ReportFiles, html: TextFile, page: FeaturesPage, mark: RunOptions) {
    this.#files = files
    this.#html = html
    this.#page = page
    this.#junit = new TextFile(unfinished(files, 'junit'))
    this.#suite = new JunitSuite({ suiteName: `integral ${mark.target}` }, (text) =>
      this.#junit.append(text),
    )
  }

  static async begin(files: ReportFiles, mark: RunOptions): Promise<MessagePages> {
    const html = new TextFile(unfinished(files, 'html'))
    const page = await FeaturesPage.begin(mark, (text) => html.append(text))
    return new MessagePages(files, html, page, mark)
  }

  /** Reads on. @param end - In bytes from the beginning of the messages. */
  readUpTo(end: number): void {
    while (this.#at < end) {
      const length = Math.min(CHUNK, end - this.#at)
      const bytes = bytesAt(this.#files.messages, { offset: this.#at, length })
      this.#at += length
      this.#take(bytes)
    }
  }

  #take(bytes: Buffer): void {
    let begin = 0
    for (let end = bytes.indexOf(LINE_FEED); end !== -1; end = bytes.indexOf(LINE_FEED, begin)) {
      const line = Buffer.concat([...this.#rest, bytes.subarray(begin, end)])
      this.#rest = []
      begin = end + 1
      const message: Message = JSON.parse(line.toString())
      this.#page.receive(message)
      this.#suite.receive(message)
    }
    if (begin < bytes.length) this.#rest.push(bytes.subarray(begin))
  }

  /** Moves the finished pages to where they are looked for. */
  async end({ run, findings }: Pick<PageEnding, 'run' | 'findings'>): Promise<void> {
    const { cucumberHtml, junit } = this.#files
    await this.#page.end()
    this.#html.close()
    await rename(unfinished(this.#files, 'html'), cucumberHtml)
    this.#junit.close()
    const xml = await readFile(unfinished(this.#files, 'junit'), 'utf8')
    await writeAtomically(junit, junitOfRun(xml, run.id, findings))
  }
}
