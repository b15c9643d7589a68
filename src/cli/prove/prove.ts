import { deviations } from '../../mocks/deviations/deviations.ts'
import type { CommandEnvironment } from '../verify.ts'
import { DEFAULT_SEED } from '../verify-options.ts'
import { ScenarioRunner } from './scenario-runner.ts'

export interface ProveOptions {
  /** Ids of deviations; empty for all. */
  readonly only: readonly string[]
}

/** Runs the scenarios against each deviation, and tells which rules noticed. */
export async function prove(
  { only }: ProveOptions,
  { cwd, env, stdout, stderr }: CommandEnvironment,
): Promise<number> {
  const runner = await ScenarioRunner.load([], DEFAULT_SEED, {
    cwd,
    env: { ...env },
    stdout,
    stderr,
  })
  let escaped = 0
  for (const { id, breaks, settings } of deviations) {
    if (only.length > 0 && !only.includes(id)) continue
    const results = await runner.run({ deviation: id, ...(settings && { settings }) })
    const against = results.flatMap(({ evidence }) => evidence?.findings ?? [])
    const rules = [...new Set(against.map(({ rule }) => rule))]
    const isCaught = rules.includes(breaks)
    if (!isCaught) escaped += 1
    stdout.write(
      `${isCaught ? 'caught ' : 'ESCAPED'}  ${id}  by ${breaks}; found: ${rules.join(', ')}\n`,
    )
  }
  return escaped === 0 ? 0 : 1
}
