import { Given, When } from '@cucumber/cucumber'
import { assert } from 'chai'
import { needs } from '../backends/needs.ts'
import { together, unplayable } from '../backends/playing/roles.ts'
import type { TradingWorld } from './world.ts'

const notTheClients = unplayable('it is about a token that the client would not have')

/** At the beginning, where an endpoint's run asks for it: so its life may end within the run. */
Given(
  '{trader} holds a second token, and leaves it unused',
  together(needs('use tokens'), notTheClients),
  async function (this: TradingWorld, _name: string) {
    this.earlierSession = await this.backend.spareSession()
    if (!this.earlierSession) {
      this.notVerified(
        'a second login ends the session of the first, so that no token can be left unused',
      )
    }
  },
)

When('the second token has expired', notTheClients, async function (this: TradingWorld) {
  const { backend, earlierSession: spare } = this
  if (spare?.expiryTime === undefined) return this.notVerified('the login tells no expiryTime')
  const expiredAt = spare.expiryTime - spare.skewMs + backend.bounds.tokenSlackMs
  const restMs = Math.max(0, expiredAt - backend.clock.now())
  if (expiredAt >= backend.endsAt || restMs > backend.patience.tokenWaitMs) {
    const until = new Date(spare.expiryTime).toISOString()
    return this.notVerified(`the second token lives until ${until}, longer than this run waits`)
  }
  await backend.waitFor(restMs)
})

When(
  '{trader} asks for a rate with the second token',
  notTheClients,
  async function (this: TradingWorld, name: string) {
    const token = this.earlierSession?.token.reveal()
    assert(token !== undefined, 'There should be a second token.')
    const query = { symbol: this.backend.agreed.symbol }
    this.answer = await this.trader(name).client.call('spotRate', { query, token })
  },
)
