import { execFile } from 'node:child_process'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { type Party, partiesOf, withClients } from '../driving/client.ts'
import { type Drive, driveFlows, driveQueries, settle } from '../driving/drive.ts'
import { stayAwake } from '../driving/stay-awake.ts'
import type { InProcess } from '../in-process/run-flows.ts'
import { onServerCore } from '../servers/cores.ts'
import { launch, type Program } from '../servers/launch.ts'
import type { Setting } from './setting.ts'

const runFile = promisify(execFile)

/** What one server did in one repetition. */
export interface Served {
  readonly flows: Drive
  readonly queries: Drive
  /** Microseconds of processor time that the server took for one flow. */
  readonly cpuMicrosPerFlow: number
  /** Share of the time that the server was busy while flows were made. */
  readonly serverBusy: number
  /** Share of the time that it was ready to run, but others had its core. */
  readonly serverWaited: number
}

/** A fresh server, warmed up, under the full flow and then under queries of finished orders. */
export async function runServer(
  { scale, cores }: Setting,
  program: Program,
  parties: readonly Party[],
): Promise<Served> {
  const server = await launch(program, cores, true)
  const rest = typeof cores === 'string' ? () => {} : stayAwake()
  const served = await withClients(server.port, parties, async (clients) => {
    await driveFlows(clients, { ms: scale.warmUpMs })
    const before = await server.ask('usage')
    const flows = await driveFlows(clients, { ms: scale.flowsMs })
    const after = await server.ask('usage')
    const queries = await driveQueries(clients, { ms: scale.queriesMs })
    await settle(clients)
    const cpuMicros = after.cpuMicros - before.cpuMicros
    return {
      flows,
      queries,
      cpuMicrosPerFlow: cpuMicros / flows.done,
      serverBusy: cpuMicros / 1_000 / flows.elapsedMs,
      serverWaited: (after.waitedMicros - before.waitedMicros) / 1_000 / flows.elapsedMs,
    }
  })
  rest()
  await server.stop()
  return served
}

export const bareParties = (connections: number): Party[] =>
  Array.from({ length: connections }, () => ({ org: 'bench' }))

export const oneOrganisation = (connections: number): Party[] => partiesOf('bench', connections, 1)

export const manyOrganisations = (connections: number): Party[] =>
  partiesOf('bench', connections, connections)

/** Flows per second within one process. */
export async function runInProcess(
  { scale, cores }: Setting,
  script: 'doors-direct.ts' | 'through-msw.ts',
): Promise<number> {
  const path = join(import.meta.dirname, '../in-process', script)
  const args = [path, String(scale.warmUpMs), String(scale.flowsMs)]
  const { stdout } = await runFile(...onServerCore(cores, process.execPath, args))
  const { flows, elapsedMs } = JSON.parse(stdout) as InProcess
  return (flows / elapsedMs) * 1_000
}

export const perSecond = ({ done, elapsedMs }: Drive): number => (done / elapsedMs) * 1_000
