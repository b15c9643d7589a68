@flow
Feature: Trade spot on a streamed price

  The whole way of the guide "Trade ESP spot": sign in, get a rate, place an order on it, query the
  order until it is FILLED, download the trade. Nothing is pushed: whoever does not ask does not know.

  Background:
    Given Ada is signed in

  Rule: Five steps lead from the login to the trade

    Scenario Outline: A trader can <side> a small amount of the <currency> currency
      When Ada gets a rate for the agreed pair
      And Ada places a previously quoted order to <side> a small amount of the <currency> currency at that rate
      Then the order should be FILLED
      When Ada downloads the trades
      Then Ada should have one trade for the order
      And the trade should agree with the order

      Examples:
        | side | currency |
        | buy  | base     |
        | sell | base     |
        | buy  | term     |
        | sell | term     |

    Scenario Outline: A limit order through the market takes the same way to <side>
      When Ada places a limit order to <side> a small amount 10 pips <through> the market, immediate or cancel
      Then the order should be filled at its limit or better
      When Ada downloads the trades
      Then Ada should have one trade for the order
      And the trade should agree with the order

      Examples:
        | side | through |
        | buy  | above   |
        | sell | below   |

  Rule: The trade is picked by the id of its order

    Scenario: Several trades wait to be downloaded
      Given Ada has placed a limit order to buy a small amount 10 pips above the market, immediate or cancel, as the first order
      And the first order should be FILLED
      And Ada has a rate for the agreed pair
      And Ada has placed a previously quoted order to sell a small amount at that rate
      And the order should be FILLED
      When Ada downloads the trades
      Then Ada should have one trade for the order
      And the trade should agree with the order
      And the trade should name the rate it came from

  Rule: A status is learned by querying, and only so

    Scenario: The placing is answered before anything is executed
      Given Ada has a rate for the agreed pair
      When Ada places a previously quoted order to buy a small amount at that rate
      Then the order should be received, not executed
      And the answer should repeat what was sent

    @simulation-only
    Scenario: Each query sees one step more
      Given the simulation assumes "advance" is "perQuery"
      And Ada has a rate for the agreed pair
      When Ada places a previously quoted order to buy a small amount at that rate
      And Ada queries the order until it is final
      Then the statuses seen should be RECEIVED, NEW, FILLED

    @simulation-only
    Scenario: A status may be passed unseen between two queries
      Given the simulation assumes "advance.skipNew" is true
      And Ada has a rate for the agreed pair
      When Ada places a previously quoted order to buy a small amount at that rate
      And Ada queries the order until it is final
      Then the statuses seen should be RECEIVED, FILLED

    @simulation-only
    Scenario: An order that takes its time is queried until it is done
      Given the next order will be NEW after 2 seconds and filled 3 seconds later
      When Ada places a limit order to buy a small amount at the market, good till cancelled
      And Ada queries the order until it is final
      Then the statuses seen should be RECEIVED, NEW, FILLED

  Rule: A rate has two sides, an id and a pair

    Scenario: The top of the book
      When Ada gets a rate for the agreed pair
      Then the offer should be above the bid
      And the rate should be for the agreed pair and have an id

    Scenario Outline: The <type> rates of the book
      When Ada asks for the <type> rates of the agreed pair
      Then every level should have a bid and an offer above it

      Examples:
        | type |
        | TOB  |
        | FULL |
        | RAW  |

    Scenario: The rates of the providers of one organisation
      When Ada asks for the TOB rates of the agreed pair, from the providers of her organisation
      Then every level should have a bid and an offer above it

    Scenario: There is no rate of a pair that does not exist
      When Ada asks for a rate of ABC/XYZ
      Then there should be no rate

    Scenario: There is no rate of no pair
      When Ada asks for a rate without naming a pair
      Then the request should be refused

    @simulation-only
    Scenario Outline: A market data set is asked for by <one> or by <other>, not by both
      When Ada asks for a market data set by <one> and <other> at once
      Then the request should be refused

      Examples:
        | one    | other   |
        | id     | org     |
        | symbol | symbols |
