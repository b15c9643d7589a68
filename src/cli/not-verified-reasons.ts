import { NOT_VERIFIED } from '../evidence/not-verified.ts'
import { type Message, textOf } from './cucumber-message.ts'

/**
 * Puts the reason why a scenario is not verified into the results that Cucumber calls skipped, which
 * carry none, so that every report shows it.
 *
 * Messages are changed in place: this is to receive them before they are written, and the pages made of them.
 */
export class NotVerifiedReasons {
  readonly #reasons = new Map<string, string>()

  receive({ attachment, testStepFinished }: Message): void {
    if (attachment?.mediaType === NOT_VERIFIED) {
      this.#reasons.set(attachment.testCaseStartedId ?? '', textOf(attachment))
    }
    if (!testStepFinished) return
    const { testCaseStartedId, testStepResult } = testStepFinished
    const reason = this.#reasons.get(testCaseStartedId)
    const isSkipped = String(testStepResult.status) === 'SKIPPED'
    if (reason !== undefined && isSkipped) testStepResult.message = `Not verified: ${reason}`
  }
}
