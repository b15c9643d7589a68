import { rmSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { BUNDLE_FILES } from '../../evidence/bundle/bundle-files.ts'
import type { LinePlace } from '../../evidence/bundle/chain-writer.ts'
import { RunPage } from '../allure/run-page.ts'
import type { ResultsFolder } from '../allure/run-results.ts'
import { scenarioAt } from '../record/scenario-archive.ts'
import { removeUnfinished } from '../report-files.ts'
import { MessagePages } from './message-pages.ts'
import type { PageEnding, PageJob, PageNews } from './page-job.ts'
import { pageProblem } from './page-problem.ts'
import type { WriteGate } from './write-gate.ts'

/** Makes the pages of a run of what it writes. What one page cannot do costs no other. */
export class PageMaker {
  readonly #job: PageJob
  readonly #scenarios: string
  readonly #allure: OrProblem<RunPage>
  readonly #messages: OrProblem<MessagePages>

  private constructor(job: PageJob, allure: OrProblem<RunPage>, messages: OrProblem<MessagePages>) {
    this.#job = job
    this.#scenarios = join(job.files.evidence, BUNDLE_FILES.scenarios)
    this.#allure = allure
    this.#messages = messages
  }

  /** @param gate - Closed by who breaks the run off: then no results are written any more. */
  static async begin(job: PageJob, gate: WriteGate): Promise<PageMaker> {
    const { out, files, run, planned, isInOrder, mark } = job
    const of = { run, planned, isInOrder, out, html: files.allureHtml, scratch: files.unfinished }
    const allure = new OrProblem<RunPage>(basename(files.allureHtml))
    await allure.begin(() => RunPage.begin({ ...of, folder: folderOf(files.allureResults, gate) }))
    const messages = new OrProblem<MessagePages>(
      `${basename(files.cucumberHtml)} or ${basename(files.junit)}`,
    )
    await messages.begin(() => MessagePages.begin(files, mark))
    return new PageMaker(job, allure, messages)
  }

  /** @returns At the end, why pages could not be made, in sentences; `undefined` before. */
  async receive(news: PageNews): Promise<string[] | undefined> {
    if ('run' in news) return this.#end(news)
    for (const place of news.scenarios) await this.#add(place)
    await this.#messages.use((pages) => pages.readUpTo(news.messagesUpTo))
    return undefined
  }

  async #add(place: LinePlace): Promise<void> {
    const whole = () => scenarioAt(this.#scenarios, place)
    await this.#allure.use((page) => page.add(whole(), whole))
  }

  async #end({ hasMessages, ...told }: PageEnding): Promise<string[]> {
    // Before Allure's, which takes most memory: what these pages are made of is gone by then.
    if (hasMessages) await this.#messages.use((pages) => pages.end(told))
    this.#messages.forget()
    await this.#allure.use((page) => page.end(told))
    const cleared = new OrProblem<void>('what is unfinished of the pages')
    await cleared.begin(() => removeUnfinished(this.#job.files))
    return [this.#allure, ...(hasMessages ? [this.#messages] : []), cleared].flatMap(
      ({ problem }) => problem ?? [],
    )
  }
}

/** What is used until something goes wrong with it. */
class OrProblem<T> {
  readonly #name: string
  #it: { readonly it: T } | undefined
  /** In a sentence. */
  problem: string | undefined

  constructor(name: string) {
    this.#name = name
  }

  begin(make: () => Promise<T>): Promise<void> {
    return this.#try(async () => {
      this.#it = { it: await make() }
    })
  }

  use(work: (it: T) => Promise<void>): Promise<void> {
    return this.#try(async () => {
      if (this.#it && this.problem === undefined) await work(this.#it.it)
    })
  }

  /** From now on it is used no more. */
  forget(): void {
    this.#it = undefined
  }

  async #try(work: () => Promise<void>): Promise<void> {
    try {
      await work()
    } catch (error) {
      this.problem ??= pageProblem(this.#name, error)
    }
  }
}

/** One file after another: to hand each of so many small ones to another thread takes longer. */
function folderOf(folder: string, gate: WriteGate): ResultsFolder {
  return {
    write(files) {
      gate.pass(() => {
        for (const { name, content } of files) writeFileSync(join(folder, name), content)
      })
    },
    remove(names) {
      gate.pass(() => {
        for (const name of names) rmSync(join(folder, name), { force: true })
      })
    },
  }
}
