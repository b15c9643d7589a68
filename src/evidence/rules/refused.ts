import type { Reading } from '../reading/reading.ts'

/** The pace, and the patience of whatever stands in between. */
const OF_THE_WAY = [408, 429]
/** The session, the permission, or a list of those who may ask at all. */
const OF_THE_CALLER = [401, 403]

/**
 * Whether an answer refuses a request, for whatever reason: a 4xx. Which one is open (settings 8 and 9),
 * but for those that are about the way it came. A 5xx is trouble of the host, and says nothing.
 */
export function isRefused({ isWhole, status }: Reading): boolean {
  return isWhole && isClientError(status) && !OF_THE_WAY.includes(status)
}

/** Whether an HTTP code refuses what was asked, and not merely who asked it, or how. */
export function isAboutTheRequest(status: number | undefined): boolean {
  return isClientError(status) && ![...OF_THE_WAY, ...OF_THE_CALLER].includes(status)
}

function isClientError(status: number | undefined): status is number {
  return status !== undefined && status >= 400 && status < 500
}
