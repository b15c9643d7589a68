import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { Message } from '../../src/cli/cucumber-message.ts'
import { NotVerifiedReasons } from '../../src/cli/not-verified-reasons.ts'
import { NOT_VERIFIED } from '../../src/evidence/not-verified.ts'

const attached = (testCaseStartedId: string, body: string, mediaType = NOT_VERIFIED): Message =>
  ({ attachment: { testCaseStartedId, body, mediaType, contentEncoding: 'IDENTITY' } }) as Message

/** A step that has ended; its result is changed in place. */
function finished(testCaseStartedId: string, status: string): Message {
  const testStepResult = { status, duration: { seconds: 0, nanos: 0 } }
  return { testStepFinished: { testCaseStartedId, testStepId: 's', testStepResult } } as Message
}

const messageOf = (message: Message) => message.testStepFinished?.testStepResult.message

describe('Why a scenario is not verified', () => {
  it('stands in every skipped result after it was told, of that scenario alone', () => {
    const reasons = new NotVerifiedReasons()
    const steps = [
      finished('one', 'PASSED'),
      finished('one', 'SKIPPED'),
      finished('two', 'SKIPPED'),
      finished('one', 'SKIPPED'),
      finished('one', 'FAILED'),
    ]
    reasons.receive(attached('one', 'there is no token'))
    for (const step of steps) reasons.receive(step)
    const told = 'Not verified: there is no token'
    assert.deepEqual(steps.map(messageOf), [undefined, told, undefined, told, undefined])
  })

  it('is read whatever its encoding, and the last one counts', () => {
    const reasons = new NotVerifiedReasons()
    const body = Buffer.from('wegen ›x‹').toString('base64')
    const step = finished('one', 'SKIPPED')
    reasons.receive(attached('one', 'another'))
    reasons.receive({
      attachment: {
        ...{ testCaseStartedId: 'one', body, mediaType: NOT_VERIFIED, contentEncoding: 'BASE64' },
      },
    } as Message)
    reasons.receive(step)
    assert.equal(messageOf(step), 'Not verified: wegen ›x‹')
  })

  it('is no other attachment', () => {
    const reasons = new NotVerifiedReasons()
    const step = finished('one', 'SKIPPED')
    reasons.receive(attached('one', 'an exchange', 'text/plain'))
    reasons.receive({})
    reasons.receive(step)
    assert.isUndefined(messageOf(step))
  })
})
