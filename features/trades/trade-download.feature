@trades
Feature: A trade is downloaded once

  Whatever was dealt can be downloaded, in batches, until an empty list says that nothing is left.
  Downloading consumes: a trade comes again only after a resend.

  Background:
    Given Ada is signed in

  Rule: Each trade comes once

    Scenario: Nothing comes twice
      Given Ada has placed a limit order to buy a small amount 10 pips above the market, immediate or cancel
      And the order should be FILLED
      When Ada downloads the trades
      Then Ada should have one trade for the order
      And another download should be empty

    @simulation-only
    Scenario: Two consumers of one firm share the trades
      Given Grace, who shares the firm with Ada, is signed in
      And Ada has placed a limit order to buy a small amount 10 pips above the market, immediate or cancel
      And the order should be FILLED
      And Grace has placed a limit order to sell a small amount 10 pips below the market, immediate or cancel
      And the order should be FILLED
      When Ada downloads the trades in batches of 1
      And Grace downloads the trades
      Then no trade should have come twice
      And the trades of Ada and Grace together should be those of 2 orders

    Scenario: Two consumers of one login share the trades
      Given Grace, who uses the login of Ada, is signed in
      And Ada has placed a limit order to buy a small amount 10 pips above the market, immediate or cancel
      And the order should be FILLED
      And Ada has placed a limit order to sell a small amount 10 pips below the market, immediate or cancel
      And the order should be FILLED
      When Ada downloads one batch of 1
      And Grace downloads the trades
      Then no trade should have come twice
      And the trades of Ada and Grace together should be those of 2 orders

    @simulation-only
    Scenario: Another firm's trades are not ours
      Given Max of another firm is signed in
      And Max has placed a limit order to buy a small amount 10 pips above the market, immediate or cancel
      And the order should be FILLED
      When Ada downloads the trades
      And Max downloads the trades
      Then Ada should have 0 trades for the order
      And Max should have one trade for the order

  Rule: Trades come in batches

    @simulation-only
    Scenario: A batch is as large as was asked for, until nothing is left
      Given the simulation assumes "fills.perOrder" is 5
      And Ada has placed a limit order to buy a small amount 10 pips above the market, immediate or cancel
      And the order should be FILLED
      When Ada downloads the trades in batches of 2
      Then the batches should have been of 2, 2, 1 and 0
      And the trades should add up to what was dealt

    @simulation-only
    Scenario: Fifty at a time, where nobody asks for another number
      Given the simulation assumes "fills.perOrder" is 60
      And Ada has placed a limit order to buy a small amount 10 pips above the market, immediate or cancel
      And the order should be FILLED
      When Ada downloads one batch
      Then the batch should hold 50 trades
      When Ada downloads one batch
      Then the batch should hold 10 trades
      And another download should be empty

  Rule: A resend makes trades available again

    Scenario: Sent again, and marked so
      Given Ada has placed a limit order to buy a small amount 10 pips above the market, immediate or cancel
      And the order should be FILLED
      And Ada downloads the trades
      And the trades should be marked NEW
      When Ada has the trades of the last minute sent again
      And Ada downloads the trades
      Then Ada should have one trade for the order
      And the trades should be marked RESEND
      And another download should be empty

    @simulation-only
    Scenario: Every trade of the days that were asked for
      Given the next order will be filled in parts of 25% and 75%
      And Ada has placed a limit order to buy a small amount at the market, good till cancelled
      And the order should be FILLED
      And Ada downloads the trades
      When Ada has the trades of the days around today sent again
      And Ada downloads the trades
      Then Ada should have 2 trades for the order
      And the trades should be marked RESEND

  Rule: What was dealt has its trades, and nothing else has

    @simulation-only
    Scenario: An order filled in parts has a trade for each
      Given the next order will be filled in parts of 25% and 75%
      And Ada has placed a limit order to buy a small amount at the market, good till cancelled
      And the order should be FILLED
      When Ada downloads the trades
      Then Ada should have 2 trades for the order
      And the trades should add up to what was dealt

    @simulation-only
    Scenario: A part that was dealt before the order was cancelled
      Given the market stands still
      And only 40% of the next order will be filled
      And Ada has placed a limit order to buy a small amount at the market, good till cancelled
      And Ada queries the order
      And Ada queries the order
      When Ada cancels the order
      Then the order should be CANCELED
      And 40% of the size should be dealt
      When Ada downloads the trades
      Then Ada should have one trade for the order
      And the trades should add up to what was dealt

    @simulation-only
    Scenario: A rejected order leaves none
      Given the provider will reject the next order after NEW
      And Ada has placed a limit order to buy a small amount at the market, immediate or cancel
      When Ada queries the order until it is final
      Then the order should be REJECTED
      And Ada should have no trade for the order

    Scenario: An expired order leaves none
      Given Ada has placed a limit order to sell a small amount 200 pips above the market, immediate or cancel
      When Ada queries the order until it is final
      Then the order should be EXPIRED
      And Ada should have no trade for the order

    @simulation-only
    Scenario: A trade may take a while to arrive
      Given the simulation assumes "stp.delayMs" is 3000
      And Ada has placed a limit order to buy a small amount 10 pips above the market, immediate or cancel
      And the order should be FILLED
      When Ada downloads the trades
      Then Ada should have 0 trades for the order
      When 3 seconds pass
      And Ada downloads the trades
      Then Ada should have one trade for the order
