import { Given, Then, When } from '@cucumber/cucumber'
import { assert } from 'chai'
import { type RateType, rateTypeSchema, spotRateSchema } from '../api/contract/rates.ts'
import type { Agreed } from '../backends/backend.ts'
import { needs } from '../backends/needs.ts'
import { codeOf } from '../backends/playing/client-event.ts'
import type { ClientStory } from '../backends/playing/client-story.ts'
import { cue, together, watched } from '../backends/playing/roles.ts'
import { expectSuccess } from './expect-success.ts'
import { HostTroubleError, isHostTrouble } from './host-trouble.ts'
import { describe } from './placed-order.ts'
import type { Trader } from './trader.ts'
import type { TradingWorld } from './world.ts'

const rates = ['spotRate', 'spotRateByType', 'spotRateByTypeAndOrg'] as const
const agreedRate = cue(rates, { symbol: ({ symbol }: Agreed) => symbol })
const namedRate = cue(rates, { symbol: (_agreed: Agreed, _name: string, symbol: string) => symbol })

async function takesRate(this: TradingWorld, name: string): Promise<void> {
  const answer = await this.trader(name).askRate(this.backend.agreed.symbol)
  // The default way was tried at the start; where another is not taken, nothing can be shown.
  if (answer.kind === 'refusal' && this.tokenTransport !== undefined) {
    this.notVerified(`the token is not taken so: ${describe(answer)}`)
  }
  expectSuccess('a rate', answer)
}
Given('{trader} has a rate for the agreed pair', agreedRate, takesRate)
When('{trader} gets a rate for the agreed pair', agreedRate, takesRate)

async function takesRateOf(this: TradingWorld, name: string, symbol: string): Promise<void> {
  expectSuccess(`a rate of ${symbol}`, await this.trader(name).askRate(symbol))
}
Given('{trader} has a rate for {symbol}', together(needs('trade any pair'), namedRate), takesRateOf)

When(
  '{trader} asks for a rate of {symbol}',
  namedRate,
  async function (this: TradingWorld, name: string, symbol: string) {
    this.answer = await this.trader(name).askRate(symbol)
  },
)

When(
  '{trader} asks for a rate of the agreed pair',
  agreedRate,
  async function (this: TradingWorld, name: string) {
    this.answer = await this.trader(name).askRate(this.backend.agreed.symbol)
  },
)

When(
  '{trader} asks for the {word} rates of the agreed pair',
  cue(['spotRateByType', 'spotRateByTypeAndOrg']),
  async function (this: TradingWorld, name: string, type: string) {
    const { client } = this.trader(name)
    this.answer = await client.spotRateByType(this.backend.agreed.symbol, rateType(type))
  },
)

When(
  '{trader} asks for the {word} rates of the agreed pair, from the providers of her organisation',
  cue('spotRateByTypeAndOrg'),
  async function (this: TradingWorld, name: string, type: string) {
    const { org } = this.backend.credentialsOf(name)
    const { client } = this.trader(name)
    this.answer = await client.spotRateByType(this.backend.agreed.symbol, rateType(type), org)
  },
)

When(
  '{trader} asks for a rate without naming a pair',
  cue('spotRate', { answered: 'refused' }),
  async function (this: TradingWorld, name: string) {
    this.answer = await this.trader(name).client.call('spotRate')
  },
)

When(
  '{trader} asks for a market data set by {word} and {word} at once',
  together(needs('publish market data sets'), cue('marketDataSet', { answered: 'refused' })),
  async function (this: TradingWorld, name: string, one: string, other: string) {
    const { symbol } = this.backend.agreed
    const { org } = this.backend.credentialsOf(name)
    const values = { id: '4HProduct', org, symbol, symbols: symbol }
    const asked = new Set(['id', 'symbol', one, other])
    const query = Object.fromEntries(Object.entries(values).filter(([field]) => asked.has(field)))
    this.answer = await this.trader(name).client.marketDataSet(query)
  },
)

Given(
  '{trader} has a rate from the market data set {word}',
  together(needs('publish market data sets'), cue('marketDataSet')),
  async function (this: TradingWorld, name: string, id: string) {
    const { symbol } = this.backend.agreed
    const trader = this.trader(name)
    const sets = expectSuccess(
      'a market data set',
      await trader.client.marketDataSet({ id, symbol }),
    )
    const limits = {
      bidLimit: this.backend.agreed.smallSize,
      offerLimit: this.backend.agreed.smallSize,
    }
    const found = { ...sets[0]?.rates[0], ...limits, time: this.backend.clock.now() }
    const rate = spotRateSchema.safeParse(found)
    assert(rate.success, `The market data set should hold a rate of ${symbol}.`)
    trader.holdRate(rate.data)
  },
)

Then('the offer should be above the bid', function (this: TradingWorld) {
  const { bid, offer } = traderWithRate(this).rate
  assert.isAbove(offer, bid, 'An offer stands above its bid.')
})

Then('the rate should be for the agreed pair and have an id', function (this: TradingWorld) {
  const { symbol, rateId } = traderWithRate(this).rate
  assert.equal(symbol, this.backend.agreed.symbol)
  assert.isNotEmpty(rateId)
})

Then('every level should have a bid and an offer above it', function (this: TradingWorld) {
  const { answer } = this
  // The reference does not show this body, and lists a 404 without saying what for.
  if (answer.kind !== 'success') this.notVerified(`there are no such rates: ${describe(answer)}`)
  const levels = levelsOf(answer.value)
  assert.isNotEmpty(levels, 'There should be at least one level.')
  for (const { bid, offer } of levels) assert.isAbove(offer, bid)
})

Then('there should be no rate', watched(isRefusedLast), function (this: TradingWorld) {
  const { answer } = this
  assert(answer.kind === 'refusal', `There should be no rate: ${describe(answer)}.`)
  if (answer.httpStatus === 404) return
  assert.isBelow(answer.httpStatus, 500, 'A refusal is no failure of the server.')
  this.notVerified(`there is no such rate, but it is refused with ${describe(answer)}`)
})

/** With which code, the pages do not say. */
Then('the request should be refused', watched(isRefusedLast), function (this: TradingWorld) {
  const { answer } = this
  const sentence = `The request should be refused: ${describe(answer)}.`
  if (isHostTrouble(answer)) throw new HostTroubleError(sentence)
  assert(answer.kind === 'refusal', sentence)
})

function isRefusedLast({ last }: ClientStory): boolean {
  return last !== undefined && codeOf(last) >= 400
}

/** Whoever was quoted the rate that the scenario looks at. */
function traderWithRate(world: TradingWorld): Trader {
  const quoted = world.traders.findLast(({ hasRate }) => hasRate)
  if (quoted) return quoted
  throw new Error(
    'Nobody has a rate yet: add the step "Ada gets a rate for the agreed pair" before.',
  )
}

function rateType(word: string): RateType {
  return rateTypeSchema.parse(word)
}

/** Levels of either shape, see setting 44. */
function levelsOf(value: unknown): readonly { readonly bid: number; readonly offer: number }[] {
  if (Array.isArray(value)) return value
  const { bid, offer } = value as {
    readonly bid: readonly number[]
    readonly offer: readonly number[]
  }
  return bid.map((each, index) => ({ bid: each, offer: offer[index] ?? Number.NaN }))
}
