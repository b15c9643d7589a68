import { Formatter, type IFormatterOptions } from '@cucumber/cucumber'
import type { Message } from './cucumber-message.ts'

const MARKS = new Map([
  ['PASSED', '.'],
  ['SKIPPED', '-'],
])
const PER_LINE = 80

/** One mark per scenario as it ends: `.` passed, `F` failed, `-` not verified. */
// biome-ignore lint/style/noDefaultExport: Cucumber loads formatters by their default export.
export default class ProgressFormatter extends Formatter {
  #written = 0

  constructor(options: IFormatterOptions) {
    super(options)
    options.eventBroadcaster.on('envelope', (message: Message) => this.#receive(message))
  }

  #receive({ testCaseFinished, testRunFinished }: Message): void {
    if (testCaseFinished && !testCaseFinished.willBeRetried) {
      const { testCaseStartedId } = testCaseFinished
      const { worstTestStepResult } = this.eventDataCollector.getTestCaseAttempt(testCaseStartedId)
      this.#written += 1
      const end = this.#written % PER_LINE === 0 ? '\n' : ''
      this.log((MARKS.get(String(worstTestStepResult.status)) ?? 'F') + end)
    }
    if (testRunFinished) this.log('\n')
  }
}
