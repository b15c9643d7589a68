import { once } from 'node:events'
import { finished } from 'node:stream/promises'
import { CucumberHtmlStream } from '@cucumber/html-formatter'
import { SCENARIO_EVIDENCE } from '../evidence/scenario-evidence.ts'
import type { Attachment, Message } from './cucumber-message.ts'
import { UatValidations } from './history/uat-validations.ts'
import { MarkedHead } from './marked-head.ts'
import { isRunMark, type RunOptions, textAttachment } from './run-mark.ts'

const TITLE = 'Last validated on UAT'

/**
 * Cucumber's page of the features, with the run's mark on it. What machines read of a scenario is left out:
 * people see every exchange as text, and the page is half as large.
 */
export class FeaturesPage {
  readonly #validations: UatValidations
  readonly #page = new CucumberHtmlStream()
  readonly #head: MarkedHead
  #problem: unknown

  private constructor(head: MarkedHead, validations: UatValidations) {
    this.#head = head
    this.#validations = validations
    this.#page.on('data', (chunk: string) => {
      try {
        head.receive(chunk)
      } catch (error) {
        // It may come when nobody is calling: who writes next is told.
        this.#problem ??= error
      }
    })
  }

  static async begin(options: RunOptions, write: (text: string) => void): Promise<FeaturesPage> {
    const validations = await UatValidations.of(options.uatHistory)
    return new FeaturesPage(new MarkedHead(options, write), validations)
  }

  /** @throws What went wrong with an earlier one. */
  receive(message: Message): void {
    if (this.#problem !== undefined) throw this.#problem
    this.#validations.receive(message)
    const { attachment } = message
    // It stands on top of the page.
    if (isRunMark(message)) return
    if (attachment?.mediaType !== SCENARIO_EVIDENCE) this.#page.write(message)
    else for (const each of validated(attachment, this.#validations)) this.#page.write(each)
  }

  /** Resolves when there is room for more: what no page has been made of yet waits in memory. */
  async drained(): Promise<void> {
    if (this.#page.writableNeedDrain) await once(this.#page, 'drain')
  }

  async end(): Promise<void> {
    this.#page.end()
    await finished(this.#page)
    if (this.#problem !== undefined) throw this.#problem
    this.#head.end()
  }
}

/** In the place of the document stands when the scenario was last validated, where that is known. */
function validated(document: Attachment, validations: UatValidations): Message[] {
  const body = validations.textOf(document.testCaseStartedId ?? '')
  return body === undefined ? [] : [{ attachment: { ...document, ...textAttachment(TITLE, body) } }]
}
