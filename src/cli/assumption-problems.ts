import { assumptionsOf } from '../backends/assumptions.ts'
import { checkSettings } from '../backends/open-backend.ts'
import { lineOf, type Pickle } from './cucumber-message.ts'
import { messageOf } from './usage-error.ts'

/**
 * What is wrong with the settings that a scenario assumes, over those of the run: a name or a value
 * that cannot be, or a value that is no JSON.
 */
export function assumptionProblems(
  pickle: Pickle,
  settings: Readonly<Record<string, unknown>>,
): string[] {
  try {
    checkSettings({ ...settings, ...assumptionsOf(pickle.steps) })
    return []
  } catch (error) {
    return [`${pickle.uri}:${lineOf(pickle)}: scenario "${pickle.name}": ${messageOf(error)}`]
  }
}
