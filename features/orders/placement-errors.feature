@orders @errors
Feature: An order that is not well made is refused, and does not exist

  A refusal comes at once, as an error object with HTTP 400 or 5xx. Then there is no order: not under
  either of its ids, not among the active ones, not in the trades. (A rejection is something else: HTTP
  200, status REJECTED, found by querying.)

  Background:
    Given Ada is signed in

  Rule: What every order needs must be there

    Scenario Outline: A limit order <alteration>
      When Ada places a limit order <alteration>
      Then the placing should be refused with 400 and an error object
      And there should be no such order

      Examples:
        | alteration          |
        | without coId        |
        | without type        |
        | without side        |
        | without symbol      |
        | without size        |
        | without currency    |
        | without price       |
        | without timeInForce |

    Scenario Outline: A good-till-time order <alteration>
      When Ada places a good-for-a-while limit order <alteration>
      Then the placing should be refused with 400 and an error object
      And there should be no such order

      Examples:
        | alteration                      |
        | without expiryTime              |
        | with expiryTime set to 86400    |

  Rule: A field must have a value of its list

    Scenario Outline: A limit order <alteration>
      When Ada places a limit order <alteration>
      Then the placing should be refused with 400 and an error object
      And there should be no such order

      Examples:
        | alteration                        |
        | with type set to "Guess"          |
        | with side set to "Hold"           |
        | with timeInForce set to "SOMEDAY" |
        | with symbol set to "ABC/XYZ"      |
        | with currency set to "XYZ"        |

  Rule: A number must be one, and above zero

    Scenario Outline: A limit order <alteration>
      When Ada places a limit order <alteration>
      Then the placing should be refused with 400 and an error object
      And there should be no such order

      Examples:
        | alteration                      |
        | with size set to 0              |
        | with size set to -1             |
        | with size set to "much"         |
        | with price set to 0             |
        | with price set to -1.5          |
        | with price set to "the best"    |
        | with size set to null           |

  Rule: A client id is used once

    @simulation-only
    Scenario: The second order under a client id is refused
      Given the simulation assumes "coId.duplicate" is "http400"
      And Ada has placed a limit order to buy a small amount 200 pips below the market, immediate or cancel
      And the order should be EXPIRED
      When Ada places an order under the same client id
      Then the placing should be refused with an error object
      And the only order under that client id should be the first

  Rule: A body must be JSON

    Scenario: Half a body
      When Ada places something that is not JSON
      Then the placing should be refused with 400 and an error object

  Rule: A refusal that names an order names none that exists

    @simulation-only
    Scenario: The error object has an orderId
      Given the simulation assumes "errorShape" is {"errorCode": "{code}", "orderId": "4820276016"}
      When Ada places a limit order without price
      Then there should be no such order

  Rule: A server that fails leaves no order behind

    @simulation-only
    Scenario Outline: The server fails with <code>
      Given the server will fail the next placing with <code>
      When Ada places a harmless limit order
      Then the placing should be refused with <code> and an error object
      And there should be no such order

      Examples:
        | code |
        | 500  |
        | 503  |

    @simulation-only
    Scenario: The next order is placed as ever
      Given the server will fail the next placing with 503
      And Ada places a harmless limit order
      When Ada places a harmless limit order
      Then the order should be received, not executed
