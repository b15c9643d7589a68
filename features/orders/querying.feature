@orders @querying
Feature: An order is queried by either of its ids, or among all active ones

  Background:
    Given Ada is signed in

  Rule: Both ids lead to the order

    Scenario: By server id
      Given Ada has placed a limit order to buy a small amount 200 pips below the market, immediate or cancel
      When Ada queries the order
      Then the answer should repeat what was sent

    @simulation-only
    Scenario Outline: By server id, whatever else was sent, here <field>
      Given the simulation assumes "strict.unknownFields" is "http400"
      When Ada places a limit order with <field> set to <value>
      And Ada queries the order
      Then the answer should repeat what was sent

      Examples:
        | field           | value                           |
        | account         | "LE1"                           |
        | minQty          | 1                               |
        | tradeChannel    | "API/TEST"                      |
        | clientOrderTime | "2026-01-05 09:00:00,000 +0000" |

    Scenario: By client id
      Given Ada has placed a limit order to buy a small amount 200 pips below the market, immediate or cancel
      When Ada queries the order until it is final
      Then the client id should lead to the same order

    Scenario: By client id, or among the active ones, while it works
      Given Ada has placed a limit order to buy a small amount 200 pips below the market, good for 60 seconds
      And the order should be NEW
      Then the client id should lead to the same order
      And the order should be among the active ones
      And the order should be NEW
      And the client id should lead to the same order
      When Ada cancels the order
      Then the order should be CANCELED

    @simulation-only
    Scenario Outline: A query may answer with an <shape>
      Given the simulation assumes "query.shape" is "<shape>"
      And Ada has placed a limit order to buy a small amount 200 pips below the market, immediate or cancel
      When Ada queries the order until it is final
      Then the order should be EXPIRED

      Examples:
        | shape  |
        | array  |
        | object |

  Rule: What was never placed is not there

    Scenario: A server id that nobody has
      When Ada queries an order that was never placed
      Then there should be no answer about any order

    Scenario: A client id that nobody used
      When Ada queries a client id that was never used
      Then there should be no answer about any order

    Scenario: A client id before it is used
      When Ada queries the client id of the next order
      And Ada places a limit order to buy a small amount 200 pips below the market, immediate or cancel
      And Ada queries the order until it is final
      Then the client id should lead to the same order
      But it should have led to none before

    @simulation-only
    Scenario: An order of another firm
      Given Max of another firm is signed in
      And Max has placed a limit order to buy a small amount 200 pips below the market, good till cancelled
      When Ada queries the order of Max
      Then there should be no answer about any order

  Rule: The active orders are those that can still change

    Scenario: A waiting order is listed until it is cancelled
      Given Ada has placed a limit order to buy a small amount 200 pips below the market, good for 60 seconds
      Then the order should be among the active ones
      When Ada cancels the order
      Then the order should be CANCELED
      And the order should not be among the active ones

    Scenario: A finished order is not listed
      Given Ada has placed a limit order to buy a small amount 200 pips below the market, immediate or cancel
      When Ada queries the order until it is final
      Then the order should not be among the active ones

    Scenario: Of two orders only the waiting one is listed
      Given Ada has placed a limit order to buy a small amount 200 pips below the market, good for 60 seconds, as the waiting order
      And Ada has placed a limit order to buy a small amount 200 pips below the market, immediate or cancel, as the ended order
      When the ended order should be EXPIRED
      Then the waiting order should be active, the ended should not
      When Ada cancels the waiting order
      Then the waiting order should be CANCELED

  Rule: Orders stay apart

    Scenario: Two orders at once
      Given Ada has placed a limit order to buy a small amount 200 pips below the market, good for 60 seconds, as the lower order
      And Ada has placed a limit order to sell a small amount 200 pips above the market, good for 60 seconds, as the upper order
      Then the lower and the upper order should have different ids and keep their own fields
      When Ada cancels the lower order
      Then the lower order should be CANCELED
      And the upper order should be NEW
      When Ada cancels the upper order
      Then the upper order should be CANCELED
