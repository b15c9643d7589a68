import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { median } from '../driving/samples.ts'
import { type Kind, measureOf } from '../report/measure.ts'
import type { SuiteResult } from '../serve/suite.ts'
import { residentBytes } from '../suite/process-tree.ts'

const root = join(import.meta.dirname, '../..')
const command = join(root, 'src/cli/main.ts')
const FEATURE = 'features/orders/limit-orders.feature'

/** So small a heap is collected in time; else what is not needed any more would lie about for many rounds. */
const HEAP_MB = 256

const LOOK_EVERY_MS = 100

export interface SoakScale {
  readonly rounds: number
}
export const fullSoak: SoakScale = { rounds: 120 }
export const quickSoak: SoakScale = { rounds: 4 }

/** Whether memory grows with the rounds of `verify --repeat`: that of the last quarter against that of the second. */
export async function measureSoak(
  { rounds }: SoakScale,
  seed: string,
  progress: (text: string) => void,
): Promise<SuiteResult> {
  const folder = mkdtempSync(join(tmpdir(), 'bench-soak-'))
  try {
    progress(`${rounds} rounds of ${FEATURE}`)
    const bytes = await residentByRound(rounds, join(folder, 'out'), seed)
    const quarter = Math.max(1, Math.floor(bytes.length / 4))
    const [early, late] = [bytes.slice(quarter, 2 * quarter), bytes.slice(-quarter)]
    const kind: Kind = {
      ...{ id: 'soak-memory', title: `memory of ${rounds} rounds, late against early` },
      ...{ unit: 'MB', better: 'lower', bar: 1.1 },
    }
    const pair = { value: median(late) / 1e6, reference: median(early) / 1e6 }
    // The last may have gone before it was looked at.
    const why = bytes.length === 0 ? 'the memory of processes is told by Linux only' : undefined
    return { measures: [measureOf(kind, [pair], why)], notes: [] }
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What was resident after each round, in bytes. */
async function residentByRound(rounds: number, out: string, seed: string): Promise<number[]> {
  const args = [`--max-old-space-size=${HEAP_MB}`, command, 'verify', FEATURE]
  const child = spawn(
    process.execPath,
    [...args, '--seed', seed, '--out', out, '--repeat', `${rounds}x`],
    { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
  )
  const closed = once(child, 'close')
  const bytes: number[] = []
  // A line may be read late, when what it tells of is over.
  let latest: number | undefined
  const look = () => {
    latest = residentBytes(child.pid) ?? latest
    return latest
  }
  const looking = setInterval(look, LOOK_EVERY_MS)
  for await (const line of createInterface({ input: child.stdout })) {
    const resident = /^Round \d+ /.test(line) ? look() : undefined
    if (resident !== undefined) bytes.push(resident)
  }
  clearInterval(looking)
  const [code] = await closed
  if (code !== 0) throw new Error(`Failed to run ${rounds} rounds: verify ended with ${code}.`)
  return bytes
}
