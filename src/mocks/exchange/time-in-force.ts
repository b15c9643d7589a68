import type { OrderTerms } from './order-terms.ts'
import type { Settings } from './settings/settings.ts'
import { nextCutoff } from './trading-hours.ts'

/** Whether an unfilled order waits for the market. */
export function rests(terms: OrderTerms): boolean {
  return terms.type === 'Limit' && !['IOC', 'FOK'].includes(terms.timeInForce)
}

/** Epoch milliseconds at which the time in force ends on its own. */
export function deadlineOf(terms: OrderTerms, now: number, settings: Settings): number | undefined {
  if (terms.timeInForce === 'DAY') return nextCutoff(now, settings['day.cutoff'])
  return terms.expirySeconds === undefined ? undefined : now + terms.expirySeconds * 1_000
}
