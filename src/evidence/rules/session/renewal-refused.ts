import type { Reading } from '../../reading/reading.ts'
import { isRefused } from '../refused.ts'

/** What says that there is no such page, or that it is not asked so. */
const OF_THE_PAGE = [400, 404, 405]

/**
 * Whether a token was refused its renewal. Of path and input of the renewal there are two versions: an
 * answer that may be about those says nothing of the token.
 *
 * @see Fact sheet 1.4, "Contradictions".
 */
export function isRenewalRefused(reading: Reading): boolean {
  return isRefused(reading) && !OF_THE_PAGE.includes(reading.status ?? 0)
}
