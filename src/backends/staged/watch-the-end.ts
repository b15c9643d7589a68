import type { IntegralClient } from '../../api/client/integral-client.ts'
import type { Credentials } from '../../api/client/options.ts'
import type { Clock } from '../../api/clock.ts'
import { isEnd } from '../../evidence/reading/own-orders.ts'
import type { StagedOrder } from './stage.ts'

/** Which step the exchanges of the watch belong to. */
export const WATCH_STEP = 'Afterwards: what is final stays so, and trades have had their time'

/**
 * Downloads before the wait, since a trade may let a few of them pass, and queries of an order that works: what
 * ends by itself has ended then. One that has ended is queried once before the wait, and once after it.
 */
const LOOKS = 3
/** Batches after which a trade queue counts as endless. */
const MOST_BATCHES = 200

export interface ConnectedClient {
  readonly credentials: Credentials
  readonly client: IntegralClient
}

/**
 * Watches the orders of a scenario a while longer, as a run on an endpoint does for all of them: no
 * order may change that has ended, trades that are due must come, and none may that must not, of an order
 * or of a placing that was refused. Time passes on the virtual clock alone. What goes wrong here is for the
 * judge to see: nothing throws.
 *
 * @param orders - Every order of the scenario.
 */
export async function watchTheEnd(
  orders: readonly StagedOrder[],
  clock: Clock,
  clients: readonly ConnectedClient[],
  tradeWithinMs: number,
): Promise<void> {
  const owners = [...Map.groupBy(orders, ({ owner }) => keyOf(owner))].flatMap(([key, owned]) => {
    const connected = clients.find(({ credentials }) => keyOf(credentials) === key)
    return connected ? [{ ...connected, orderIds: owned.map(({ orderId }) => orderId) }] : []
  })
  // Where all was refused there is no order: whoever is signed in downloads in vain.
  const signedIn = clients.filter(({ client }) => client.session !== undefined).slice(0, 1)
  const watchers = owners.length > 0 ? owners : signedIn.map((each) => ({ ...each, orderIds: [] }))
  for (const { client, orderIds } of watchers) {
    let left: readonly string[] = orderIds
    for (let look = 0; look < LOOKS; look++) {
      left = await workingAmong(left, client)
      await downloadAll(client)
    }
  }
  if (watchers.length === 0) return
  await clock.sleep(tradeWithinMs)
  for (const { client } of watchers) await downloadAll(client)
  for (const { client, orderIds } of watchers) await workingAmong(orderIds, client)
  // Empty once more: nothing may come after an empty list.
  for (const { client } of watchers) await downloadAll(client)
}

/** Queries orders. @returns Those that have not ended, or did not say so. */
async function workingAmong(
  orderIds: readonly string[],
  client: IntegralClient,
): Promise<readonly string[]> {
  const working: string[] = []
  for (const id of orderIds) {
    const answer = await quietly(() => client.queryOrder(id))
    if (answer?.kind !== 'success' || !isEnd(answer.value?.status ?? '')) working.push(id)
  }
  return working
}

async function downloadAll(client: IntegralClient): Promise<void> {
  for (let batches = 0; batches < MOST_BATCHES; batches++) {
    const answer = await quietly(() => client.downloadTrades({}))
    if (answer?.kind !== 'success' || answer.value.length === 0) return
  }
}

/** A client with another password than its user's is nobody who owns an order. */
function keyOf({ user, org, password }: Credentials): string {
  return JSON.stringify([user, org, password])
}

/** An answer that does not come is in the transcript too. */
async function quietly<T>(call: () => Promise<T>): Promise<T | undefined> {
  try {
    return await call()
  } catch {
    return undefined
  }
}
