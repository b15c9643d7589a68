import { type Outcome, setupIntegral } from 'integral-harness'
import {
  Given,
  needs,
  type ParameterTypes,
  Then,
  type TradingWorld,
  When,
} from 'integral-harness/cucumber'
import { profile } from 'integral-harness/profile'

/*
 * What the compiler must understand of the package, and what it must refuse. Checked by the test of the package, which
 * installs it; never run.
 */
const outcome: Outcome = { kind: 'reject after NEW', reason: 'Last look' }
const integral = setupIntegral({ baseUrl: 'https://uat.fxinside.net' })
integral.outcomes.script('my-order-1', outcome)

Given(
  '{trader} deals to {side}',
  needs('move the market'),
  function (this: TradingWorld, name: ParameterTypes['trader'], side: ParameterTypes['side']) {
    const only: 'Buy' | 'Sell' = side
    this.trader(name).rate.bid.toFixed(only.length)
  },
)

When(
  'the market {pips} and back',
  needs('move the market'),
  async function (this: TradingWorld, pips: ParameterTypes['pips']) {
    const { symbol } = this.backend.agreed
    await this.control.moveMarket(symbol, pips)
    await this.control.moveMarket(symbol, -pips)
  },
)

Then('{trader} has what no World has', function (this: TradingWorld) {
  // @ts-expect-error
  this.nothing()
})

// @ts-expect-error
integral.outcomes.script('my-order-2', { kind: 'vanish' })

export const paths: readonly string[] = profile.import
