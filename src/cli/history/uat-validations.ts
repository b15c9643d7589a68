import { type History, NO_HISTORY, readHistory } from '../../evidence/history/history-file.ts'
import { lastValidated, lastValidatedText } from '../../evidence/history/last-validated.ts'
import { wordsOf } from '../../evidence/history/words-of.ts'
import type { Message, Pickle, TestCase } from '../cucumber-message.ts'
import { argumentOf } from '../record/step-records.ts'

/** When each scenario of a run was last validated on UAT, by the history of UAT. */
export class UatValidations {
  readonly #history: History
  readonly #pickles = new Map<string, Pickle>()
  readonly #testCases = new Map<string, TestCase>()
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

  receive({ pickle, testCase, testCaseStarted }: Message): void {
    if (pickle) this.#pickles.set(pickle.id, pickle)
    if (testCase) this.#testCases.set(testCase.id, testCase)
    if (testCaseStarted) this.#started.set(testCaseStarted.id, testCaseStarted.testCaseId)
  }

  /**
   * e.g. `last validated on UAT: 2026-11-26, passed`; nothing where nothing is known of UAT.
   *
   * @param testCaseStartedId - Of a scenario whose messages have come.
   */
  textOf(testCaseStartedId: string): string | undefined {
    if (this.#history.runs.length === 0) return undefined
    const testCase = this.#testCases.get(this.#started.get(testCaseStartedId) ?? '')
    const pickle = this.#pickles.get(testCase?.pickleId ?? '')
    if (!pickle) return undefined
    const { uri, name, steps } = pickle
    const words = wordsOf(steps.map((step) => ({ text: step.text, argument: argumentOf(step) })))
    return lastValidatedText('UAT', lastValidated(this.#history, { uri, name, words }))
  }
}
