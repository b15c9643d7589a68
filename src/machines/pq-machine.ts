import { setup } from 'xstate'
import type { OrderEvent } from './order-events.ts'

/**
 * Lifecycle of a previously quoted order. All or nothing at the quote, so no part is ever dealt, and
 * its diagram has no EXPIRED.
 *
 * @see Fact sheet 4.1, column "PQ" [seed].
 */
export const pqMachine = setup({ types: { events: {} as OrderEvent } }).createMachine({
  id: 'pq',
  initial: 'RECEIVED',
  states: {
    RECEIVED: { on: { 'desk.accepted': 'NEW', 'desk.rejected': 'REJECTED' } },
    NEW: { on: { 'market.dealtWhole': 'FILLED', 'desk.rejected': 'REJECTED' } },
    FILLED: { type: 'final' },
    REJECTED: { type: 'final' },
  },
})
