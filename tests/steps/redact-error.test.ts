import { describe, it } from 'node:test'
import { AssertionError, assert } from 'chai'
import { createRedactor } from '../../src/evidence/redaction.ts'
import { redactError } from '../../src/steps/redact-error.ts'

const SECRET = 'tok_5f2c91aa77bb'

const redact = (text: string) => createRedactor([SECRET]).redact(text)

describe('an error that quotes a secret', () => {
  it('loses it in message, stack, values and causes, and stays what it was', () => {
    const cause = new TypeError(`the server said ${SECRET}`, { cause: `again ${SECRET}` })
    const error = new AssertionError(`expected ${SECRET}`, {
      actual: { token: SECRET },
      expected: SECRET,
    })
    error.cause = cause
    assert.include(error.stack ?? '', SECRET)
    redactError(error, redact)
    const texts = [error.message, error.stack, cause.message, cause.stack, cause.cause]
    const values = [Reflect.get(error, 'actual'), Reflect.get(error, 'expected')]
    assert.notInclude(JSON.stringify([...texts, ...values]), SECRET)
    assert.match(error.message, /^expected ‹redacted›$/)
    assert.instanceOf(error, AssertionError)
  })

  it('keeps values without a secret as they are, and survives a chain that bites its tail', () => {
    const actual = { price: 1.0863 }
    const error: Error = new AssertionError('no secret', { actual })
    error.cause = error
    redactError(error, redact)
    assert.strictEqual(Reflect.get(error, 'actual'), actual)
    assert.equal(error.message, 'no secret')
  })
})
