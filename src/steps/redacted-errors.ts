import { setDefinitionFunctionWrapper } from '@cucumber/cucumber'
import { config } from 'chai'
import { redactError } from './redact-error.ts'
import { TradingWorld } from './world.ts'

/** A value cut short in a message would carry the beginning of a secret past the redaction. */
config.truncateThreshold = 0

/**
 * What a step fails with ends up in every report, and may quote an answer that repeats a secret. So
 * it is redacted as exchanges are, before Cucumber sees it; the error stays the same object, since
 * reports tell assertions from other errors by its class.
 */
setDefinitionFunctionWrapper(
  (code: (this: unknown, ...args: unknown[]) => unknown) =>
    async function (this: unknown, ...args: unknown[]): Promise<unknown> {
      try {
        return await code.apply(this, args)
      } catch (error) {
        if (this instanceof TradingWorld) redactError(error, (text) => this.redact(text))
        throw error
      }
    },
)
