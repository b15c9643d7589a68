@model
Feature: The order models are those of the documentation

  Every arrow of the guides' diagrams stands here, with the section of the fact sheet it comes from
  and how sure we are of it. The simulation runs on these models, and the judge judges by them: an
  arrow that is in a table but not in its model, or in a model but not in its table, fails.

  Scenario: Previously quoted orders
    Then a PQ order should move only like this:
      | from     | to       | source   |
      | placed   | RECEIVED | 4.1 seed |
      | placed   | refused  | 4.1 seed |
      | RECEIVED | NEW      | 4.1 seed |
      | RECEIVED | REJECTED | 4.1 seed |
      | NEW      | FILLED   | 4.1 seed |
      | NEW      | REJECTED | 4.1 seed |
    And a PQ order should end in one of FILLED, REJECTED

  Scenario: Limit orders
    Then a Limit order should move only like this:
      | from     | to       | source       |
      | placed   | RECEIVED | 4.1 seed     |
      | placed   | refused  | 4.1 seed     |
      | RECEIVED | NEW      | 4.1 seed     |
      | RECEIVED | REJECTED | 4.1 seed     |
      | NEW      | FILLED   | 4.1 seed     |
      | NEW      | REJECTED | 4.1 seed     |
      | NEW      | EXPIRED  | 4.1 seed     |
      | NEW      | CANCELED | 4.2 inferred |
    And a Limit order should end in one of FILLED, REJECTED, EXPIRED, CANCELED

  Scenario: At-best orders, whose own diagram could not be read, are taken to go like limit orders
    Then a AtBest order should move like a Limit order, for want of a diagram of its own

  Scenario: A final status never changes
    Then nothing should lead on from these statuses of a Limit order:
      | FILLED   |
      | REJECTED |
      | EXPIRED  |
      | CANCELED |

  Scenario: The trading workflow of the guides
    Then the trading workflow should begin signedOut
    And the trading workflow should go only like this:
      | state     | event               | next     |
      | signedOut | login.accepted      | signedIn |
      | signedOut | login.refused       | refused  |
      | signedIn  | rate.quoted         | quoted   |
      | signedIn  | rate.refused        | refused  |
      | signedIn  | order.received      | polling  |
      | signedIn  | order.refused       | refused  |
      | quoted    | rate.quoted         | quoted   |
      | quoted    | order.received      | polling  |
      | quoted    | order.refused       | refused  |
      | polling   | status.intermediate | polling  |
      | polling   | status.filled       | dealt    |
      | polling   | status.endedPartly  | dealt    |
      | polling   | status.rejected     | rejected |
      | polling   | status.expired      | expired  |
      | polling   | status.canceled     | canceled |
      | dealt     | trade.found         | traded   |
      | dealt     | trade.absent        | dealt    |
