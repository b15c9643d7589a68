@orders @limit
Feature: Limit orders deal at their limit or better

  A limit order never deals beyond its price. Its time in force says how long it may wait: not at all
  (IOC, FOK), for some seconds (GTT), for the day (DAY), or until it is cancelled (GTC).

  Background:
    Given Ada is signed in

  Rule: A limit order deals at its limit or better

    @simulation-only
    Scenario Outline: To <side> at the market is to deal at the limit
      Given the market stands still
      When Ada places a limit order to <side> a small amount at the market, immediate or cancel
      Then the order should be filled at its limit exactly
      And the whole size should be dealt

      Examples:
        | side |
        | buy  |
        | sell |

    Scenario Outline: To <side> <where> the market is to deal better than the limit
      When Ada places a limit order to <side> a small amount 20 pips <where> the market, immediate or cancel
      Then the order should be filled at its limit or better
      And the whole size should be dealt

      Examples:
        | side | where |
        | buy  | above |
        | sell | below |

    @simulation-only
    Scenario Outline: The market is better than the limit, and an order to <side> gets it
      Given the market stands still
      When Ada places a limit order to <side> a small amount 20 pips <where> the market, immediate or cancel
      Then the order should be filled better than its limit

      Examples:
        | side | where |
        | buy  | above |
        | sell | below |

    Scenario: Dealt in the term currency, buying hits the bid
      When Ada places a limit order to buy a small amount of the term currency 20 pips below the market, immediate or cancel
      Then the order should be filled at its limit or better

    @simulation-only
    Scenario: A scripted fill away from the market is at the limit
      Given the next order will be filled
      When Ada places a limit order to buy a small amount 50 pips below the market, good till cancelled
      Then the order should be filled at its limit exactly

  Rule: An order that may not wait expires unfilled

    Scenario Outline: <life>, to <side> far from the market
      When Ada places a limit order to <side> a small amount 200 pips <where> the market, <life>
      Then the order should be EXPIRED
      And Ada should have no trade for the order

      Examples:
        | life                | side | where |
        | immediate or cancel | buy  | below |
        | immediate or cancel | sell | above |
        | fill or kill        | buy  | below |
        | fill or kill        | sell | above |

    @simulation-only
    Scenario: Fill or kill takes nothing rather than a part
      Given the market is good for 60% of a small amount
      When Ada places a limit order to buy a small amount at the market, fill or kill
      Then the order should be EXPIRED
      And nothing should be dealt

    @simulation-only
    Scenario: Where unfilled orders are cancelled instead
      Given the simulation assumes "ioc.unfilledStatus" is "CANCELED"
      When Ada places a limit order to buy a small amount 200 pips below the market, immediate or cancel
      Then the order should be CANCELED

  Rule: A good-till-time order waits for its seconds and no longer

    Scenario: Its time ends
      When Ada places a limit order to buy a small amount 200 pips below the market, good for 2 seconds
      Then the order should be EXPIRED
      And Ada should have no trade for the order

    @simulation-only
    Scenario: The market comes a second before the end
      Given the market stands still
      And Ada has placed a limit order to buy a small amount 200 pips below the market, good for 30 seconds
      When 29 seconds pass
      And the market falls 200 pips
      Then the order should be FILLED

    @simulation-only
    Scenario: The market comes a second after the end
      Given the market stands still
      And Ada has placed a limit order to buy a small amount 200 pips below the market, good for 30 seconds
      When 31 seconds pass
      And the market falls 200 pips
      Then the order should still be EXPIRED

    @simulation-only
    Scenario: It ends on the second
      Given the market stands still
      And Ada has placed a limit order to buy a small amount 200 pips below the market, good for 30 seconds
      When 30 seconds pass
      And the market falls 200 pips
      Then the order should still be EXPIRED

  Rule: A resting order is filled when the market comes to it

    @simulation-only
    Scenario Outline: The market <moves> to an order to <side>
      Given the market stands still
      And Ada has placed a limit order to <side> a small amount 50 pips <where> the market, good till cancelled
      And the order should be NEW
      When the market <moves> 49 pips
      Then the order should be NEW
      When the market <moves> 1 pips
      Then the order should be filled at its limit exactly

      Examples:
        | side | where | moves |
        | buy  | below | falls |
        | sell | above | rises |

    @simulation-only
    Scenario: It waits for days
      Given the market stands still
      And Ada has placed a limit order to sell a small amount 100 pips above the market, good till cancelled
      When 72 hours pass
      Then the order should be NEW
      When the market rises 150 pips
      Then the order should be filled better than its limit

  Rule: A day order ends with the trading day in New York

    @simulation-only
    Scenario: A minute before 17:00 it still waits
      Given the market stands still
      And Ada has placed a limit order to buy a small amount 200 pips below the market, good for the day
      When 479 minutes pass
      Then the order should be NEW

    @simulation-only
    Scenario: At 17:00 it is over
      Given the market stands still
      And Ada has placed a limit order to buy a small amount 200 pips below the market, good for the day
      When 480 minutes pass
      And the market falls 200 pips
      Then the order should still be EXPIRED

  Rule: A limit order may be rejected

    @simulation-only
    Scenario: Before it is NEW
      Given the desk will reject the next order before NEW
      When Ada places a limit order to buy a small amount at the market, good till cancelled
      And Ada queries the order until it is final
      Then the statuses seen should be RECEIVED, REJECTED

    @simulation-only
    Scenario: After it is NEW
      Given the provider will reject the next order after NEW
      When Ada places a limit order to buy a small amount at the market, immediate or cancel
      And Ada queries the order until it is final
      Then the statuses seen should be RECEIVED, NEW, REJECTED
      And Ada should have no trade for the order

  Rule: A part may be dealt

    @simulation-only
    Scenario: Partly filled, then expired
      Given the market is good for 60% of a small amount
      When Ada places a limit order to buy a small amount at the market, immediate or cancel
      Then the order should be EXPIRED
      And 60% of the size should be dealt
      When Ada downloads the trades
      Then Ada should have one trade for the order
      And the trade should agree with the order

    @simulation-only
    Scenario: Filled in two parts
      Given the next order will be filled in parts of 30% and 70%
      When Ada places a limit order to sell a small amount at the market, good till cancelled
      Then the order should be FILLED
      And the whole size should be dealt
      When Ada downloads the trades
      Then Ada should have 2 trades for the order

    @simulation-only
    Scenario: A resting order is filled as amounts come in
      Given the market stands still
      And the market is good for 60% of a small amount
      When Ada places a limit order to buy a small amount at the market, good till cancelled
      And Ada queries the order
      And Ada queries the order
      Then 60% of the size should be dealt
      When the market falls 1 pips
      Then the order should be FILLED
      And the whole size should be dealt

  Rule: A working order can be cancelled

    Scenario: It is cancelled while it waits
      Given Ada has placed a limit order to buy a small amount 200 pips below the market, good for 60 seconds
      And the order should be NEW
      When Ada cancels the order
      Then the cancellation should be taken on
      And the order should be CANCELED
      And Ada should have no trade for the order

    @simulation-only
    Scenario: The market comes after the cancellation
      Given the market stands still
      And Ada has placed a limit order to buy a small amount 50 pips below the market, good till cancelled
      When Ada cancels the order
      And the market falls 100 pips
      Then the order should still be CANCELED
      And nothing should be dealt

    Scenario: A finished order cannot be cancelled
      Given Ada has placed a limit order to buy a small amount 200 pips below the market, immediate or cancel
      And the order should be EXPIRED
      When Ada cancels the order
      Then the cancellation should be refused
      And the order should still be EXPIRED

  Rule: An at-best order names no price, and is filled whole

    @simulation-only
    Scenario: Filled at the market
      Given the market stands still
      When Ada places an at-best order to buy a small amount
      Then the order should be FILLED
      And the whole size should be dealt
