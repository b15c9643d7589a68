import { readFile, rename } from 'node:fs/promises'
import type { Message } from '../cucumber-message.ts'
import { FeaturesPage } from '../features-page.ts'
import { junitOfRun } from '../junit-run.ts'
import { JunitSuite } from '../junit-suite.ts'
import { type ReportFiles, unfinished } from '../report-files.ts'
import type { RunOptions } from '../run-mark.ts'
import { TextFile } from '../text-file.ts'
import { writeAtomically } from '../write-atomically.ts'
import { GrowingLines } from './growing-lines.ts'
import type { PageEnding } from './page-job.ts'

/** The pages that are made of Cucumber's messages: of the features as they ran, and of tests for build servers. */
export class MessagePages {
  readonly #files: ReportFiles
  readonly #html: TextFile
  readonly #junit: TextFile
  readonly #page: FeaturesPage
  readonly #suite: JunitSuite
  readonly #lines: GrowingLines

  private constructor(files: ReportFiles, html: TextFile, page: FeaturesPage, mark: RunOptions) {
    this.#files = files
    this.#html = html
    this.#page = page
    this.#lines = new GrowingLines(files.messages)
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
  async readUpTo(end: number): Promise<void> {
    for (const text of this.#lines.upTo(end)) {
      const message: Message = JSON.parse(text)
      this.#page.receive(message)
      this.#suite.receive(message)
      await this.#page.drained()
    }
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
