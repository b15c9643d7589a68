import { type ChildProcess, spawn } from 'node:child_process'
import { join } from 'node:path'
import { endpointVariables } from '../../../src/backends/endpoint/endpoint-config-variables.ts'

type Variables = Readonly<Record<string, string>>

/** What a command printed, and how it ended. */
export interface Ended {
  /** Absent where a signal ended it. */
  readonly code: number | null
  readonly stdout: string
  readonly stderr: string
}

export interface Running {
  readonly child: ChildProcess
  readonly ended: Promise<Ended>
}

export const root = join(import.meta.dirname, '..', '..', '..')
/** Beyond it the command hangs, and is killed. */
const WITHIN_MS = 90_000

const PROXIES = ['https_proxy', 'http_proxy', 'no_proxy', 'all_proxy']

/** This process's environment without what it says about endpoints, proxies and Node itself. */
function cleanEnvironment(): Record<string, string | undefined> {
  const names = [...PROXIES, ...PROXIES.map((name) => name.toUpperCase())]
  const kept = Object.entries(process.env).filter(
    ([name]) => !/^(?:INTEGRAL|NODE)_/.test(name) && !names.includes(name),
  )
  return { ...Object.fromEntries(kept), NO_COLOR: '1' }
}

/** Overrules what a `.env` of this checkout may say: an empty variable counts as absent. */
const ABSENT = Object.fromEntries(endpointVariables.map((name) => [name, '']))

/**
 * Starts a command of the program as a user would, as a process of its own.
 *
 * @param cwd - Another directory, whose `.env` counts.
 */
export function startCommand(args: readonly string[], variables: Variables, cwd?: string): Running {
  const child = spawn(process.execPath, [join(root, 'src/cli/main.ts'), ...args], {
    cwd: cwd ?? root,
    env: { ...cleanEnvironment(), ...(cwd === undefined && ABSENT), ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: WITHIN_MS,
    killSignal: 'SIGKILL',
  })
  const printed = { stdout: '', stderr: '' }
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    printed.stdout += text
  })
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    printed.stderr += text
  })
  const ended = new Promise<Ended>((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (code) => resolve({ code, ...printed }))
  })
  return { child, ended }
}
