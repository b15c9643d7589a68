import { Client } from '../driving/client.ts'
import { Ledger } from '../driving/ledger.ts'
import { type Kind, measureOf } from '../report/measure.ts'
import type { Measure } from '../report/results.ts'
import { launch, type Program } from '../servers/launch.ts'
import type { Setting } from './setting.ts'

const cold: Kind = {
  id: 'cold-start',
  title: 'cold start to the first login answered',
  unit: 'ms',
  better: 'lower',
  bar: 5,
  aim: 3,
}
const first: Kind = {
  id: 'first-start',
  title: 'the same where nothing was compiled before',
  unit: 'ms',
  better: 'lower',
}

/**
 * From spawning the process to the end of its first answer: a login. The servers take turns, and so does
 * the simulation as it starts for the first time after it was installed: without Node's compile cache.
 */
export async function measureColdStarts(setting: Setting): Promise<Measure[]> {
  const { scale, bare, served } = setting
  const neverRun = { ...served, env: { NODE_DISABLE_COMPILE_CACHE: '1' } }
  // The first of each finds cold disks, and is not counted.
  for (const program of [bare, neverRun, served]) await startOnce(setting, program)
  const turns: { bare: number; first: number; cold: number }[] = []
  for (let turn = 0; turn < scale.coldStarts; turn++) {
    setting.progress(`cold start ${turn + 1} of ${scale.coldStarts}`)
    turns.push({
      bare: await startOnce(setting, bare),
      first: await startOnce(setting, neverRun),
      cold: await startOnce(setting, served),
    })
  }
  const against = (of: 'first' | 'cold') =>
    turns.map((turn) => ({ value: turn[of], reference: turn.bare }))
  return [measureOf(cold, against('cold')), measureOf(first, against('first'))]
}

async function startOnce({ cores, bare }: Setting, program: Program): Promise<number> {
  const startedAt = performance.now()
  const server = await launch(program, cores, false)
  const party = { org: 'bench', ...(program !== bare && { ledger: new Ledger() }) }
  const client = await Client.open(server.port, party, 'first')
  await client.login()
  const elapsedMs = performance.now() - startedAt
  client.close()
  await server.stop()
  return elapsedMs
}
