import { z } from 'zod'
import { endpoints, type Operation } from '../../api/contract/endpoints.ts'
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

const faultSchema = z.strictObject({
  operation: z.enum(Object.keys(endpoints) as [Operation, ...Operation[]]),
  status: z.literal([500, 503]),
  times: z.int().positive().optional(),
})

/** Faults staged and not yet spent, first staged first. */
export class Faults {
  #staged: { fault: ServerFault; left: number }[] = []

  /** @throws {RangeError} An operation, status or number of times that cannot be. */
  stage(fault: ServerFault): void {
    const checked = faultSchema.safeParse(fault)
    if (!checked.success) {
      const [issue] = checked.error.issues
      throw new RangeError(`Failed to stage a fault: ${issue?.path.join('.')}: ${issue?.message}.`)
    }
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
