import { resolve } from 'node:path'
import type { Outcome } from './exit-code.ts'
import { parseOut } from './parse-out.ts'
import type { TypedOptions } from './resume/resumed-options.ts'
import type { CommandEnvironment } from './verify.ts'
import { parseVerifyOptions } from './verify-options.ts'

/**
 * Runs the scenarios: once, again and again, or what is left of an interrupted run.
 *
 * @throws {UsageError} Nothing could be run.
 */
export async function verifyCommand(
  typed: TypedOptions,
  environment: CommandEnvironment,
): Promise<Outcome> {
  const { raw, paths } = typed
  if (raw.resume === true) return resumeAny(typed, environment)
  const options = parseVerifyOptions(raw, paths)
  if (raw.repeat === undefined) {
    const { verify } = await import('./verify.ts')
    return verify(options, environment)
  }
  const [{ parseRepeat }, { repeat }] = await Promise.all([
    import('./repeat/repeat-limit.ts'),
    import('./repeat/repeat.ts'),
  ])
  return repeat(options, parseRepeat(raw.repeat), environment)
}

async function resumeAny(typed: TypedOptions, environment: CommandEnvironment): Promise<Outcome> {
  const [{ resume }, { readProgress }, { resumeRepeat }] = await Promise.all([
    import('./resume/resume.ts'),
    import('./repeat/overview.ts'),
    import('./repeat/resume-repeat.ts'),
  ])
  const out = parseOut(typed.raw.out ?? `reports/${typed.raw.target}`)
  const rounds = readProgress(resolve(environment.cwd, out))
  return rounds ? resumeRepeat(out, rounds, typed, environment) : resume(typed, environment)
}
