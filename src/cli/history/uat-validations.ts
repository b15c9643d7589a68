import { type History, NO_HISTORY, readHistory } from '../../evidence/history/history-file.ts'
import { lastValidated, lastValidatedText } from '../../evidence/history/last-validated.ts'
import { wordsOf } from '../../evidence/history/words-of.ts'
import type { Message, Pickle } from '../cucumber-message.ts'
import { argumentOf } from '../record/step-records.ts'

/** When each scenario of a run was last validated on UAT, by the history of UAT. */
export class UatValidations {
  readonly #history: History
  readonly #pickles = new Map<string, Pickle>()
  /** Ids of pickles. */
  readonly #testCases = new Map<string, string>()
  readonly #started = new Map<string, string>()

  private constructor(history: History) {
    this.#history = history
  }

  /**
   * @param file - Of the history of UAT. Where there is none, or it cannot be read, nothing is said of any
   * scenario: no run fails for it.
   */
  static async of(file: string | undefined): Promise<UatValidations> {
    return new UatValidations(
      file === undefined ? NO_HISTORY : await readHistory(file).catch(() => NO_HISTORY),
    )
  }

  receive({ pickle, testCase, testCaseStarted, testCaseFinished }: Message): void {
    if (this.#history.runs.length === 0) return
    if (pickle) this.#pickles.set(pickle.id, pickle)
    if (testCase) this.#testCases.set(testCase.id, testCase.pickleId)
    if (testCaseStarted) this.#started.set(testCaseStarted.id, testCaseStarted.testCaseId)
    if (testCaseFinished) this.#forget(testCaseFinished)
  }

  #forget({ testCaseStartedId, willBeRetried }: NonNullable<Message['testCaseFinished']>): void {
    const testCase = this.#started.get(testCaseStartedId) ?? ''
    this.#started.delete(testCaseStartedId)
    if (willBeRetried) return
    this.#pickles.delete(this.#testCases.get(testCase) ?? '')
    this.#testCases.delete(testCase)
  }

  /**
   * e.g. `last validated on UAT: 2026-11-26, passed`; nothing where nothing is known of UAT.
   *
   * @param testCaseStartedId - Of a scenario that has not ended.
   */
  textOf(testCaseStartedId: string): string | undefined {
    if (this.#history.runs.length === 0) return undefined
    const testCase = this.#started.get(testCaseStartedId) ?? ''
    const pickle = this.#pickles.get(this.#testCases.get(testCase) ?? '')
    if (!pickle) return undefined
    const { uri, name, steps } = pickle
    const words = wordsOf(steps.map((step) => ({ text: step.text, argument: argumentOf(step) })))
    return lastValidatedText('UAT', lastValidated(this.#history, { uri, name, words }))
  }
}
