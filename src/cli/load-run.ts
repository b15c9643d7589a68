import { extname } from 'node:path'
import type { IRunEnvironment, IRunOptions } from '@cucumber/cucumber/api'
import type { FeatureText } from '../evidence/bundle/digests.ts'
import { isSimulated } from '../evidence/simulated.ts'
import { findProblems } from './find-problems.ts'
import { loadSteps } from './load-steps.ts'
import { loadTrouble } from './load-trouble.ts'
import type { NeedsByPlace } from './need-problems.ts'
import { orRefuse, selectScenarios } from './select-scenarios.ts'
import { SmallHeap } from './small-heap.ts'
import { stepDigests } from './step-digests.ts'
import { UsageError } from './usage-error.ts'
import type { VerifyOptions } from './verify-options.ts'

/** A run that can start: everything is found, read and defined. */
export interface LoadedRun {
  readonly options: IRunOptions
  /** How many scenarios will run. */
  readonly planned: number
  /** What they need of the backend. */
  readonly needs: NeedsByPlace
  /** The features that they stand in, as read. */
  readonly features: readonly FeatureText[]
  /** SHA-256, in hex, of the files that define its steps, and of Cucumber's configuration, by name. */
  readonly steps: Readonly<Record<string, string>>
  /** Small where the run is long. */
  readonly heap: SmallHeap
}

/**
 * Loads the configuration, the features and the step definitions, and refuses what could not be
 * judged before anything is executed.
 *
 * @param ended - Scenarios that are not run again, as verdicts name them.
 * @throws {UsageError} One sentence per problem, each with its file and line where it has one.
 */
export async function loadRun(
  options: VerifyOptions,
  environment: IRunEnvironment & { readonly cwd: string },
  ended: readonly string[] = [],
): Promise<LoadedRun> {
  const { target, seed } = options
  // Those of an endpoint are the coordinator's business; scenarios assume settings of a simulation.
  const settings = isSimulated(target) ? options.settings : {}
  const { runConfiguration, plan } = await selectScenarios(options, environment)
  const { sources, support, runtime } = runConfiguration
  const { library, steps } = await orRefuse(
    'load the step definitions',
    () => loadOnce({ sources, support }, environment),
    (error) =>
      loadTrouble(
        error,
        [...(support.importPaths ?? []), ...(support.requirePaths ?? [])],
        environment.cwd,
      ),
  )
  // Not before: the files that the features were read from are closed by now, and let go of them.
  const heap = new SmallHeap(plan.length)
  const run: IRunOptions = {
    ...runConfiguration,
    support: library,
    ...(ended.length > 0 && { plugins: pluginsFor(runConfiguration.plugins, ended) }),
    runtime: {
      ...runtime,
      worldParameters: JSON.parse(JSON.stringify({ target, seed, settings })),
    },
  }
  const { problems, needs, features } = await orRefuse('check the steps', () =>
    findProblems(run, environment.cwd),
  )
  if (problems.length > 0) throw new UsageError(...problems)
  const planned = plannedOf(plan.length, options.shard) - ended.length
  return { options: run, planned, needs, features, steps, heap }
}

type Coordinates = Parameters<typeof loadSteps>[0]
type Loaded = Promise<{
  readonly library: Awaited<ReturnType<typeof loadSteps>>
  readonly steps: LoadedRun['steps']
}>
const loaded = new Map<string, Loaded>()

/** A module defines its steps when it is first loaded, and a process loads it once: so do all runs of it. */
function loadOnce(
  coordinates: Coordinates,
  environment: IRunEnvironment & { readonly cwd: string },
): Loaded {
  const { cwd } = environment
  const key = JSON.stringify([cwd, coordinates.support])
  const known = loaded.get(key) ?? load()
  loaded.set(key, known)
  return known
  async function load() {
    const library = await loadSteps(coordinates, environment)
    return { library, steps: stepDigests(library, cwd) }
  }
}

/** Cucumber's own choice knows files, lines, tags and names; this one is made after it. */
function pluginsFor(
  plugins: IRunOptions['plugins'],
  ended: readonly string[],
): NonNullable<IRunOptions['plugins']> {
  const url = new URL(`./resume/remaining-plugin${extname(import.meta.url)}`, import.meta.url)
  return {
    specifiers: [...(plugins?.specifiers ?? []), url.href],
    options: { ...plugins?.options, remaining: { ended } },
  }
}

/** How many of so many scenarios belong to a shard: Cucumber deals them out in turn. */
function plannedOf(all: number, shard: string): number {
  if (shard === '') return all
  const [index = 1, total = 1] = shard.split('/').map(Number)
  return Math.max(0, Math.ceil((all - index + 1) / total))
}
