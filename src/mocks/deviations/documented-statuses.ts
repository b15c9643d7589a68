import type { OrderStatus } from '../../api/contract/statuses.ts'

/** The types of order that have a diagram of their own. */
export type DrawnType = 'PQ' | 'Limit'

const ENDED = { FILLED: [], REJECTED: [] } as const

/**
 * What may be told of an order after each status, copied by hand from the diagrams; polling samples, so
 * that a status may be skipped. On purpose not read off the machines, which the judge goes by: a mistake
 * in them would hide in the deviations too.
 *
 * @see Fact sheet 4.1 [seed], 4.2 [inferred: CANCELED].
 */
export const mayFollow: Readonly<
  Record<DrawnType, Readonly<Partial<Record<OrderStatus, readonly OrderStatus[]>>>>
> = {
  PQ: {
    RECEIVED: ['NEW', 'FILLED', 'REJECTED'],
    NEW: ['FILLED', 'REJECTED'],
    ...ENDED,
  },
  Limit: {
    RECEIVED: ['NEW', 'FILLED', 'REJECTED', 'EXPIRED', 'CANCELED'],
    NEW: ['FILLED', 'REJECTED', 'EXPIRED', 'CANCELED'],
    ...ENDED,
    EXPIRED: [],
    CANCELED: [],
  },
}

/** What the answer to a placing says. Fact sheet 4.1 [seed]. */
export const FIRST_STATUS: OrderStatus = 'RECEIVED'

export function isFinalStatus(status: string): boolean {
  return status !== 'RECEIVED' && status !== 'NEW'
}
