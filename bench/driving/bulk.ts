import type { Client } from './client.ts'
import { downloadCall, expect, noteTrades, numberOf, placeCall, rateCall, textOf } from './flow.ts'
import { nextCoId } from './ledger.ts'

/** Orders placed at once, on one rate; at most so many trades come in one download. */
const BATCH = 200

const listActive = {
  operation: 'queryOrders',
  method: 'GET',
  pathname: '/v2/orders',
  search: '',
} as const
const downloadBatch = { ...downloadCall, search: `?maxCount=${BATCH}` }

/**
 * Makes orders faster than the flow does, through the same API: many are placed on one rate, listing the
 * active ones queries them all at once, and one download brings all their trades.
 *
 * @param count - Rounded up to whole batches.
 * @returns How many were made.
 * @throws {Error} An answer that is not what it must be, or a trade that is missing.
 */
export async function makeOrders(client: Client, count: number): Promise<number> {
  let made = 0
  while (made < count) {
    if (client.isStale) await client.login()
    await makeBatch(client)
    made += BATCH
  }
  return made
}

async function makeBatch(client: Client): Promise<void> {
  const { ledger } = client.party
  const rate = await client.call(rateCall)
  expect(rate, 200, '"rateId":"')
  const [rateId, price] = [textOf(rate, 'rateId'), numberOf(rate, 'offer')]
  const placings = Array.from({ length: BATCH }, () => placeCall(nextCoId(), rateId, price))
  for (const placed of await client.callAll(placings)) {
    expect(placed, 202, '"orderId":"')
    ledger?.place(textOf(placed, 'orderId'))
  }
  // The first brings them to NEW, the second to FILLED.
  for (const listed of await client.callAll([listActive, listActive])) expect(listed, 200, '[')
  const trades = noteTrades(await client.call(downloadBatch), ledger)
  if (trades !== BATCH) throw new Error(`Of ${BATCH} orders, ${trades} were traded.`)
}
