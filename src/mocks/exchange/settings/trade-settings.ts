import { z } from 'zod'
import { tradeSchema } from '../../../api/contract/trades.ts'
import { row } from './row.ts'
import { count, countFromOne, flag, milliseconds, refusalStatus } from './values.ts'

/** The tail of a trade may be called anything that its readable fields are not. */
const unreadable = ['settledAmount', 'spotRate', 'rate']
const tailField = z
  .string()
  .min(1)
  .refine(
    (name) => unreadable.includes(name) || !Object.hasOwn(tradeSchema.shape, name),
    'a trade has this field already',
  )

/** The trade queue. Fact sheet 6, rows 33 to 42. */
export const tradeSettings = {
  'stp.delayMs': row(33, milliseconds, 0, 'From the deal to its trade being downloadable, in ms'),
  'stp.delayPolls': row(33, count, 0, 'Downloads that pass before a trade is in one'),
  'stp.scope': row(
    34,
    z.enum(['user', 'org']),
    'org',
    'Who counts in "not downloaded before": each user, or the organisation as one',
  ),
  'stp.consumeOn': row(
    35,
    z.enum(['send', 'flush']),
    'send',
    'Whether a trade is consumed when sent, or only when the answer got through',
  ),
  'stp.order': row(
    36,
    z.enum(['asc', 'desc', 'random']),
    'asc',
    'Order of the trades in an answer, by execution time',
  ),
  'stp.maxCountInvalid': row(
    37,
    z.literal([400, 'default']),
    400,
    'maxCount that is no number from 1: refuse, or use the default',
  ),
  'stp.cap': row(37, countFromOne, 1_000, 'Most trades in one answer, whatever maxCount says'),
  'stp.defaultCount': row(37, countFromOne, 50, 'Most trades in one answer without maxCount'),
  'stp.empty': row(
    38,
    z.enum(['[]', '204', 'blank']),
    '[]',
    'An answer without trades: an empty list, 204, or an empty body',
  ),
  'stp.extraFields': row(
    39,
    z.record(tailField, z.enum(['settledAmount', 'rate'])),
    { settledAmount: 'settledAmount', spotRate: 'rate', rate: 'rate' },
    'Unreadable tail of the trade object: field names, and what stands in each',
  ),
  'stp.omitEvent': row(40, flag, false, 'Whether event is left out, as in the tutorial’s sample'),
  'fills.perOrder': row(41, countFromOne, 1, 'Trades that one deal is split into'),
  'resend.empty': row(42, z.literal([200, 404]), 200, 'HTTP code when no trade is in the range'),
  'resend.invalid': row(42, refusalStatus, 400, 'HTTP code for a bad or reversed range'),
  'resend.tz': row(42, z.string().min(1), 'UTC', 'Time zone in which a range is cut into days'),
}
