@sessions
Feature: A session is begun by logging in, and renewed before it ends

  Login hands out a token, in a header and in cookies. It goes along with every later request, and
  lives for a limited time; a renewal gives it more, even after its end.

  Rule: A login brings a token

    Scenario: Ada signs in
      When Ada signs in
      Then Ada should be given a session
      And the session should end later than it began

    Scenario Outline: The token is passed on <transport>
      Given Ada passes the token on <transport>
      And Ada is signed in
      When Ada gets a rate for the agreed pair
      Then the rate should be for the agreed pair and have an id

      Examples:
        | transport             |
        | in the request header |
        | as a cookie           |
        | in both ways          |

    @simulation-only
    Scenario Outline: The token comes only <where>
      Given the simulation assumes "auth.emit" is ["<carrier>"]
      And Ada is signed in
      When Ada gets a rate for the agreed pair
      Then the rate should be for the agreed pair and have an id

      Examples:
        | where                           | carrier      |
        | in the response header          | header       |
        | as a cookie of Integral's domain | cookieDomain |
        | as a cookie of the host         | cookieHost   |

  Rule: A login that is not right brings none

    Scenario: A wrong password
      Given Ada signs in
      When Ada signs in with a wrong password
      Then the login should be refused
      And Ada should have no session

    Scenario Outline: A login without <field>
      When Ada signs in without <field>
      Then the login should be refused
      And Ada should have no session

      Examples:
        | field |
        | user  |
        | pass  |
        | org   |

  Rule: Nothing is told without a token

    Scenario: No token at all
      When somebody asks for a rate without a token
      Then the request should be refused as unauthorised

    Scenario: A made-up token
      When somebody asks for a rate with a made-up token
      Then the request should be refused as unauthorised

    @simulation-only
    Scenario: A token that has expired
      Given Ada is signed in
      When 60 seconds pass
      And Ada goes on with the token that has expired
      Then the request should be refused as unauthorised

    Scenario: A token that nobody used, once it has expired
      Given Ada holds a second token, and leaves it unused
      When the second token has expired
      And Ada asks for a rate with the second token
      Then the request should be refused as unauthorised

  Rule: A session can be renewed, living or expired

    Scenario: A living session
      Given Ada is signed in
      And Ada has a rate for the agreed pair
      When Ada renews the session
      Then the session should last longer than before
      And Ada should go on with the session

    @simulation-only
    Scenario: A session that has just expired
      Given Ada is signed in
      And Ada has a rate for the agreed pair
      When 60 seconds pass
      And Ada renews the session
      Then Ada should go on with another token

    @simulation-only
    Scenario: An expired session
      Given Ada is signed in
      When 2 minutes pass
      And Ada renews the session
      Then Ada should go on with another token

    Scenario: A session that never was
      When somebody renews a made-up token
      Then there should be nothing to go on with

    @simulation-only
    Scenario: The session ends in the middle of polling
      Given Ada is signed in
      And the next order will stay RECEIVED for 1 queries and NEW for 2
      And Ada has placed a limit order to buy a small amount at the market, good till cancelled
      And the order should be NEW
      When every session expires
      Then the order should be FILLED
      And Ada should have got another token meanwhile

    @simulation-only
    Scenario: An order outlives many sessions
      Given Ada is signed in
      And the market stands still
      And Ada has placed a limit order to buy a small amount 50 pips below the market, good till cancelled
      When 10 minutes pass
      And the market falls 50 pips
      Then the order should be FILLED

  Rule: The guides' prerequisites are needed

    @simulation-only
    Scenario: No trading permission
      Given Grace, who has no trading permission, is signed in
      When Grace places a harmless limit order
      Then the placing should be refused with 403 and an error object
      And there should be no such order

    @simulation-only
    Scenario: No provider streams prices: there is no rate
      Given Ada is signed in
      When no provider streams prices
      And Ada asks for a rate of the agreed pair
      Then there should be no rate

    @simulation-only
    Scenario: No provider streams prices: an order is rejected
      Given Ada is signed in
      And Ada has a rate for the agreed pair
      When no provider streams prices
      And Ada places a previously quoted order to buy a small amount at that rate
      And Ada queries the order until it is final
      Then the statuses seen should be RECEIVED, REJECTED
      And Ada should have no trade for the order
