import type { Reading } from '../reading/reading.ts'

/**
 * Whether an answer refuses what was asked: a 4xx. Which one is open (settings 8 and 9), but for 429,
 * which is about the pace. A 5xx is trouble of the host, and says nothing.
 */
export function isRefused({ isWhole, status }: Reading): boolean {
  return isWhole && status !== undefined && status >= 400 && status < 500 && status !== 429
}
