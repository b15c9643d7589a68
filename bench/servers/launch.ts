import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { type Cores, onServerCore } from './cores.ts'
import type { Question, Usage } from './probe.ts'

/** Longest that a server may take to say that it listens, or to end. */
const patienceMs = 60_000
const probe = join(import.meta.dirname, 'probe.ts')

/** A server to be measured: the program, and what to tell it. */
export interface Program {
  readonly name: string
  /** Of Node. */
  readonly flags?: readonly string[]
  readonly script: string
  readonly args: readonly string[]
  /** Beside the variables of this process. */
  readonly env?: Readonly<Record<string, string>>
}

/** A server that listens, in a process of its own. */
export interface RunningServer {
  readonly name: string
  readonly port: number
  /** @throws {Error} The server was launched without the probe. */
  ask(question: Question): Promise<Usage>
  /** Ends the process; resolves once it is gone. */
  stop(): Promise<void>
}

/**
 * Starts a server on its core.
 *
 * @param probed - Whether it can be asked what it uses. Not where its start is what is measured.
 * @throws {Error} It ended, or did not say in time where it listens.
 */
export async function launch(
  { name, flags: own = [], script, args, env }: Program,
  cores: Cores | string,
  probed: boolean,
): Promise<RunningServer> {
  const flags = probed ? ['--expose-gc', '--import', probe] : []
  const [command, all] = onServerCore(cores, process.execPath, [...flags, ...own, script, ...args])
  const child = spawn(command, all, {
    env: { ...process.env, ...env },
    stdio: probed ? ['ignore', 'pipe', 'inherit', 'ipc'] : ['ignore', 'pipe', 'inherit'],
  })
  const end = () => child.kill('SIGKILL')
  process.once('exit', end)
  child.once('exit', () => process.off('exit', end))
  const port = await portOf(name, child)
  return {
    name,
    port,
    ask: async (question) => {
      if (!probed) throw new Error(`Failed to ask the ${name} server: it runs without the probe.`)
      child.send(question)
      const [usage] = await once(child, 'message', { signal: AbortSignal.timeout(patienceMs) })
      return usage as Usage
    },
    stop: async () => {
      const ended = child.exitCode === null ? once(child, 'exit') : undefined
      child.kill('SIGTERM')
      const kill = setTimeout(() => child.kill('SIGKILL'), patienceMs)
      await ended
      clearTimeout(kill)
    },
  }
}

async function portOf(name: string, child: ChildProcess): Promise<number> {
  if (!child.stdout) throw new Error(`Failed to read from the ${name} server: it has no output.`)
  const lines = createInterface({ input: child.stdout })
  const tooLate = setTimeout(() => child.kill('SIGKILL'), patienceMs)
  try {
    for await (const line of lines) {
      const port = /^listening http:\/\/127\.0\.0\.1:(\d+)/.exec(line)?.[1]
      if (port !== undefined) return Number(port)
    }
  } finally {
    clearTimeout(tooLate)
    // What else it prints must not fill the pipe.
    child.stdout.resume()
  }
  throw new Error(`Failed to start the ${name} server: it never said where it listens.`)
}
