import type { Operation } from '../../api/contract/endpoints.ts'
import type { Reason } from '../exchange/refusal.ts'

/** A server error on the next calls of one operation, with the error object. */
export interface ServerFault {
  readonly operation: Operation
  readonly status: 500 | 503
  /** Calls that get it, 1 by default; then all is normal again. */
  readonly times?: number
}

/** Why a server error says it happened. */
export const faultReasons = {
  500: 'server-error',
  503: 'unavailable',
} as const satisfies Record<ServerFault['status'], Reason>

/** Faults staged and not yet spent, first staged first. */
export class Faults {
  #staged: { fault: ServerFault; left: number }[] = []

  stage(fault: ServerFault): void {
    this.#staged.push({ fault, left: fault.times ?? 1 })
  }

  /** The fault this call gets, which is thereby spent. */
  take(operation: Operation): ServerFault | undefined {
    const next = this.#staged.find(({ fault }) => fault.operation === operation)
    if (!next) return undefined
    next.left--
    if (next.left <= 0) this.#staged = this.#staged.filter((each) => each !== next)
    return next.fault
  }

  clear(): void {
    this.#staged = []
  }
}
