import { setup } from 'xstate'
import type { OrderEvent } from './order-events.ts'

/**
 * Lifecycle of a limit order, and of an at-best order, whose diagram nobody could read but whose
 * name is the caption of this one.
 *
 * Dealing a part leaves the order NEW: no status of its own is documented (setting 28).
 *
 * @see Fact sheet 4.1, column "Limit" [seed]; 4.2 CANCELED [inferred].
 */
export const limitMachine = setup({ types: { events: {} as OrderEvent } }).createMachine({
  id: 'limit',
  initial: 'RECEIVED',
  states: {
    RECEIVED: { on: { 'desk.accepted': 'NEW', 'desk.rejected': 'REJECTED' } },
    NEW: {
      on: {
        'market.dealtPart': 'NEW',
        'market.dealtWhole': 'FILLED',
        'desk.rejected': 'REJECTED',
        'timeInForce.ended': 'EXPIRED',
        'cancel.confirmed': 'CANCELED',
      },
    },
    FILLED: { type: 'final' },
    REJECTED: { type: 'final' },
    EXPIRED: { type: 'final' },
    CANCELED: { type: 'final' },
  },
})
