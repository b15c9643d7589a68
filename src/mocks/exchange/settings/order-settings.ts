import { z } from 'zod'
import { orderSchema } from '../../../api/contract/orders.ts'
import { ORDER_STATUSES } from '../../../api/contract/statuses.ts'
import { row } from './row.ts'
import {
  count,
  countFromOne,
  flag,
  http400OrReject,
  ignoreOrHttp400,
  milliseconds,
  orWord,
  refusalStatus,
} from './values.ts'

const statusName = z.string().regex(/^[A-Z][A-Z_ ]*$/, 'a status is in capitals')
const isStatus = (name: string) => (ORDER_STATUSES as readonly string[]).includes(name)
const newField = z
  .string()
  .min(1)
  .refine((name) => !Object.hasOwn(orderSchema.shape, name), 'an order has this field already')
const lapsed = z.enum(['EXPIRED', 'CANCELED'])

/** Placing, querying and cancelling orders. Fact sheet 6, rows 17 to 32 and 47 to 50. */
export const orderSettings = {
  'limit.oversize': row(
    17,
    z.enum(['partial', 'expire']),
    'partial',
    'Limit order for more than is available: deal what there is, or nothing',
  ),
  'validation.missingField': row(19, http400OrReject, 'http400', 'A required field is missing'),
  'validation.illTyped': row(19, http400OrReject, 'http400', 'A field has the wrong type'),
  'validation.badEnum': row(19, http400OrReject, 'http400', 'A field has a value not listed'),
  'validation.badNumber': row(19, http400OrReject, 'http400', 'A number is zero or negative'),
  'validation.unknownSymbol': row(19, http400OrReject, 'http400', 'The symbol is unknown'),
  'validation.currency': row(
    19,
    http400OrReject,
    'http400',
    'The dealt currency is not one of the symbol’s two',
  ),
  'validation.credit': row(19, http400OrReject, 'rejectOnQuery', 'The order exceeds the credit'),
  'validation.marketClosed': row(19, http400OrReject, 'rejectOnQuery', 'The market is closed'),
  'credit.maxOrderSize': row(
    19,
    orWord(z.number().positive(), 'off'),
    'off',
    'Largest size of one order that the credit covers, in the dealt currency',
  ),
  'coId.duplicate': row(
    20,
    z.enum(['accept', 'http400', 'reject']),
    'http400',
    'Placing with a coId that the organisation has used',
  ),
  'coId.duplicateScope': row(
    20,
    z.enum(['active', 'ever']),
    'ever',
    'Whether only active orders count, or all',
  ),
  'query.shape': row(21, z.enum(['array', 'object']), 'array', 'Answer to a query by server id'),
  'query.unknown': row(
    22,
    z.literal([404, 200]),
    404,
    'Query of an unknown order: 404 with the error object, or 200 with an empty list',
  ),
  'paths.queryByClient': row(
    23,
    z.string().min(1),
    '/v2/orders?coId={coId}',
    'Path of the query by client id; without the coId it lists all active orders',
  ),
  'active.includesTerminal': row(24, flag, false, 'Whether finished orders are listed as active'),
  'order.retentionMs': row(
    24,
    orWord(countFromOne, 'unlimited'),
    'unlimited',
    'How long a finished order can be queried, in milliseconds',
  ),
  advance: row(
    25,
    z.enum(['perQuery', 'afterMs', 'scripted']),
    'perQuery',
    'What moves an order on: being queried, time, or only a script',
  ),
  'advance.queriesPerStep': row(25, countFromOne, 1, 'perQuery: queries a step takes'),
  'advance.afterMs': row(25, milliseconds, 100, 'afterMs: milliseconds a step takes'),
  'advance.skipNew': row(26, flag, false, 'Whether NEW is passed unseen'),
  'advance.receivedQueries': row(26, count, 0, 'perQuery: queries that still answer RECEIVED'),
  'ioc.unfilledStatus': row(27, lapsed, 'EXPIRED', 'Final status of an unfilled IOC or FOK order'),
  'partial.workingStatus': row(
    28,
    statusName.refine(
      (name) => name === 'NEW' || !isStatus(name),
      'this status means something else',
    ),
    'NEW',
    'Status reported while an order is partly dealt and working',
  ),
  'partial.finalStatus': row(
    28,
    lapsed,
    'EXPIRED',
    'Final status of an IOC order whose remainder lapsed',
  ),
  'cancel.status': row(
    29,
    statusName.refine(
      (name) => name === 'CANCELED' || !isStatus(name),
      'this status means something else',
    ),
    'CANCELED',
    'Spelling of the cancelled status',
  ),
  'cancel.successStatus': row(
    30,
    z.literal([200, 202, 204]),
    202,
    'HTTP code for a cancellation taken on',
  ),
  'cancel.tooLate': row(30, refusalStatus, 400, 'HTTP code for cancelling a finished order'),
  'day.cutoff': row(
    31,
    z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/),
    '17:00',
    'When DAY orders end, HH:mm in New York',
  ),
  'gtt.invalid': row(
    31,
    http400OrReject,
    'http400',
    'GTT without expiryTime, or with one above 86399 seconds',
  ),
  'reject.fields': row(
    32,
    z
      .strictObject({ reason: newField, code: newField })
      .refine(({ reason, code }) => reason !== code, 'both have the same name'),
    { reason: 'reason', code: 'reasonCode' },
    'Names of the fields that tell why an order was rejected; there only if a reason is known',
  ),
  'fault.place5xx': row(
    47,
    z.enum(['dropped', 'accepted']),
    'dropped',
    'Whether a placing answered with 5xx left an order behind',
  ),
  'strict.unknownFields': row(48, ignoreOrHttp400, 'ignore', 'Request fields nobody documented'),
  'strict.types': row(48, ignoreOrHttp400, 'http400', 'Numbers sent as strings'),
  'strict.contentType': row(48, ignoreOrHttp400, 'http400', 'A body not declared as JSON'),
  'price.maxDecimals': row(49, count, 8, 'Most decimals in a price'),
  'id.orderDigits': row(50, z.int().min(10).max(11), 10, 'Digits of an order id'),
}
