import { messageOf } from '../usage-error.ts'

/** Why a page could not be made, as a run says it. */
export function pageProblem(error: unknown): string {
  return `a report could not be written, because ${messageOf(error)}`
}
