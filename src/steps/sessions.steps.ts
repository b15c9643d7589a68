import { Given, When } from '@cucumber/cucumber'
import { assert } from 'chai'
import type { Credentials } from '../api/client/options.ts'
import type { TokenTransport } from '../api/client/token.ts'
import { needs } from '../backends/needs.ts'
import { cue, together, unplayable } from '../backends/playing/roles.ts'
import type { NewTrader } from '../backends/simulation-control.ts'
import type { StagingWorld } from '../backends/staging-world.ts'
import { expectSuccess } from './expect-success.ts'
import type { TradingWorld } from './world.ts'

Given(
  '{trader} is signed in',
  cue('login', { answered: 'well', isSession: true }),
  async function (this: TradingWorld, name: string) {
    const refused = await this.trader(name).beSignedIn()
    if (refused) expectSuccess('a session', refused)
  },
)

const tokens = needs('use tokens')
const signingInVainly = together(
  needs('use tokens', 'probe logins'),
  cue('login', { answered: 'refused' }),
)

Given(
  '{trader} passes the token on {transport}',
  together(tokens, unplayable('it is about how the client passes its token on')),
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
    await signsInWith(this, name, await this.enrol({ name, ...particulars }))
  }
}

/** The same, where somebody else's client signs in. */
function enrolled(particulars: Omit<NewTrader, 'name'>) {
  const stage = async (world: StagingWorld, name: string): Promise<void> => {
    await world.enrol({ name, ...particulars })
  }
  return together(needs('enrol users'), cue('login', { answered: 'well', stage }))
}

const stranger = { mayTrade: true, elsewhere: true }
const colleague = { mayTrade: true, elsewhere: false }
const onlooker = { mayTrade: false, elsewhere: false }

Given(
  '{trader} of another firm is signed in',
  together(needs('enrol users'), unplayable('a play has the clients of one organisation')),
  enrols(stranger),
)

Given(
  '{trader}, who shares the firm with Ada, is signed in',
  enrolled(colleague),
  enrols(colleague),
)

Given('{trader}, who has no trading permission, is signed in', enrolled(onlooker), enrols(onlooker))

Given(
  '{trader}, who uses the login of {trader}, is signed in',
  cue('login', { answered: 'well', sharesLogin: true }),
  async function (this: TradingWorld, name: string, owner: string) {
    await signsInWith(this, name, this.backend.credentialsOf(owner))
  },
)

When(
  '{trader} signs in',
  together(tokens, cue('login', { answered: 'well' })),
  async function (this: TradingWorld, name: string) {
    this.answer = await this.trader(name).signIn()
  },
)

When(
  '{trader} signs in with a wrong password',
  signingInVainly,
  async function (this: TradingWorld, name: string) {
    const password = `not ${this.data.string.uuid()}`
    const wrong = { ...this.backend.credentialsOf(name), password }
    this.answer = await this.introduce(name, wrong).signIn()
  },
)

When(
  '{trader} signs in without {word}',
  signingInVainly,
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
When(
  '{trader} renews the session',
  together(tokens, cue('renew')),
  async function (this: TradingWorld, name: string) {
    await this.backend.clock.sleep(1_000)
    const { client } = this.trader(name)
    this.earlierSession = client.session
    this.answer = await client.renew()
  },
)

const askingInVain = cue('spotRate', { answered: 'unauthorised' })

When('somebody asks for a rate without a token', askingInVain, async function (this: TradingWorld) {
  const { client } = this.trader('Ada')
  const query = { symbol: this.backend.agreed.symbol }
  this.answer = await client.call('spotRate', { query, token: null })
})

When(
  'somebody asks for a rate with a made-up token',
  askingInVain,
  async function (this: TradingWorld) {
    const { client } = this.trader('Ada')
    const query = { symbol: this.backend.agreed.symbol }
    this.answer = await client.call('spotRate', { query, token: this.data.string.alphanumeric(62) })
  },
)

When(
  'somebody renews a made-up token',
  together(tokens, cue('renew', { answered: 'refused' })),
  async function (this: TradingWorld) {
    const { client } = this.trader('Ada')
    this.answer = await client.call('renew', { token: this.data.string.alphanumeric(62) })
  },
)

When(
  '{trader} goes on with the token that has expired',
  askingInVain,
  async function (this: TradingWorld, name: string) {
    const { client } = this.trader(name)
    const token = client.session?.token.reveal()
    assert(token !== undefined, `${name} has no session to go on with.`)
    const query = { symbol: this.backend.agreed.symbol }
    this.answer = await client.call('spotRate', { query, token })
  },
)

When('every session expires', needs('expire tokens'), async function (this: StagingWorld) {
  this.keepSession()
  await this.control.expireTokens()
})
