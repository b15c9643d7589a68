import { evidenceKey } from '../record/evidence-key.ts'
import { messageOf } from '../usage-error.ts'

/** What a run reads the key from. */
const OF_A_RUN = 'INTEGRAL_EVIDENCE_KEY'

/**
 * Why the key that a file of providers names cannot sign, as a sentence with its path; nothing where it can, or
 * none is named. Without it, runs would end as they should, and nobody could tell who made them.
 *
 * @param cwd - What a path in the variable is relative to, as it is for the runs.
 */
export function evidenceKeyProblem(
  name: string | undefined,
  env: Readonly<Record<string, string | undefined>>,
  cwd: string,
): string | undefined {
  if (name === undefined) return undefined
  const value = env[name]
  if (!value?.trim())
    return `evidenceKey: the variable ${name} is not set: set it, or name another.`
  try {
    evidenceKey({ cwd, env: { [OF_A_RUN]: value } })
    return undefined
  } catch (error) {
    return `evidenceKey: ${messageOf(error).replaceAll(OF_A_RUN, name)}`
  }
}
