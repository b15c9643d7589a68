import { readFileSync, readlinkSync } from 'node:fs'
import { hostname } from 'node:os'
import { isAlive } from '../../backends/process-life.ts'

/** A process, told apart from all others: of machines that share a volume, many have one of its number. */
export interface ProcessIdentity {
  readonly pid: number
  readonly host: string
  /** Where its number is its own, e.g. one container since it was started; the same text, the same place. */
  readonly place: string
  /** When it began, by the clock of its machine; empty where the system does not tell. */
  readonly began: string
}

/** This process. */
export function ownIdentity(): ProcessIdentity {
  const { pid } = process
  return { pid, host: hostname(), place: ownPlace(), began: beganAt(pid) }
}

/** Whether a process lives; nothing where it is not from here, so that it cannot be told. */
export function lives({ pid, place, began }: ProcessIdentity): boolean | undefined {
  if (place !== ownPlace()) return undefined
  return isAlive(pid) && beganAt(pid) === began
}

/** By the host's name alone containers may agree that know nothing of each other's processes. */
function ownPlace(): string {
  const boot = orNothing(() => readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim())
  const numbers = orNothing(() => readlinkSync('/proc/self/ns/pid'))
  return [hostname(), boot, numbers].join(' ')
}

/** In ticks since the machine was started: field 22 of proc_pid_stat(5), the 20th behind the name. */
function beganAt(pid: number): string {
  const stat = orNothing(() => readFileSync(`/proc/${pid}/stat`, 'utf8'))
  return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
}

function orNothing(read: () => string): string {
  try {
    return read()
  } catch {
    return ''
  }
}
