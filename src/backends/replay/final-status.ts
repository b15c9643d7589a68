import { lifecycles } from '../../machines/lifecycle.ts'

/** Whether nothing comes after this status in any lifecycle. */
export function isFinalStatus(status: string): boolean {
  return lifecycles.some((lifecycle) =>
    lifecycle.statuses.some((known) => known === status && lifecycle.isFinal(known)),
  )
}
