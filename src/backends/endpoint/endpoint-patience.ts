import type { Patience } from '../patience.ts'
import type { EndpointSettings } from './endpoint-settings.ts'
import type { RunDesk } from './protocol.ts'

/** How scenarios wait on an endpoint: as the settings say, and all of a run together not in vain for long. */
export function endpointPatience(desk: RunDesk, settings: EndpointSettings): Patience {
  const endMs = settings['order.finalWithinMs']
  return {
    poll: {
      firstMs: settings['poll.firstMs'],
      factor: settings['poll.factor'],
      mostMs: settings['poll.mostMs'],
    },
    limitsMs: {
      'order to end': endMs,
      'order to be NEW': endMs,
      cancellation: settings['cancel.withinMs'],
      trade: settings['trade.withinMs'],
    },
    expiryWithinMs: settings['order.expiryWithinMs'],
    doubtWithinMs: settings['doubt.withinMs'],
    tokenWaitMs: settings['token.waitMs'],
    furtherAttempts: settings['pursuit.attempts'],
    allow: (kind, withinMs) => desk.allow(kind, withinMs),
    breach: (kind) => desk.breach(kind),
  }
}
