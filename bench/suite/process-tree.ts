import { readdirSync, readFileSync } from 'node:fs'

/**
 * What a process and all below it have in memory at this moment, as the kernel counts it (`VmRSS`, shared pages
 * in each). `undefined` where it is gone, or there is no `/proc`.
 */
export function residentBytes(root: number | undefined): number | undefined {
  const all = root === undefined ? new Map<number, Status>() : statuses()
  if (root === undefined || !all.has(root)) return undefined
  let sum = 0
  for (const [pid, { rssBytes }] of all) if (isBelow(pid, root, all)) sum += rssBytes
  return sum
}

interface Status {
  readonly parent: number
  readonly rssBytes: number
}

function isBelow(pid: number, root: number, all: ReadonlyMap<number, Status>): boolean {
  let at: number | undefined = pid
  while (at !== undefined && at !== root) at = all.get(at)?.parent
  return at === root
}

function statuses(): ReadonlyMap<number, Status> {
  if (process.platform !== 'linux') return new Map()
  const pids = readdirSync('/proc').map(Number).filter(Number.isInteger)
  return new Map(
    pids.flatMap((pid): [number, Status][] => {
      const status = statusOf(pid)
      return status === undefined ? [] : [[pid, status]]
    }),
  )
}

function statusOf(pid: number): Status | undefined {
  try {
    const text = readFileSync(`/proc/${pid}/status`, 'utf8')
    const number = (name: string) =>
      Number(new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(text)?.[1] ?? 0)
    return { parent: number('PPid'), rssBytes: number('VmRSS') * 1_024 }
  } catch {
    // It has ended meanwhile.
    return undefined
  }
}
