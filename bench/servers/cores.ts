import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Which core the server has, and which the driver. */
export interface Cores {
  readonly server: number
  readonly driver: number
}

/** Two cores to pin to, or why there are none: then everything runs wherever the system puts it. */
export function findCores(): Cores | string {
  if (spawnSync('taskset', ['--version']).status !== 0) return 'there is no taskset here'
  const [server, driver] = allowedCores()
  if (server === undefined || driver === undefined) return 'there is one core only'
  return { server, driver }
}

/** Pins this process, threads and all: it is the driver. */
export function pinDriver({ driver }: Cores): void {
  spawnSync('taskset', ['--all-tasks', '--cpu-list', '--pid', String(driver), String(process.pid)])
}

/** The command that runs `command` on the server's core. */
export function onServerCore(
  cores: Cores | string,
  command: string,
  args: readonly string[],
): [command: string, args: string[]] {
  if (typeof cores === 'string') return [command, [...args]]
  return ['taskset', ['--cpu-list', String(cores.server), command, ...args]]
}

/** A list as the kernel prints it: `0-3,8`. */
function allowedCores(): readonly number[] {
  const list = /^Cpus_allowed_list:\s*(.*)$/m.exec(readFileSync('/proc/self/status', 'utf8'))?.[1]
  return (list ?? '').split(',').flatMap((range) => {
    const [first, last = first] = range.split('-').map(Number)
    if (first === undefined || last === undefined || Number.isNaN(first)) return []
    return Array.from({ length: last - first + 1 }, (_, index) => first + index)
  })
}
