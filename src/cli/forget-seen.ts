import type { Message } from './cucumber-message.ts'

/**
 * Empties what everybody has seen and nobody needs again. Cucumber keeps every message until the end of a run;
 * attachments are almost all of their bulk, and what the words of steps were matched with is a good part of the plan:
 * of very many scenarios they would not fit into memory.
 *
 * @param message - Handed round at this moment; nobody may read the body of its attachment later, nor the matches of its test case.
 */
export function forgetSeen({ attachment, testCase }: Message): void {
  if (attachment) queueMicrotask(() => Object.assign(attachment, { body: '' }))
  if (testCase) {
    queueMicrotask(() => {
      for (const step of testCase.testSteps) {
        if (step.stepMatchArgumentsLists) Object.assign(step, { stepMatchArgumentsLists: [] })
      }
    })
  }
}
