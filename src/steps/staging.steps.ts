import { Given, When } from '@cucumber/cucumber'
import { assert } from 'chai'
import { ASSUMPTION } from '../backends/assumptions.ts'
import type { Outcome } from '../backends/backend.ts'
import { needs } from '../backends/needs.ts'
import type { StagingWorld } from '../backends/staging-world.ts'
import type { Moment } from './parameters.ts'

const scripted = needs('script outcomes')
const moving = needs('move the market')

function will(outcome: Outcome) {
  return function (this: StagingWorld): void {
    this.nextOutcome = outcome
  }
}

Given(
  'the desk will reject the next order before NEW',
  scripted,
  will({ kind: 'reject before NEW' }),
)
Given(
  'the provider will reject the next order after NEW',
  scripted,
  will({ kind: 'reject after NEW' }),
)

Given(
  'the desk will reject the next order before NEW, saying {string}',
  scripted,
  function (this: StagingWorld, reason: string) {
    this.nextOutcome = { kind: 'reject before NEW', reason }
  },
)

Given(
  'the provider will reject the next order after NEW, saying {string}',
  scripted,
  function (this: StagingWorld, reason: string) {
    this.nextOutcome = { kind: 'reject after NEW', reason }
  },
)

Given('the next order will be filled', scripted, will({ kind: 'fill' }))

Given(
  'the next order will be filled in parts of {int}% and {int}%',
  scripted,
  function (this: StagingWorld, first: number, second: number) {
    this.nextOutcome = { kind: 'fill in shares', shares: [first / 100, second / 100] }
  },
)

Given(
  'only {int}% of the next order will be filled',
  scripted,
  function (this: StagingWorld, percent: number) {
    this.nextOutcome = { kind: 'fill in shares', shares: [percent / 100] }
  },
)

Given(
  'the next order will stay RECEIVED for {int} queries and NEW for {int}',
  scripted,
  function (this: StagingWorld, received: number, fresh: number) {
    this.nextOutcome = { kind: 'fill', received: { polls: received }, new: { polls: fresh } }
  },
)

Given(
  'the next order will be NEW after {duration} and filled {duration} later',
  scripted,
  function (this: StagingWorld, receivedMs: number, newMs: number) {
    this.nextOutcome = { kind: 'fill', received: { ms: receivedMs }, new: { ms: newMs } }
  },
)

const disturbing = needs('inject faults')

Given(
  'the server will fail the next placing with {int}',
  disturbing,
  async function (this: StagingWorld, status: number) {
    assert(
      status === 500 || status === 503,
      `The simulation can fail with 500 or 503, not ${status}.`,
    )
    await this.control.stageFault({ operation: 'placeOrder', status })
  },
)

Given(
  'the connection will be cut {moment} the next placing is taken',
  disturbing,
  async function (this: StagingWorld, when: Moment) {
    await this.control.stageFault({ operation: 'placeOrder', kind: 'cut', when })
  },
)

Given(
  'a gateway will answer the next placing with {int}, {moment} it is taken',
  disturbing,
  async function (this: StagingWorld, status: number, when: Moment) {
    assert(status === 502 || status === 504, `A gateway answers with 502 or 504, not ${status}.`)
    await this.control.stageFault({ operation: 'placeOrder', kind: 'gateway error', status, when })
  },
)

Given(
  'the next {int} queries by client id will get no answer',
  disturbing,
  async function (this: StagingWorld, times: number) {
    const fault = { operation: 'queryOrders', kind: 'cut', when: 'before' } as const
    await this.control.stageFault({ ...fault, times })
  },
)

Given('the market stands still', moving, async function (this: StagingWorld) {
  await this.control.freezeMarket()
})

When('the market {pips}', moving, async function (this: StagingWorld, pips: number) {
  await this.control.moveMarket(this.backend.agreed.symbol, pips)
})

Given(
  'the market is good for {int}% of a small amount',
  moving,
  async function (this: StagingWorld, percent: number) {
    const { symbol, smallSize } = this.backend.agreed
    await this.control.setMarketSize(symbol, (smallSize * percent) / 100)
  },
)

When('no provider streams prices', moving, async function (this: StagingWorld) {
  await this.control.withdrawPrices()
})

When('{duration} pass(es)', needs('pass time'), async function (this: StagingWorld, ms: number) {
  await this.control.passTime(ms)
})

/** Applied before the first step, see `assumptionsOf`; here it is only held against what was applied. */
Given(
  ASSUMPTION,
  needs('change settings'),
  function (this: StagingWorld, name: string, json: string) {
    assert.deepEqual(this.setting(name), JSON.parse(json))
  },
)
