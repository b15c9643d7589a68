import { fileURLToPath } from 'node:url'
import { ScenarioRunner } from '../../src/cli/prove/scenario-runner.ts'
import type { RunRecord } from '../../src/evidence/record/run-record.ts'
import { inFileOrder, type ScenarioResult, settled } from '../../src/evidence/verdict.ts'
import { verdictOf } from '../../src/evidence/verdict-tally.ts'

const cwd = fileURLToPath(new URL('../..', import.meta.url))

export interface GoldenRun {
  readonly target?: string
  /** Only the scenarios of this file, e.g. `features/orders/limit-orders.feature`. */
  readonly feature?: string
  /** What the simulation does against the documentation: the finding is known beforehand. */
  readonly deviation?: string
  readonly settings?: Readonly<Record<string, unknown>>
}

// A process can load the steps but once.
let runner: Promise<ScenarioRunner> | undefined

/** The record of a run that is made here and now, on a simulation whose deviation is known. */
export async function goldenRun(options: GoldenRun = {}): Promise<RunRecord> {
  const { feature, target = 'simulation', settings = {}, deviation } = options
  const { stdout, stderr, env } = process
  runner ??= ScenarioRunner.load([], 'golden', { cwd, env, stdout, stderr })
  const results = await (await runner).run({
    settings,
    ...(deviation !== undefined && { deviation }),
  })
  const kept = results.filter(({ uri }) => feature === undefined || uri === feature)
  return recordOf(kept, { target, settings, selection: feature === undefined ? [] : [feature] })
}

/** A run that ended so, as it would be read back. */
export function recordOf(
  results: readonly ScenarioResult[],
  {
    target = 'simulation',
    settings = {},
    selection = [],
  }: Partial<Pick<RunRecord['run'], 'target' | 'settings' | 'selection'>> = {},
): RunRecord {
  const startedAt = '2026-11-26T07:30:12.345Z'
  const run = { target, seed: 'golden', startedAt, settings, selection }
  return {
    run: {
      ...{ id: `${target}-20261126T073012Z-9f3c1a`, ...run },
      ...{ software: { 'integral-harness': '0.1.0' }, platform: 'any' },
      digests: { model: '1', rules: '2', api: '3', features: '4' },
    },
    verdict: verdictOf(run, results),
    scenarios: inFileOrder(results)
      .map(settled)
      .map((result) => ({ ...result, feature: 'A feature', tags: [], steps: [] })),
  }
}
