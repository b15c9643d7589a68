import type { Deviation } from './deviation.ts'
import { retelling } from './retelling.ts'

/** Every way to get the statuses of an order wrong. */
export const lifecycleDeviations: readonly Deviation[] = [
  {
    id: 'limit.filled-turns-new',
    sentence: 'A limit order that was seen FILLED is NEW in every later query.',
    breaks: 'limit.filled-new',
    begin: retelling(({ sent, told }) =>
      sent.type === 'Limit' && told.includes('FILLED') ? { status: 'NEW' } : undefined,
    ),
  },
]
