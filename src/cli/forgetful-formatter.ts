import { Formatter, type IFormatterOptions } from '@cucumber/cucumber'
import type { Message, TestCase } from './cucumber-message.ts'

/**
 * Writes nothing: a run shows its progress itself, from what it judged. It empties what everybody has seen and nobody
 * needs again, for Cucumber keeps it until the end of a run. Of very many scenarios it would not fit into memory.
 *
 * It is a class because those are told of each message after all plugins, and after Cucumber's own collection of what
 * is known of scenarios, which they alone are given.
 */
// biome-ignore lint/style/noDefaultExport: Cucumber loads formatters by their default export.
export default class ForgetfulFormatter extends Formatter {
  constructor(options: IFormatterOptions) {
    super(options)
    options.eventBroadcaster.on('envelope', ({ testCase, testCaseFinished }: Message) => {
      if (testCase) forgetMatches(testCase)
      if (testCaseFinished) {
        this.#forget(testCaseFinished.testCaseStartedId, testCaseFinished.willBeRetried)
      }
    })
  }

  #forget(id: string, willBeRetried: boolean): void {
    const { pickle, testCase, ...seen } = this.eventDataCollector.getTestCaseAttempt(id)
    for (const each of [seen.stepAttachments, seen.stepResults]) {
      for (const step of Object.keys(each)) delete each[step]
    }
    if (willBeRetried) return
    Object.assign(pickle, { steps: [] })
    Object.assign(testCase, { testSteps: [] })
  }
}

/** What the words of steps were matched with is a good part of the plan. */
function forgetMatches({ testSteps }: TestCase): void {
  for (const step of testSteps) {
    if (step.stepMatchArgumentsLists) Object.assign(step, { stepMatchArgumentsLists: [] })
  }
}
