import { findPackageJSON } from 'node:module'
import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'
import { loadSupport } from '@cucumber/cucumber/api'
import { rememberMatches } from './remembered-matches.ts'
import { UsageError } from './usage-error.ts'

/** How Cucumber begins to say that its functions were called on a copy of it that runs nothing. */
const OTHER_COPY = "on an instance of Cucumber that isn't running"

/**
 * Loads the step definitions.
 *
 * @throws {UsageError} Some of them belong to another copy of Cucumber than the one that runs the scenarios.
 */
export const loadSteps: typeof loadSupport = async (options, environment) => {
  try {
    return rememberMatches(await loadSupport(options, environment))
  } catch (error) {
    const { message, stack } = Object(error) as { message?: unknown; stack?: unknown }
    if (!String(message).includes(OTHER_COPY)) throw error
    throw new UsageError(
      `Two copies of @cucumber/cucumber are in this run, ${ownCopy()} and ${copyIn(String(stack))}, and the one knows nothing ` +
        'of the steps defined with the other: install one for both, run the integral-harness of this project ' +
        '(npx integral-harness), and import Given, When and Then from integral-harness/cucumber.',
    )
  }
}

function ownCopy(): string {
  return dirname(findPackageJSON('@cucumber/cucumber', import.meta.url) ?? 'one')
}

/** The first frames of the error are of the copy that was called. */
function copyIn(stack: string): string {
  const [, found] = /((?:file:\/\/)?[^\s()]*@cucumber[\\/]cucumber)[\\/]lib[\\/]/.exec(stack) ?? []
  if (found === undefined) return 'another'
  return found.startsWith('file:') ? fileURLToPath(found) : found
}
