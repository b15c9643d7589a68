import { z } from 'zod'
import { countFromOne } from '../../mocks/exchange/settings/values.ts'

/** One setting of an endpoint run: what it may be, what it is where nothing is said, and what for. */
interface EndpointSettingRow<Schema extends z.ZodType = z.ZodType> {
  readonly schema: Schema
  readonly default: z.infer<Schema>
  readonly about: string
}

function row<const Schema extends z.ZodType>(
  schema: Schema,
  byDefault: z.infer<Schema>,
  about: string,
): EndpointSettingRow<Schema> {
  return { schema, default: byDefault, about }
}

/** A wait that must end: more than nothing, at most a day. No limit of time can be switched off. */
const limitMs = z.int().positive().max(86_400_000)
/** A pause, which may be none. */
const pauseMs = z.int().nonnegative().max(86_400_000)
const few = z.int().nonnegative().max(10)
/** 1 keeps the pause as it is. */
const growth = z.number().min(1).max(10)
const pips = z.number().positive().max(10_000)
const amount = z.number().positive().max(1e12)

/** Waits, deadlines, tolerances and sizes of a run against an endpoint. Times are milliseconds. */
export const endpointSettingRows = {
  'connect.withinMs': row(limitMs, 5_000, 'Longest time for a connection, TLS included'),
  'headers.withinMs': row(limitMs, 10_000, 'Longest wait for the first byte of an answer'),
  'body.withinMs': row(limitMs, 10_000, 'Longest silence in the middle of an answer'),
  'keepAlive.ms': row(
    limitMs,
    4_000,
    'How long an idle connection is kept, unless the server says otherwise',
  ),
  'pool.connections': row(countFromOne.max(64), 8, 'Most connections at once'),
  'retry.attempts': row(few, 2, 'Repeats of a safe GET that failed, after the first try'),
  'retry.firstMs': row(pauseMs, 250, 'Pause before the first repeat'),
  'retry.factor': row(growth, 2, 'What each pause between repeats is multiplied by'),
  'poll.firstMs': row(limitMs, 50, 'Pause after the first query of an order, which comes at once'),
  'poll.factor': row(growth, 1.6, 'What each pause between queries is multiplied by'),
  'poll.mostMs': row(limitMs, 1_000, 'Longest pause between queries'),
  'order.finalWithinMs': row(limitMs, 15_000, 'Longest wait for the final status of an order'),
  'order.expiryWithinMs': row(
    limitMs,
    5_000,
    'Longest wait for EXPIRED after the end of the life of a GTT order',
  ),
  'cancel.withinMs': row(limitMs, 5_000, 'Longest wait for a cancellation to show'),
  'trade.withinMs': row(limitMs, 10_000, 'Longest wait for the trade of a filled order'),
  'doubt.withinMs': row(limitMs, 5_000, 'How long an order in doubt is looked for by its coId'),
  'scenario.withinMs': row(limitMs, 60_000, 'Longest time for the waits of one scenario'),
  'run.withinMs': row(limitMs, 240_000, 'Longest time for a whole run'),
  'run.cleanUpMs': row(pauseMs, 15_000, 'Kept free at the end of a run, for the clean-up'),
  'breach.most': row(
    countFromOne,
    3,
    'Breaches of one deadline after which later waits of that kind are short',
  ),
  'breach.thenMs': row(pauseMs, 2_000, 'How short those later waits are'),
  'pursuit.attempts': row(
    z.int().nonnegative().max(2),
    2,
    'Further attempts at a wanted ending that did not come about',
  ),
  'order.throughPips': row(
    pips,
    10,
    'How far through the market an order is priced that is meant to fill',
  ),
  'order.awayPips': row(
    pips,
    200,
    'How far from the market an order is priced, at least, that must not fill',
  ),
  'order.awayPercent': row(
    z.number().positive().max(50),
    1,
    'The same in percent of the price; the larger distance counts',
  ),
  'order.size': row(amount, 10_000, 'Size of an order, in the base currency'),
  'order.minSize': row(amount, 1_000, 'Smallest size of an order, in the base currency'),
  'token.waitMs': row(
    pauseMs,
    45_000,
    'How long a run waits for its second token to expire, where that would be within the run',
  ),
  'token.skewMs': row(
    pauseMs,
    1_000,
    'How long after its expiry a token may still be accepted, for clocks that disagree',
  ),
  'token.transport': row(
    z.enum(['header', 'cookie', 'both']),
    'header',
    'How requests carry the token',
  ),
  'rate.staleAfterMs': row(
    limitMs,
    3_600_000,
    'Age from which a rate says that the market is closed',
  ),
  'paths.queryByClient': row(
    z.string().min(1),
    '/v2/orders?coId={coId}',
    'Path of the query by client id',
  ),
}
