import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { residentBytes } from './process-tree.ts'

/** Between two looks at the memory of a process, in milliseconds. */
const LOOK_EVERY_MS = 50

export interface Ran {
  /** From spawning it to its end. */
  readonly wallMs: number
  /** Of the process, all its threads: user and system. */
  readonly cpuMs: number
  /** Most that it and what it started had resident together at one look; `undefined` where nobody tells. */
  readonly peakBytes: number | undefined
  /** Milliseconds from the moment at which `marks` were first there to the end, by mark. */
  readonly sinceMs: Readonly<Record<string, number>>
}

export interface RunOptions {
  /** A file that does not exist yet, where the process leaves what it used. */
  readonly usage: string
  readonly cwd: string
  /** Names of moments, and whether they have come. */
  readonly marks?: Readonly<Record<string, () => boolean>>
}

const probe = join(import.meta.dirname, 'probe.ts')

/**
 * Runs Node to its end.
 *
 * @throws {Error} It ended otherwise than with 0; says its last words.
 */
export async function runProcess(
  args: readonly string[],
  { usage, cwd, marks = {} }: RunOptions,
): Promise<Ran> {
  const startedAt = performance.now()
  const child = spawn(process.execPath, ['--import', probe, ...args], {
    cwd,
    env: { ...process.env, BENCH_USAGE: usage },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  let said = ''
  child.stderr.on('data', (chunk) => {
    said = (said + chunk).slice(-2_000)
  })
  const seen = new Map<string, number>()
  let peakBytes: number | undefined
  const look = setInterval(() => {
    const bytes = residentBytes(child.pid)
    if (bytes !== undefined) peakBytes = Math.max(peakBytes ?? 0, bytes)
    for (const [name, has] of Object.entries(marks)) {
      if (!seen.has(name) && has()) seen.set(name, performance.now())
    }
  }, LOOK_EVERY_MS)
  const [code] = await once(child, 'close')
  clearInterval(look)
  const endedAt = performance.now()
  if (code !== 0) throw new Error(`Failed to run ${args.join(' ')}: it ended with ${code}: ${said}`)
  const { cpuMs } = JSON.parse(readFileSync(usage, 'utf8')) as { cpuMs: number }
  const sinceMs = Object.fromEntries([...seen].map(([name, at]) => [name, endedAt - at]))
  return { wallMs: endedAt - startedAt, cpuMs, peakBytes, sinceMs }
}
