import { type Behaviour, ScenarioRunner } from '../../src/cli/prove/scenario-runner.ts'
import type { RunFacts } from '../../src/evidence/record/run-facts.ts'
import type { RunRecord } from '../../src/evidence/record/run-record.ts'
import { inFileOrder, type ScenarioResult, settled } from '../../src/evidence/verdict.ts'
import { verdictOf } from '../../src/evidence/verdict-tally.ts'

/** Enough of the features to trade, to be refused, to cancel, and to see a token run out. */
const FEATURES: readonly string[] = [
  'features/trade-esp-spot.feature',
  'features/orders',
  'features/sessions/sessions.feature',
]

const digests: RunFacts['digests'] = {
  model: 'm',
  rules: 'r',
  api: 'a',
  features: 'f',
}

/** A run's record as it would be read back, made of what the scenarios left. */
function recordOf(
  results: readonly ScenarioResult[],
  facts: Pick<RunFacts, 'seed' | 'settings'>,
): RunRecord {
  const startedAt = '2026-11-26T08:15:02.000Z'
  const head = { target: 'simulation', startedAt, ...facts }
  const run: RunFacts = {
    id: `${head.target}-20261126T081502Z-${head.seed}`,
    selection: [],
    software: { 'integral-harness': '0.1.0' },
    platform: 'linux x64',
    digests,
    ...head,
  }
  return {
    run,
    verdict: verdictOf(head, results),
    scenarios: inFileOrder(results)
      .map(settled)
      .map((result) => ({
        ...result,
        feature: 'A feature',
        tags: [],
        steps: [],
      })),
  }
}

/** Runs scenarios on the simulation in this process, again and again; one to a process. */
export class Runs {
  readonly #runner: ScenarioRunner

  private constructor(runner: ScenarioRunner) {
    this.#runner = runner
  }

  static async load(paths: readonly string[] = FEATURES): Promise<Runs> {
    const { env, stdout, stderr } = process
    const environment = { cwd: process.cwd(), env, stdout, stderr }
    return new Runs(await ScenarioRunner.load(paths, 'integral', environment))
  }

  async run(behaviour: Behaviour = {}): Promise<RunRecord> {
    const { settings = {}, seed = 'integral' } = behaviour
    return recordOf(await this.#runner.run(behaviour), { seed, settings: { ...settings } })
  }
}
