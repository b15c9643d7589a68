import { secondsOf } from '../../rules/seconds.ts'
import type { ClientBounds } from '../client-bounds.ts'
import type { ClientRule, ClientSight } from '../client-rule.ts'
import { NO_CLOCK } from '../client-rule.ts'
import type { Call } from '../reading/call.ts'
import { type Loop, loopsOf } from '../reading/polls.ts'

export const overlapRule: ClientRule = {
  id: 'client.poll-overlap',
  family: 'Querying',
  sentence: 'The client awaits the answer to a query before it queries the same order again.',
  source: { mark: 'own' },
  weight: 'should',
  unseen: 'no query took long enough to be overtaken by the next',
  toSee: 'stage a delay on queryOrder that is longer than the pause of the client',
  check: (matter) =>
    loopsOf(matter).flatMap((loop) =>
      loop.polls
        .slice(0, -1)
        .map((poll, at) => sightOf(poll, loop.polls[at + 1], loop, matter.bounds)),
    ),
}

/** Only an answer that came in whole shows that the client was still waiting for it. */
function sightOf(
  poll: Call,
  next: Call | undefined,
  { orderId, name }: Loop,
  { abandonAfterMs, pollEveryMs }: ClientBounds,
): ClientSight {
  if (!next || !poll.isWhole) return undefined
  const { cameAt, wentAt, user } = poll
  if (cameAt === undefined || wentAt === undefined || next.cameAt === undefined) {
    return { unjudged: NO_CLOCK }
  }
  if (next.cameAt >= wentAt) return wentAt - cameAt >= pollEveryMs ? 'held' : undefined
  if (next.cameAt - cameAt >= abandonAfterMs) return undefined
  const early = secondsOf(wentAt - next.cameAt)
  const detail = `${name} was queried again ${early} before its last query was answered`
  return {
    ...{ detail, exchanges: [poll.number, next.number], user },
    ...(orderId !== undefined && { orderId }),
  }
}
