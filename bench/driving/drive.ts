import type { Client, Party } from './client.ts'
import { finishOrder } from './finish-order.ts'
import { type Call, downloadCall, expect, flow, noteTrades, queryCall } from './flow.ts'
import { nextCoId } from './ledger.ts'
import { Samples } from './samples.ts'

/** What clients together have done, and how long it took. */
export interface Drive {
  /** Flows, or requests where these are what is repeated. */
  readonly done: number
  readonly elapsedMs: number
  /** Milliseconds from each request to the end of its answer. */
  readonly latencies: Samples
  /** Share of the time that this process was busy. */
  readonly driverBusy: number
}

/** When to begin no more: after some time, or after so many. */
export type Until = { readonly ms: number } | { readonly count: number }

/** Has every client go through the flow again and again, all at once. */
export function driveFlows(clients: readonly Client[], until: Until): Promise<Drive> {
  return drive(clients, until, (client, latencies) =>
    client.hold(flow(nextCoId(), client.party.ledger), latencies),
  )
}

/** Has every client query a finished order again and again. */
export async function driveQueries(clients: readonly Client[], until: Until): Promise<Drive> {
  const queries = new Map<Client, Call>()
  for (const client of clients) queries.set(client, queryCall(await finishOrder(client)))
  return drive(clients, until, async (client, latencies) => {
    const sentAt = performance.now()
    const answer = await client.call(queries.get(client) ?? queryCall(''))
    latencies.add(performance.now() - sentAt)
    expect(answer, 200, '"status":"FILLED"')
  })
}

/**
 * Downloads what is left, and holds the trades of every organisation against its orders.
 *
 * @throws {Error} An order without a trade, or a trade too many.
 */
export async function settle(clients: readonly Client[]): Promise<void> {
  const settled = new Set<Party>()
  for (const client of clients) {
    const { party } = client
    if (!party.ledger || settled.has(party)) continue
    settled.add(party)
    while (noteTrades(await client.call(downloadCall), party.ledger) > 0);
    if (party.ledger.untraded > 0) {
      throw new Error(
        `Of ${party.ledger.placed} orders of ${party.org}, ${party.ledger.untraded} have no trade.`,
      )
    }
  }
}

async function drive(
  clients: readonly Client[],
  until: Until,
  act: (client: Client, latencies: Samples) => Promise<void>,
): Promise<Drive> {
  const latencies = new Samples()
  let begun = 0
  const startedAt = performance.now()
  const goOn = (): boolean =>
    'count' in until ? begun < until.count : performance.now() - startedAt < until.ms
  const cpu = process.cpuUsage()
  await Promise.all(
    clients.map(async (client) => {
      while (goOn()) {
        begun++
        if (client.isStale) await client.login()
        await act(client, latencies)
      }
    }),
  )
  const elapsedMs = performance.now() - startedAt
  const { user, system } = process.cpuUsage(cpu)
  return { done: begun, elapsedMs, latencies, driverBusy: (user + system) / 1_000 / elapsedMs }
}
