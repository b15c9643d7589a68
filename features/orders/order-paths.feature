# Made by "npm run paths-feature" from the order models (src/machines) and the recipes for their paths
# (src/cli/path-recipes.ts). Do not edit it here: a test fails while it is not what they give.
@orders @paths
Feature: An order takes every way that its model has, and no other

  Every path of the order models is walked here, from placing to the end. Where each status can be
  held until a query sees it, all of them must be seen. Where the other side sets the pace, polling
  may miss one: then nothing off the way may be seen, and the end must come. And what a trader may
  try that the model has no arrow for must lead nowhere.

  Background:
    Given Ada is signed in

  Rule: A previously quoted order takes every way of its model

    @simulation-only
    Scenario: PQ order: RECEIVED, NEW, FILLED
      Given Ada has a rate for the agreed pair
      And the next order will be filled
      When Ada places a previously quoted order to buy a small amount at that rate
      And Ada queries the order until it is final
      Then the statuses seen should be RECEIVED, NEW, FILLED
      And the whole size should be dealt

    Scenario: PQ order: RECEIVED, NEW, FILLED, as polling sees it
      Given Ada has a rate for the agreed pair
      When Ada places a previously quoted order to buy a small amount at that rate
      Then the order should be FILLED
      And what was seen should lie on the way RECEIVED, NEW, FILLED
      And the whole size should be dealt

    @simulation-only
    Scenario: PQ order: RECEIVED, NEW, REJECTED
      Given Ada has a rate for the agreed pair
      And the provider will reject the next order after NEW
      When Ada places a previously quoted order to buy a small amount at that rate
      And Ada queries the order until it is final
      Then the statuses seen should be RECEIVED, NEW, REJECTED
      And nothing should be dealt

    @simulation-only
    Scenario: PQ order: RECEIVED, REJECTED
      Given Ada has a rate for the agreed pair
      And the desk will reject the next order before NEW
      When Ada places a previously quoted order to buy a small amount at that rate
      And Ada queries the order until it is final
      Then the statuses seen should be RECEIVED, REJECTED
      And nothing should be dealt

    Scenario: PQ order: refused, and so no order
      Given Ada has a rate for the agreed pair
      When Ada places a previously quoted order to buy a small amount at that rate, without price
      Then the placing should be refused with an error object
      And there should be no such order

  Rule: A previously quoted order takes no way that its model lacks

    @simulation-only
    Scenario: PQ order: queried before it is placed
      Given Ada has a rate for the agreed pair
      And the next order will be filled
      And Ada has chosen a client id for the next order
      When Ada queries that client id
      Then there should be no answer about any order
      When Ada queries an order that was never placed
      Then there should be no answer about any order
      When Ada places a previously quoted order to sell a small amount at that rate
      And Ada queries the order until it is final
      Then the client id should lead to the same order

    Scenario: PQ order: cancelled when it is FILLED
      Given Ada has a rate for the agreed pair
      And Ada has placed a previously quoted order to sell a small amount at that rate
      And the order should be FILLED
      When Ada cancels the order
      Then the order should still be FILLED

    @simulation-only
    Scenario: PQ order: cancelled when it is REJECTED
      Given Ada has a rate for the agreed pair
      And the provider will reject the next order after NEW
      And Ada has placed a previously quoted order to sell a small amount at that rate
      And the order should be REJECTED
      When Ada cancels the order
      Then the order should still be REJECTED

    @simulation-only
    Scenario: PQ order: placed again while it works
      Given Ada has a rate for the agreed pair
      And the next order will stay RECEIVED for 0 queries and NEW for 5
      And Ada has placed a previously quoted order to sell a small amount at that rate
      And the order should be NEW
      When Ada places the very same order again
      Then no second order should have come of it
      And the order should be FILLED

    @simulation-only
    Scenario: PQ order: placed again when it is FILLED
      Given Ada has a rate for the agreed pair
      And the next order will be filled
      And Ada has placed a previously quoted order to sell a small amount at that rate
      And the order should be FILLED
      When Ada places the very same order again
      Then no second order should have come of it
      And the order should be FILLED

    @simulation-only
    Scenario: PQ order: placed again when it is REJECTED
      Given Ada has a rate for the agreed pair
      And the provider will reject the next order after NEW
      And Ada has placed a previously quoted order to sell a small amount at that rate
      And the order should be REJECTED
      When Ada places the very same order again
      Then no second order should have come of it
      And the order should be REJECTED

  Rule: A limit order takes every way of its model

    Not taken is RECEIVED, NEW with a part dealt, REJECTED:
    a rejection turns down the whole order, and one that was dealt counts as a finding.

    @simulation-only
    Scenario: Limit order: RECEIVED, NEW, FILLED
      Given the next order will be filled
      When Ada places a limit order to buy a small amount 20 pips above the market, immediate or cancel
      And Ada queries the order until it is final
      Then the statuses seen should be RECEIVED, NEW, FILLED
      And the whole size should be dealt

    Scenario: Limit order: RECEIVED, NEW, FILLED, as polling sees it
      When Ada places a limit order to buy a small amount 20 pips above the market, immediate or cancel
      Then the order should be FILLED
      And what was seen should lie on the way RECEIVED, NEW, FILLED
      And the whole size should be dealt

    @simulation-only
    Scenario: Limit order: RECEIVED, NEW, REJECTED
      Given the provider will reject the next order after NEW
      When Ada places a limit order to buy a small amount at the market, good till cancelled
      And Ada queries the order until it is final
      Then the statuses seen should be RECEIVED, NEW, REJECTED
      And nothing should be dealt

    @simulation-only
    Scenario: Limit order: RECEIVED, NEW, EXPIRED
      Given the market stands still
      And Ada has placed a limit order to buy a small amount 200 pips below the market, good for 30 seconds
      And Ada queries the order
      When 30 seconds pass
      And Ada queries the order until it is final
      Then the statuses seen should be RECEIVED, NEW, EXPIRED
      And nothing should be dealt

    Scenario: Limit order: RECEIVED, NEW, EXPIRED, as polling sees it
      When Ada places a limit order to buy a small amount 200 pips below the market, good for 2 seconds
      Then the order should be EXPIRED
      And what was seen should lie on the way RECEIVED, NEW, EXPIRED
      And nothing should be dealt

    @simulation-only
    Scenario: Limit order: RECEIVED, NEW, CANCELED
      Given the market stands still
      And Ada has placed a limit order to buy a small amount 200 pips below the market, good till cancelled
      And Ada queries the order
      When Ada cancels the order
      And Ada queries the order until it is final
      Then the statuses seen should be RECEIVED, NEW, CANCELED
      And nothing should be dealt

    Scenario: Limit order: RECEIVED, NEW, CANCELED, as polling sees it
      Given Ada has placed a limit order to buy a small amount 200 pips below the market, good for 60 seconds
      And the order should be NEW
      When Ada cancels the order
      Then the order should be CANCELED
      And what was seen should lie on the way RECEIVED, NEW, CANCELED
      And nothing should be dealt

    @simulation-only
    Scenario: Limit order: RECEIVED, REJECTED
      Given the desk will reject the next order before NEW
      When Ada places a limit order to buy a small amount at the market, good till cancelled
      And Ada queries the order until it is final
      Then the statuses seen should be RECEIVED, REJECTED
      And nothing should be dealt

    Scenario: Limit order: refused, and so no order
      When Ada places a limit order without price
      Then the placing should be refused with an error object
      And there should be no such order

    @simulation-only
    Scenario: Limit order: RECEIVED, NEW with a part dealt, FILLED
      Given the market stands still
      And the market is good for 60% of a small amount
      And Ada has placed a limit order to buy a small amount at the market, good till cancelled
      And Ada queries the order
      And Ada queries the order
      And 60% of the size should be dealt
      When the market falls 1 pips
      And Ada queries the order until it is final
      Then the statuses seen should be RECEIVED, NEW, FILLED
      And the whole size should be dealt

    @simulation-only
    Scenario: Limit order: RECEIVED, NEW with a part dealt, EXPIRED
      Given the market stands still
      And the market is good for 60% of a small amount
      And Ada has placed a limit order to buy a small amount at the market, good for 30 seconds
      And Ada queries the order
      And Ada queries the order
      And 60% of the size should be dealt
      When 30 seconds pass
      And Ada queries the order until it is final
      Then the statuses seen should be RECEIVED, NEW, EXPIRED
      And 60% of the size should be dealt

    @simulation-only
    Scenario: Limit order: RECEIVED, NEW with a part dealt, CANCELED
      Given the market stands still
      And the market is good for 60% of a small amount
      And Ada has placed a limit order to buy a small amount at the market, good till cancelled
      And Ada queries the order
      And Ada queries the order
      And 60% of the size should be dealt
      When Ada cancels the order
      And Ada queries the order until it is final
      Then the statuses seen should be RECEIVED, NEW, CANCELED
      And 60% of the size should be dealt

  Rule: A limit order takes no way that its model lacks

    Scenario: Limit order: queried before it is placed
      Given Ada has chosen a client id for the next order
      When Ada queries that client id
      Then there should be no answer about any order
      When Ada queries an order that was never placed
      Then there should be no answer about any order
      When Ada places a limit order to sell a small amount 200 pips above the market, immediate or cancel
      And Ada queries the order until it is final
      Then the client id should lead to the same order

    Scenario: Limit order: cancelled when it is FILLED
      Given Ada has placed a limit order to sell a small amount 20 pips below the market, immediate or cancel
      And the order should be FILLED
      When Ada cancels the order
      Then the order should still be FILLED

    @simulation-only
    Scenario: Limit order: cancelled when it is REJECTED
      Given the provider will reject the next order after NEW
      And Ada has placed a limit order to sell a small amount at the market, good till cancelled
      And the order should be REJECTED
      When Ada cancels the order
      Then the order should still be REJECTED

    Scenario: Limit order: cancelled when it is EXPIRED
      Given Ada has placed a limit order to sell a small amount 200 pips above the market, good for 2 seconds
      And the order should be EXPIRED
      When Ada cancels the order
      Then the order should still be EXPIRED

    Scenario: Limit order: cancelled when it is CANCELED
      Given Ada has placed a limit order to sell a small amount 200 pips above the market, good for 60 seconds
      And the order should be NEW
      And Ada cancels the order
      And the order should be CANCELED
      When Ada cancels the order
      Then the order should still be CANCELED

    Scenario: Limit order: placed again while it works
      Given Ada has placed a limit order to sell a small amount 200 pips above the market, good for 60 seconds
      And the order should be NEW
      When Ada places the very same order again
      Then no second order should have come of it
      When Ada cancels the order
      Then the order should be CANCELED

    @simulation-only
    Scenario: Limit order: placed again when it is FILLED
      Given the next order will be filled
      And Ada has placed a limit order to sell a small amount 20 pips below the market, immediate or cancel
      And the order should be FILLED
      When Ada places the very same order again
      Then no second order should have come of it
      And the order should be FILLED

    @simulation-only
    Scenario: Limit order: placed again when it is REJECTED
      Given the provider will reject the next order after NEW
      And Ada has placed a limit order to sell a small amount at the market, good till cancelled
      And the order should be REJECTED
      When Ada places the very same order again
      Then no second order should have come of it
      And the order should be REJECTED

    Scenario: Limit order: placed again when it is EXPIRED
      Given Ada has placed a limit order to sell a small amount 200 pips above the market, good for 2 seconds
      And the order should be EXPIRED
      When Ada places the very same order again
      Then no second order should have come of it
      And the order should be EXPIRED

    Scenario: Limit order: placed again when it is CANCELED
      Given Ada has placed a limit order to sell a small amount 200 pips above the market, good for 60 seconds
      And the order should be NEW
      And Ada cancels the order
      And the order should be CANCELED
      When Ada places the very same order again
      Then no second order should have come of it
      And the order should be CANCELED
