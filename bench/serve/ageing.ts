import { makeOrders } from '../driving/bulk.ts'
import { type Client, type Party, partiesOf, withClients } from '../driving/client.ts'
import { driveFlows, settle } from '../driving/drive.ts'
import { finishOrder } from '../driving/finish-order.ts'
import { expect, queryCall } from '../driving/flow.ts'
import { type Kind, measureOf, type Pair } from '../report/measure.ts'
import { launch, type RunningServer } from '../servers/launch.ts'
import type { Usage } from '../servers/probe.ts'
import { bareParties, perSecond } from './arms.ts'
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
/** Turns of the servers in a stretch. */
const SLICES = 5

/** Two servers that live through it all, the simulation's with one organisation whose orders are counted. */
interface Pairing {
  readonly setting: Setting
  readonly bare: RunningServer
  readonly served: RunningServer
  readonly parties: readonly Party[]
}

/** A server grows old: what its orders cost in memory, and whether many of them make it slow. */
export async function measureAgeing(setting: Setting): Promise<SuiteResult> {
  const { scale, cores, progress } = setting
  const bare = await launch(setting.bare, cores, true)
  const served = await launch(setting.served, cores, true)
  const parties = partiesOf('old', scale.connections, 1)
  const pairing = { setting, bare, served, parties }
  await warmUp(pairing)

  progress(`the first ${scale.stretch} orders`)
  const early = await stretch(pairing)
  progress(`${scale.kept} orders more`)
  const grown = await grow(pairing)
  progress(`up to ${scale.later} orders`)
  await withClients(served.port, parties.slice(0, 1), async ([client]) => {
    const placed = parties[0]?.ledger?.placed ?? 0
    if (client) await makeOrders(client, Math.max(0, scale.later - placed))
  })
  progress(`the orders after ${scale.later}`)
  const late = await stretch(pairing)
  const old = await served.ask('usage after a collection')
  await Promise.all([bare.stop(), served.stop()])

  const perOrder = (of: keyof Usage) => (grown.after[of] - grown.before[of]) / scale.kept / 1_000
  const age: Kind = {
    id: 'age',
    title: `flow after ${thousands(scale.later)} orders, against the first ${thousands(scale.stretch)}`,
    unit: 'flows/s',
    better: 'higher',
    bar: 0.8,
    aim: 0.95,
  }
  return {
    measures: [
      measureOf(memory, [{ value: perOrder('liveBytes') }], grown.doubt),
      measureOf(
        age,
        late.map((slice, index) => against(slice, early[index])),
      ),
    ],
    notes: [
      `Resident memory grew by ${perOrder('rssBytes').toFixed(2)} kB an order over the same ${thousands(scale.kept)}; after ${thousands(scale.later)} orders ${megabytes(old.liveBytes)} lived and ${megabytes(old.rssBytes)} were resident.`,
    ],
  }
}

/** In an organisation of its own: what is measured must find the code warm, and no orders. */
async function warmUp({ setting: { scale }, bare, served }: Pairing): Promise<void> {
  const until = { ms: scale.warmUpMs }
  const { connections } = scale
  await withClients(bare.port, bareParties(connections), (clients) => driveFlows(clients, until))
  await withClients(served.port, partiesOf('warm-up', connections, 1), async (clients) => {
    await driveFlows(clients, until)
    await settle(clients)
  })
}

/** Flows per second of both in turn. */
interface Slice {
  readonly served: number
  readonly bare: number
}

async function stretch({ setting: { scale }, ...pairing }: Pairing): Promise<readonly Slice[]> {
  const count = Math.ceil(scale.stretch / SLICES)
  const slices: Slice[] = []
  for (let turn = 0; turn < SLICES; turn++) {
    const bare = await withClients(
      pairing.bare.port,
      bareParties(scale.connections),
      async (clients) => perSecond(await driveFlows(clients, { count })),
    )
    const served = await withClients(pairing.served.port, pairing.parties, async (clients) => {
      const drive = await driveFlows(clients, { count })
      await settle(clients)
      return perSecond(drive)
    })
    slices.push({ bare, served })
  }
  return slices
}

/** How fast the simulation is compared with before, less what befell the bare server as well. */
function against(late: Slice, early: Slice | undefined): Pair {
  if (!early) throw new RangeError('Failed to compare speeds: there is none to compare with.')
  const ratio = late.served / late.bare / (early.served / early.bare)
  return { value: late.served, reference: early.served, ratio }
}

/** Full flows, and what the server's memory was before and after; doubtful where it keeps not all. */
async function grow({ setting: { scale }, served, parties }: Pairing): Promise<{
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
