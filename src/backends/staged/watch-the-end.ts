import type { IntegralClient } from '../../api/client/integral-client.ts'
import type { Credentials } from '../../api/client/options.ts'
import type { Clock } from '../../api/clock.ts'
import type { StagedOrder } from './stage.ts'

/** Which step the exchanges of the watch belong to. */
export const WATCH_STEP = 'Afterwards: what is final stays so, and trades have had their time'

/** Queries of one order, and downloads, before the wait: whatever ends by itself has ended then. */
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
  for (const watcher of watchers) {
    for (let look = 0; look < LOOKS; look++) {
      await lookAt(watcher)
      // A trade may let a few downloads pass before it is in one.
      await downloadAll(watcher.client)
    }
  }
  if (watchers.length === 0) return
  await clock.sleep(tradeWithinMs)
  for (const { client } of watchers) await downloadAll(client)
  for (const watcher of watchers) await lookAt(watcher)
  // Empty once more: nothing may come after an empty list.
  for (const { client } of watchers) await downloadAll(client)
}

interface Watcher {
  readonly client: IntegralClient
  readonly orderIds: readonly string[]
}

async function lookAt({ client, orderIds }: Watcher): Promise<void> {
  for (const id of orderIds) await quietly(() => client.queryOrder(id))
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
