import assert from 'node:assert/strict'
import { Then, type TradingWorld } from 'integral-harness/cucumber'

Then(
  '{trader} should have placed {int} order(s)',
  function (this: TradingWorld, name: string, count: number) {
    assert.equal(this.trader(name).orders.length, count)
  },
)
