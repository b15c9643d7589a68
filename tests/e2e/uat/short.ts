/**
 * Short where a wait is made in full, and long where it ends as soon as what is waited for comes: a
 * slow machine makes no deadline pass that an order keeps.
 */
export const SHORT = {
  'poll.firstMs': 5,
  'poll.mostMs': 50,
  'order.finalWithinMs': 5_000,
  'order.expiryWithinMs': 5_000,
  'cancel.withinMs': 2_000,
  'trade.withinMs': 400,
  'doubt.withinMs': 400,
  'token.skewMs': 100,
  'retry.firstMs': 10,
  'breach.thenMs': 300,
  'run.withinMs': 80_000,
}
