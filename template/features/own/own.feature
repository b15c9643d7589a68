@own
Feature: Our own house rules

  What only we promise, in the words of the shipped steps and of our own (steps/).

  Background:
    Given Ada is signed in

  Scenario: One deal is one order
    When Ada gets a rate for the agreed pair
    And Ada places a previously quoted order to buy a small amount at that rate
    Then the order should be FILLED
    And Ada should have placed 1 order

  @simulation-only
  Scenario: The market comes back in the last second
    Given the market stands still
    And Ada has placed a limit order to buy a small amount 20 pips below the market, good for 10 seconds
    When 9 seconds pass
    And the market falls 25 pips
    Then the order should be filled better than its limit
