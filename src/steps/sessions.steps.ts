import { Given, Then, When } from '@cucumber/cucumber'
import { assert } from 'chai'
import type { Credentials } from '../api/client/options.ts'
import type { TokenTransport } from '../api/client/token.ts'
import { needs } from '../backends/needs.ts'
import type { NewTrader } from '../backends/simulation-control.ts'
import { expectSuccess } from './expect-success.ts'
import { HostTroubleError, isHostTrouble } from './host-trouble.ts'
import { describe } from './placed-order.ts'
import type { TradingWorld } from './world.ts'

Given('{trader} is signed in', async function (this: TradingWorld, name: string) {
  const refused = await this.trader(name).beSignedIn()
  if (refused) expectSuccess('a session', refused)
})

const tokens = needs('use tokens')
const probing = needs('use tokens', 'probe logins')

Given(
  '{trader} passes the token on {transport}',
  tokens,
  function (this: TradingWorld, name: string, transport: TokenTransport) {
    this.introduce(name, this.backend.credentialsOf(name), transport)
  },
)

async function signsInWith(world: TradingWorld, name: string, credentials: Credentials) {
  const refused = await world.introduce(name, credentials).beSignedIn()
  if (refused) expectSuccess('a session', refused)
}

/** A step that enrols somebody and has them sign in. */
function enrols(particulars: Omit<NewTrader, 'name'>) {
  return async function (this: TradingWorld, name: string): Promise<void> {
    await signsInWith(this, name, await this.control.enrol({ name, ...particulars }))
  }
}

Given(
  '{trader} of another firm is signed in',
  needs('enrol users'),
  enrols({ mayTrade: true, elsewhere: true }),
)

Given(
  '{trader}, who shares the firm with Ada, is signed in',
  needs('enrol users'),
  enrols({ mayTrade: true, elsewhere: false }),
)

Given(
  '{trader}, who has no trading permission, is signed in',
  needs('enrol users'),
  enrols({ mayTrade: false, elsewhere: false }),
)

Given(
  '{trader}, who uses the login of {trader}, is signed in',
  async function (this: TradingWorld, name: string, owner: string) {
    await signsInWith(this, name, this.backend.credentialsOf(owner))
  },
)

When('{trader} signs in', tokens, async function (this: TradingWorld, name: string) {
  this.answer = await this.trader(name).signIn()
})

When(
  '{trader} signs in with a wrong password',
  probing,
  async function (this: TradingWorld, name: string) {
    const password = `not ${this.data.string.uuid()}`
    const wrong = { ...this.backend.credentialsOf(name), password }
    this.answer = await this.introduce(name, wrong).signIn()
  },
)

When(
  '{trader} signs in without {word}',
  probing,
  async function (this: TradingWorld, name: string, missing: string) {
    const { user, password, org } = this.backend.credentialsOf(name)
    const whole = { user, pass: password, org }
    const body = Object.fromEntries(Object.entries(whole).filter(([field]) => field !== missing))
    // A client of its own, which holds no session that others have begun.
    const none = { ...{ user, password, org }, [missing === 'pass' ? 'password' : missing]: '' }
    this.answer = await this.introduce(name, none).client.call('login', { body })
  },
)

/** A moment later, so that a longer life shows. */
When('{trader} renews the session', tokens, async function (this: TradingWorld, name: string) {
  await this.backend.clock.sleep(1_000)
  const { client } = this.trader(name)
  this.earlierSession = client.session
  this.answer = await client.renew()
})

When('somebody asks for a rate without a token', async function (this: TradingWorld) {
  const { client } = this.trader('Ada')
  const query = { symbol: this.backend.agreed.symbol }
  this.answer = await client.call('spotRate', { query, token: null })
})

When('somebody asks for a rate with a made-up token', async function (this: TradingWorld) {
  const { client } = this.trader('Ada')
  const query = { symbol: this.backend.agreed.symbol }
  this.answer = await client.call('spotRate', { query, token: this.data.string.alphanumeric(62) })
})

When('somebody renews a made-up token', tokens, async function (this: TradingWorld) {
  const { client } = this.trader('Ada')
  this.answer = await client.call('renew', { token: this.data.string.alphanumeric(62) })
})

When(
  '{trader} goes on with the token that has expired',
  async function (this: TradingWorld, name: string) {
    const { client } = this.trader(name)
    const token = client.session?.token.reveal()
    assert(token !== undefined, `${name} has no session to go on with.`)
    const query = { symbol: this.backend.agreed.symbol }
    this.answer = await client.call('spotRate', { query, token })
  },
)

When('every session expires', needs('expire tokens'), async function (this: TradingWorld) {
  this.earlierSession = this.trader('Ada').client.session
  await this.control.expireTokens()
})

Then('{trader} should be given a session', function (this: TradingWorld, name: string) {
  expectSuccess('a session', this.answer)
  assert(this.trader(name).client.session, 'The login should have brought a token.')
})

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

Then('the request should be refused as unauthorised', function (this: TradingWorld) {
  assertRefused(this, [401, 403])
})

Then('the login should be refused', function (this: TradingWorld) {
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

/** With which code it refuses, an endpoint may choose (fact sheet 6, rows 8 and 9). */
function assertRefused({ answer, backend }: TradingWorld, statuses: readonly number[]): void {
  const sentence = `The answer should be a refusal: ${describe(answer)}.`
  if (isHostTrouble(answer)) throw new HostTroubleError(sentence)
  assert(answer.kind === 'refusal', sentence)
  if (backend.control) assert.include(statuses, answer.httpStatus, 'The code should be documented.')
}
