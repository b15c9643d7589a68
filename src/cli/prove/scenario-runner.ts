import { Writable } from 'node:stream'
import { type IRunEnvironment, runCucumber } from '@cucumber/cucumber/api'
import type { ScenarioResult } from '../../evidence/verdict.ts'
import { type LoadedRun, loadRun } from '../load-run.ts'
import type { NeedsByPlace } from '../need-problems.ts'
import { ResultCollector } from '../result-collector.ts'
import { parseVerifyOptions } from '../verify-options.ts'

/** How the simulation behaves in one run of the scenarios. */
export interface Behaviour {
  /** Id of a deviation; absent where it behaves as it should. */
  readonly deviation?: string
  readonly settings?: Readonly<Record<string, unknown>>
  /** What all chance is derived from, where it is not that of the other runs. */
  readonly seed?: string
}

const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })

/** Runs the same scenarios again and again, each time on a simulation that behaves otherwise. */
export class ScenarioRunner {
  readonly #run: LoadedRun
  readonly #seed: string
  readonly #environment: IRunEnvironment & { readonly cwd: string }

  private constructor(
    run: LoadedRun,
    seed: string,
    environment: IRunEnvironment & { readonly cwd: string },
  ) {
    this.#run = run
    this.#seed = seed
    this.#environment = environment
  }

  /**
   * Loads the features and steps, once for all runs.
   *
   * @param paths - Feature files, directories or `file:line`; empty for all.
   * @throws {UsageError} They cannot be run.
   */
  static async load(
    paths: readonly string[],
    seed: string,
    environment: IRunEnvironment & { readonly cwd: string },
  ): Promise<ScenarioRunner> {
    const options = parseVerifyOptions({ target: 'simulation', seed, order: 'defined' }, paths)
    return new ScenarioRunner(await loadRun(options, environment), seed, environment)
  }

  /** What scenarios need of a backend, by `uri:line`. */
  get needs(): NeedsByPlace {
    return this.#run.needs
  }

  /**
   * Runs every scenario, and writes nothing.
   *
   * @throws {Error} The run broke off, or not all scenarios were run: it shows nothing then.
   */
  async run({
    deviation,
    settings = {},
    seed = this.#seed,
  }: Behaviour): Promise<readonly ScenarioResult[]> {
    const results: ScenarioResult[] = []
    const collector = new ResultCollector((record) => results.push(record))
    const { options, planned } = this.#run
    const worldParameters = {
      ...{ target: 'simulation', seed, settings: { ...settings } },
      evidenceOnly: true,
      ...(deviation !== undefined && { deviation }),
    }
    await runCucumber(
      {
        ...options,
        formats: { stdout: 'summary', files: {}, publish: false, options: {} },
        runtime: {
          ...options.runtime,
          worldParameters: JSON.parse(JSON.stringify(worldParameters)),
        },
      },
      { ...this.#environment, stdout: nowhere, stderr: nowhere },
      (message) => collector.receive(message),
    )
    const [breakage] = collector.breakages
    if (breakage !== undefined) throw new Error(`The run broke off: ${breakage}`)
    if (results.length < planned) {
      throw new Error(`Only ${results.length} of ${planned} scenarios were run.`)
    }
    return results
  }
}
