import { resolve } from 'node:path'
import { aloneIn } from './at-work/claim.ts'
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
  const { out } = options
  if (raw.repeat === undefined) {
    const { verify } = await import('./verify.ts')
    return aloneIn(resolve(environment.cwd, out), out, () => verify(options, environment))
  }
  const [{ parseRepeat }, { repeat }] = await Promise.all([
    import('./repeat/repeat-limit.ts'),
    import('./repeat/repeat.ts'),
  ])
  const limit = parseRepeat(raw.repeat)
  return aloneIn(resolve(environment.cwd, out), out, () => repeat(options, limit, environment))
}

async function resumeAny(typed: TypedOptions, environment: CommandEnvironment): Promise<Outcome> {
  const [{ resume }, { targetIn }, { readProgress }, { resumeRepeat }] = await Promise.all([
    import('./resume/resume.ts'),
    import('./resume/target-in.ts'),
    import('./repeat/overview.ts'),
    import('./repeat/resume-repeat.ts'),
  ])
  const out = parseOut(typed.raw.out ?? `reports/${typed.raw.target}`)
  const dir = resolve(environment.cwd, out)
  return aloneIn(dir, out, () => {
    const rounds = readProgress(dir)
    const isNamed = typed.raw.out !== undefined && !typed.typed.has('target')
    const target = isNamed ? (rounds?.of.target ?? targetIn(dir)) : undefined
    const as = target === undefined ? typed : { ...typed, raw: { ...typed.raw, target } }
    return rounds ? resumeRepeat(out, rounds, as, environment) : resume(as, environment)
  })
}
