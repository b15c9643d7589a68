import { messageOf } from '../usage-error.ts'

/** Why a page could not be made, as a run says it. @param what - e.g. `allure.html`. */
export function pageProblem(what: string, error: unknown): string {
  return `${what} could not be made, because ${messageOf(error)}`
}
