import type { Answer } from '../api/client/answer.ts'

/**
 * An answer that is about the host or the pace, where the scenario took another for granted. On an
 * endpoint it shows nothing about the rules; the simulation has no such trouble of its own.
 */
export class HostTroubleError extends Error {
  override readonly name = 'HostTroubleError'
}

/** Too many requests, or a failure of the server or of what stands before it. Fact sheet 6, row 46. */
export function isHostTrouble({ kind, httpStatus }: Answer<unknown>): boolean {
  return kind === 'refusal' && (httpStatus === 429 || httpStatus >= 500)
}
