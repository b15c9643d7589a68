import { Then } from '@cucumber/cucumber'
import { assert } from 'chai'
import { codeOf } from '../backends/playing/client-event.ts'
import type { ClientStory } from '../backends/playing/client-story.ts'
import { watched } from '../backends/playing/roles.ts'
import { expectSuccess } from './expect-success.ts'
import { HostTroubleError, isHostTrouble } from './host-trouble.ts'
import { describe } from './placed-order.ts'
import type { TradingWorld } from './world.ts'

Then(
  '{trader} should be given a session',
  isLast(200),
  function (this: TradingWorld, name: string) {
    expectSuccess('a session', this.answer)
    assert(this.trader(name).client.session, 'The login should have brought a token.')
  },
)

Then('the session should end later than it began', function (this: TradingWorld) {
  const { expiryTime, serverUTCTime } = expectSuccess('a session', this.answer) as {
    readonly expiryTime?: number
    readonly serverUTCTime?: number
  }
  if (expiryTime === undefined || serverUTCTime === undefined) {
    return this.notVerified('the answer does not tell expiryTime and serverUTCTime')
  }
  assert.isAbove(expiryTime, serverUTCTime, 'The session should have a life.')
})

Then(
  'the request should be refused as unauthorised',
  isLast(401, 403),
  function (this: TradingWorld) {
    assertRefused(this, [401, 403])
  },
)

Then('the login should be refused', isLast(400, 401, 404), function (this: TradingWorld) {
  assertRefused(this, [400, 401, 404])
})

/** A refusal, or the news that the token is not valid: fact sheet 6, row 5. */
Then('there should be nothing to go on with', function (this: TradingWorld) {
  const { answer } = this
  const sentence = `The token should not be renewed: ${describe(answer)}.`
  if (isHostTrouble(answer)) throw new HostTroubleError(sentence)
  const { valid } = Object(answer.kind === 'success' ? answer.value : undefined) as {
    readonly valid?: boolean
  }
  assert(answer.kind === 'refusal' || valid === false, sentence)
})

Then('{trader} should have no session', function (this: TradingWorld, name: string) {
  assert.isUndefined(this.trader(name).client.session, 'There should be no token.')
})

Then('{trader} should go on with the session', async function (this: TradingWorld, name: string) {
  expectSuccess('the renewal', this.answer)
  expectSuccess('a rate', await this.trader(name).askRate(this.backend.agreed.symbol))
})

Then('{trader} should go on with another token', async function (this: TradingWorld, name: string) {
  expectSuccess('the renewal', this.answer)
  const { session } = this.trader(name).client
  const earlier = this.earlierSession?.token.reveal()
  assert(session && earlier !== undefined, 'There should be a session before and after.')
  assert.isFalse(session.token.reveal() === earlier, 'The token should be another one.')
  expectSuccess('a rate', await this.trader(name).askRate(this.backend.agreed.symbol))
})

Then(
  '{trader} should have got another token meanwhile',
  function (this: TradingWorld, name: string) {
    const [now, earlier] = [this.trader(name).client.session, this.earlierSession]
    assert(now && earlier, 'There should be a session before and after.')
    assert.isFalse(
      now.token.reveal() === earlier.token.reveal(),
      'The token should be another one.',
    )
  },
)

Then('the session should last longer than before', function (this: TradingWorld) {
  const { expiryTime } = expectSuccess('the renewal', this.answer) as {
    readonly expiryTime?: number
  }
  const before = this.earlierSession?.expiryTime
  if (expiryTime === undefined || before === undefined) {
    return this.notVerified('the answers do not tell when the session ends')
  }
  assert.isAbove(expiryTime, before, 'Renewing should give the session more time.')
})

/** Whether the last call was answered with one of these codes, where a client was told so. */
function isLast(...codes: readonly number[]) {
  return watched(({ last }: ClientStory) => last !== undefined && codes.includes(codeOf(last)))
}

/** With which code it refuses, an endpoint may choose (fact sheet 6, rows 8 and 9). */
function assertRefused({ answer, backend }: TradingWorld, statuses: readonly number[]): void {
  const sentence = `The answer should be a refusal: ${describe(answer)}.`
  if (isHostTrouble(answer)) throw new HostTroubleError(sentence)
  assert(answer.kind === 'refusal', sentence)
  if (backend.control) assert.include(statuses, answer.httpStatus, 'The code should be documented.')
}
