import type { Fields } from './deviation.ts'

/** What an order tells of its executions, and of why it ended. Fact sheet 2.5 [reference, inferred]. */
const OF_EXECUTIONS = [
  'executionType',
  'execId',
  'averagePrice',
  'cumQty',
  'leavesQty',
  'lastPrice',
  'lastQty',
  'settlCurrAmt',
  'tradeDate',
  'valueDate',
  'counterParty',
  'reason',
  'reasonCode',
]

/**
 * An order with an untrue status. The amounts are left out, as any would contradict something else:
 * those that are true the status, those that the status implies the trades.
 */
export function toldAs(truth: Fields, status: string): Fields {
  return { ...truth, ...Object.fromEntries(OF_EXECUTIONS.map((name) => [name, undefined])), status }
}
