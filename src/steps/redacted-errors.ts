import { setDefinitionFunctionWrapper } from '@cucumber/cucumber'
import { AssertionError, config } from 'chai'
import { NoAnswerError } from '../api/client/no-answer-error.ts'
import { NotVerifiedError } from '../backends/not-verified-error.ts'
import { isSimulated } from '../evidence/simulated.ts'
import { HostTroubleError } from './host-trouble.ts'
import { notVerified } from './not-verified.ts'
import { redactError } from './redact-error.ts'
import { TradingWorld } from './world.ts'

/** A value cut short in a message would carry the beginning of a secret past the redaction. */
config.truncateThreshold = 0

/**
 * What a step fails with ends up in every report, and may quote an answer that repeats a secret. So
 * it is redacted as exchanges are, before Cucumber sees it; the error stays the same object, since
 * reports tell assertions from other errors by its class.
 *
 * A step that finds no chance to go on is no failure: it is skipped, and says why.
 */
setDefinitionFunctionWrapper(
  (code: (this: unknown, ...args: unknown[]) => unknown) =>
    async function (this: unknown, ...args: unknown[]): Promise<unknown> {
      try {
        return await code.apply(this, args)
      } catch (error) {
        if (!(this instanceof TradingWorld)) throw error
        const why = reasonIn(error, this)
        if (why !== undefined) return notVerified(this, why)
        const failure =
          error instanceof HostTroubleError ? new AssertionError(error.message) : error
        redactError(failure, (text) => this.redact(text))
        throw failure
      }
    },
)

/** An endpoint that does not answer shows nothing about the rules; in a simulation that is there it is a failure. */
function reasonIn(error: unknown, world: TradingWorld): string | undefined {
  if (error instanceof NotVerifiedError) return error.message
  if (world.lost !== undefined) return world.lost
  if (isSimulated(world.target)) return undefined
  if (error instanceof HostTroubleError) return error.message
  return error instanceof NoAnswerError
    ? `the endpoint did not answer: ${error.message}`
    : undefined
}
