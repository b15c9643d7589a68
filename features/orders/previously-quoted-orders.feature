@orders @pq
Feature: Previously quoted orders deal at the rate that was quoted, or not at all

  A previously quoted (PQ) order takes up a rate by its id. It is all or nothing, at that rate: FILLED
  whole, or REJECTED. It never expires, since it never waits.

  Background:
    Given Ada is signed in

  Rule: A rate that is taken up in time is honoured

    Scenario Outline: Ada can <side> at the quoted rate
      Given Ada has a rate for the agreed pair
      When Ada places a previously quoted order to <side> a small amount at that rate
      Then the order should be filled at the quoted rate
      And the whole size should be dealt

      Examples:
        | side |
        | buy  |
        | sell |

    @simulation-only
    Scenario: The market moves on, the quote stays
      Given Ada has a rate for the agreed pair
      When the market rises 50 pips
      And Ada places a previously quoted order to buy a small amount at that rate
      Then the order should be filled at the quoted rate

    @simulation-only
    Scenario: A rate from a market data set is as good as a streamed one
      Given Ada has a rate from the market data set 4HProduct
      When Ada places a previously quoted order to buy a small amount at that rate
      Then the order should be filled at the quoted rate

    @simulation-only
    Scenario: A yen amount has no decimals
      Given Ada has a rate for USD/JPY
      When Ada places a previously quoted order to buy a small amount of the base currency at that rate
      Then the order should be filled at the quoted rate
      When Ada downloads the trades
      Then the trade should agree with the order

    @simulation-only
    Scenario: Where rates are not spent, one can be taken up twice while it is fresh
      Given the simulation assumes "rate.singleUse" is false
      And Ada has a rate for the agreed pair
      And Ada has placed a previously quoted order to buy a small amount at that rate
      And the order should be FILLED
      When Ada places a previously quoted order to buy a small amount at that rate
      Then the order should be filled at the quoted rate

    @simulation-only
    Scenario: Where rates are spent, a second order on one is rejected
      Given the simulation assumes "rate.singleUse" is true
      And Ada has a rate for the agreed pair
      And Ada has placed a previously quoted order to buy a small amount at that rate
      And the order should be FILLED
      When Ada places a previously quoted order to buy a small amount at that rate
      Then the order should be REJECTED

  Rule: A provider may still turn the order down

    @simulation-only
    Scenario: Rejected before it is NEW
      Given Ada has a rate for the agreed pair
      And the desk will reject the next order before NEW, saying "Credit check failed"
      When Ada places a previously quoted order to buy a small amount at that rate
      And Ada queries the order until it is final
      Then the statuses seen should be RECEIVED, REJECTED
      And the reason should be "Credit check failed"
      And nothing should be dealt

    @simulation-only
    Scenario: Rejected after it is NEW, at the provider's last look
      Given Ada has a rate for the agreed pair
      And the provider will reject the next order after NEW, saying "Last look"
      When Ada places a previously quoted order to sell a small amount at that rate
      And Ada queries the order until it is final
      Then the statuses seen should be RECEIVED, NEW, REJECTED
      And the reason should be "Last look"
      And Ada should have no trade for the order

    Scenario Outline: A price that no provider quoted, better for the trader, to <side>
      Given Ada has a rate for the agreed pair
      When Ada places a previously quoted order to <side> a small amount at that rate, 20 pips off the quote
      Then the order should be turned down

      Examples:
        | side |
        | buy  |
        | sell |

  Rule: A previously quoted order never expires

    @simulation-only
    Scenario: However long nobody asks
      Given Ada has a rate for the agreed pair
      When Ada places a previously quoted order to buy a small amount at that rate
      And 24 hours pass
      And Ada queries the order until it is final
      Then the statuses seen should be RECEIVED, NEW, FILLED

    @simulation-only
    Scenario: An order on a rate gone stale is rejected, not expired
      Given Ada has a rate for the agreed pair
      When 5 seconds pass
      And Ada places a previously quoted order to buy a small amount at that rate
      Then the order should be REJECTED
      And the order should still be REJECTED

    @simulation-only
    Scenario: A moment earlier the rate was still good
      Given Ada has a rate for the agreed pair
      When 4 seconds pass
      And Ada places a previously quoted order to buy a small amount at that rate
      Then the order should be FILLED

  Rule: A rate is good for what was quoted to whom

    @simulation-only
    Scenario: A rate that nobody quoted
      Given the simulation assumes "pq.badRate.unknown" is "http400"
      And Ada has a rate for the agreed pair
      When Ada places a previously quoted order to buy a small amount at that rate, with rateId set to "no-such-rate"
      Then the placing should be refused with an error object
      And there should be no such order

    @simulation-only
    Scenario: A rate of another pair
      Given Ada has a rate for the agreed pair
      When Ada places a previously quoted order for GBP/USD at that rate
      Then the order should be REJECTED

    @simulation-only
    Scenario: A rate that was quoted to somebody else
      Given Max of another firm is signed in
      And Max has a rate for the agreed pair
      When Ada places a previously quoted order at the rate of Max
      Then the order should be REJECTED

    @simulation-only
    Scenario Outline: A price <pips> pips off the quote, to <side>
      Given the simulation assumes "pq.priceMismatch" is "reject"
      And Ada has a rate for the agreed pair
      When Ada places a previously quoted order to <side> a small amount at that rate, <pips> pips off the quote
      Then the order should be REJECTED
      And nothing should be dealt

      Examples:
        | side | pips |
        | buy  | 1    |
        | sell | 20   |

    @simulation-only
    Scenario: A size above the amount that was quoted
      Given the simulation assumes "pq.oversize" is "reject"
      And Ada has a rate for the agreed pair
      When Ada places a previously quoted order to buy more than was quoted at that rate
      Then the order should be REJECTED
      And nothing should be dealt

  Rule: A previously quoted order needs its rate, its price and FOK

    Scenario Outline: It is refused <alteration>
      Given Ada has a rate for the agreed pair
      When Ada places a previously quoted order to buy a small amount at that rate, <alteration>
      Then the placing should be refused with 400 and an error object
      And there should be no such order

      Examples:
        | alteration     |
        | without rateId |
        | without price  |

    @simulation-only
    Scenario Outline: Where that is taken strictly, it is refused <alteration>
      Given the simulation assumes "pq.tifStrict" is true
      And Ada has a rate for the agreed pair
      When Ada places a previously quoted order to buy a small amount at that rate, <alteration>
      Then the placing should be refused with 400 and an error object
      And there should be no such order

      Examples:
        | alteration                    |
        | without timeInForce           |
        | with timeInForce set to "GTC" |
        | with timeInForce set to "IOC" |
