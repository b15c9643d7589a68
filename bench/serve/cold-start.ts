import { Client } from '../driving/client.ts'
import { Ledger } from '../driving/ledger.ts'
import { type Kind, measureOf } from '../report/measure.ts'
import type { Measure } from '../report/results.ts'
import { launch, type Program } from '../servers/launch.ts'
import type { Setting } from './setting.ts'

const kind: Kind = {
  id: 'cold-start',
  title: 'cold start to the first login answered',
  unit: 'ms',
  better: 'lower',
  bar: 5,
  aim: 3,
}

/** From spawning the process to the end of its first answer: a login. The servers take turns. */
export async function measureColdStart(setting: Setting): Promise<Measure> {
  const { scale, bare, served } = setting
  // The first of each finds cold disks, and is not counted.
  await startOnce(setting, bare)
  await startOnce(setting, served)
  const pairs: { value: number; reference: number }[] = []
  for (let turn = 0; turn < scale.coldStarts; turn++) {
    setting.progress(`cold start ${turn + 1} of ${scale.coldStarts}`)
    const reference = await startOnce(setting, bare)
    pairs.push({ reference, value: await startOnce(setting, served) })
  }
  return measureOf(kind, pairs)
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
