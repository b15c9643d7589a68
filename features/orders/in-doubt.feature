@orders @in-doubt
Feature: A placing without an answer leaves a doubt, which is settled by looking and never by placing again

  The connection breaks, or a gateway answers in the server's stead: the order may exist or not. Whoever
  places again may hold it twice. So the order is looked up by its client id until it is found, or has
  not been there for as long as it might take to appear.

  Background:
    Given Ada is signed in

  Rule: An order whose answer was lost is found by its client id

    @simulation-only
    Scenario: The answer is lost after the order was taken
      Given the connection will be cut after the next placing is taken
      When Ada places a limit order to buy a small amount 10 pips above the market, immediate or cancel
      Then Ada should have found the order by its client id
      And Ada should have placed it once
      And the order should be FILLED
      When Ada downloads the trades
      Then Ada should have one trade for the order
      And the trade should agree with the order

    @simulation-only
    Scenario Outline: A gateway answers with <code> after the order was taken
      Given a gateway will answer the next placing with <code>, after it is taken
      When Ada places a limit order to buy a small amount 200 pips below the market, good for 60 seconds
      Then Ada should have found the order by its client id
      And Ada should have placed it once
      When Ada cancels the order
      Then the order should be CANCELED

      Examples:
        | code |
        | 502  |
        | 504  |

    @simulation-only
    Scenario: The lookup fails twice as well
      Given the connection will be cut after the next placing is taken
      And the next 2 queries by client id will get no answer
      When Ada places a limit order to buy a small amount 10 pips above the market, immediate or cancel
      Then Ada should have found the order by its client id
      And it should have been looked for 3 times
      And Ada should have placed it once
      And the order should be FILLED

  Rule: An order that never arrived is not there, however long one looks

    @simulation-only
    Scenario: The connection is cut before
      Given the connection will be cut before the next placing is taken
      When Ada places a harmless limit order
      Then Ada should have seen no order under its client id throughout the window
      And Ada should have placed it once
      And there should be no such order

    @simulation-only
    Scenario: A gateway answers before
      Given a gateway will answer the next placing with 502, before it is taken
      When Ada places a harmless limit order
      Then Ada should have seen no order under its client id throughout the window
      And Ada should have placed it once
      And there should be no such order

  Rule: Where looking gets no answer either, nothing is known

    @simulation-only
    Scenario: The lookup never succeeds
      Given the connection will be cut after the next placing is taken
      And the next 100 queries by client id will get no answer
      When Ada places a harmless limit order
      Then Ada should not know whether there is an order
      And Ada should have placed it once

  Rule: A server error with the error object is no doubt

    @simulation-only
    Scenario: The server fails, and says so
      Given the server will fail the next placing with 503
      When Ada places a harmless limit order
      Then the placing should be refused with 503 and an error object
      And there should be no such order

  Rule: Placing again under the same client id makes no second order

    @simulation-only
    Scenario: The duplicate is refused
      Given the simulation assumes "coId.duplicate" is "http400"
      And the connection will be cut after the next placing is taken
      And Ada has placed a limit order to buy a small amount 200 pips below the market, immediate or cancel
      And the order should be EXPIRED
      When Ada places an order under the same client id
      Then the placing should be refused with an error object
      And the only order under that client id should be the first
