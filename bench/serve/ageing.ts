import { makeOrders } from '../driving/bulk.ts'
import { type Client, type Party, partiesOf, withClients } from '../driving/client.ts'
import { driveFlows, settle } from '../driving/drive.ts'
import { finishOrder } from '../driving/finish-order.ts'
import { expect, queryCall } from '../driving/flow.ts'
import { type Kind, measureOf } from '../report/measure.ts'
import { launch, type RunningServer } from '../servers/launch.ts'
import type { Usage } from '../servers/probe.ts'
import type { Scale } from './scale.ts'
import type { Setting } from './setting.ts'
import type { SuiteResult } from './suite.ts'

const memory: Kind = {
  id: 'memory',
  title: 'memory of a finished order kept, with its trade',
  unit: 'kB',
  better: 'lower',
  bar: 2,
  aim: 1,
}
/** Slices of a stretch. */
const SLICES = 5

/** The server that lives through it all, with one organisation whose orders are counted. */
interface Life {
  readonly scale: Scale
  readonly served: RunningServer
  readonly parties: readonly Party[]
}

/** A server grows old: what its orders cost in memory, and whether many of them make it slow. */
export async function measureAgeing(setting: Setting): Promise<SuiteResult> {
  const { scale, cores, progress } = setting
  const served = await launch(setting.served, cores, true)
  const parties = partiesOf('old', scale.connections, 1)
  const life = { scale, served, parties }
  await warmUp(life)

  progress(`the first ${scale.stretch} orders`)
  const early = await stretch(life)
  progress(`${scale.kept} orders more`)
  const grown = await grow(life)
  progress(`up to ${scale.later} orders`)
  await withClients(served.port, parties.slice(0, 1), async ([client]) => {
    const placed = parties[0]?.ledger?.placed ?? 0
    if (client) await makeOrders(client, Math.max(0, scale.later - placed))
  })
  progress(`the orders after ${scale.later}`)
  const late = await stretch(life)
  const old = await served.ask('usage after a collection')
  await served.stop()

  const perOrder = (of: keyof Usage) => (grown.after[of] - grown.before[of]) / scale.kept / 1_000
  const age: Kind = {
    id: 'age',
    title: `flow after ${thousands(scale.later)} orders, against the first ${thousands(scale.stretch)}`,
    unit: 'flows/s of processor time',
    better: 'higher',
    bar: 0.8,
    aim: 0.95,
  }
  return {
    measures: [
      measureOf(memory, [{ value: perOrder('liveBytes') }], grown.doubt),
      measureOf(
        age,
        late.map((value, slice) => ({ value, reference: early[slice] ?? Number.NaN })),
      ),
    ],
    notes: [
      `Resident memory grew by ${perOrder('rssBytes').toFixed(2)} kB an order over the same ${thousands(scale.kept)}; after ${thousands(scale.later)} orders ${megabytes(old.liveBytes)} lived and ${megabytes(old.rssBytes)} were resident.`,
    ],
  }
}

/** In an organisation of its own: what is measured must find the code warm, and no orders. */
async function warmUp({ scale, served }: Life): Promise<void> {
  await withClients(served.port, partiesOf('warm-up', scale.connections, 1), async (clients) => {
    await driveFlows(clients, { ms: scale.warmUpMs })
    await settle(clients)
  })
}

/**
 * Flows per second of the server's processor time, slice by slice: minutes lie between the stretches, and
 * whatever else the machine did then must not count.
 */
async function stretch({ scale, served, parties }: Life): Promise<readonly number[]> {
  const count = Math.ceil(scale.stretch / SLICES)
  const slices: number[] = []
  for (let slice = 0; slice < SLICES; slice++) {
    await withClients(served.port, parties, async (clients) => {
      const before = await served.ask('usage')
      const { done } = await driveFlows(clients, { count })
      const after = await served.ask('usage')
      slices.push((done / (after.cpuMicros - before.cpuMicros)) * 1_000_000)
      await settle(clients)
    })
  }
  return slices
}

/** Full flows, and what the server's memory was before and after; doubtful where it keeps not all. */
async function grow({ scale, served, parties }: Life): Promise<{
  readonly before: Usage
  readonly after: Usage
  readonly doubt?: string
}> {
  const [firstOrder, before] = await withClients(served.port, parties, async ([client]) => {
    if (!client) throw new RangeError('Failed to make orders: there is no client.')
    return [await finishOrder(client), await served.ask('usage after a collection')] as const
  })
  await withClients(served.port, parties, async (clients) => {
    await driveFlows(clients, { count: scale.kept })
    await settle(clients)
  })
  const after = await served.ask('usage after a collection')
  const isKept = await withClients(served.port, parties.slice(0, 1), ([client]) =>
    finds(client, firstOrder),
  )
  return isKept
    ? { before, after }
    : { before, after, doubt: 'the first order was forgotten before the last was placed' }
}

async function finds(client: Client | undefined, orderId: string): Promise<boolean> {
  const answer = await client?.call(queryCall(orderId))
  if (!answer || answer.status === 404) return false
  expect(answer, 200, '"status":"FILLED"')
  return true
}

const thousands = (count: number): string => count.toLocaleString('en')
const megabytes = (bytes: number): string => `${Math.round(bytes / 1e6)} MB`
