import { existsSync } from 'node:fs'
import { extname, resolve } from 'node:path'
import {
  type IRunEnvironment,
  type IRunOptions,
  loadConfiguration,
  loadSources,
} from '@cucumber/cucumber/api'
import type { FeatureText } from '../evidence/bundle/digests.ts'
import { isSimulated } from '../evidence/simulated.ts'
import { emptySelection } from './empty-selection.ts'
import { findProblems } from './find-problems.ts'
import { loadSteps } from './load-steps.ts'
import type { NeedsByPlace } from './need-problems.ts'
import { SmallHeap } from './small-heap.ts'
import { messageOf, UsageError } from './usage-error.ts'
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
  const { runConfiguration } = await orRefuse('read the Cucumber configuration', () =>
    loadConfiguration(
      {
        provided: {
          order: options.order,
          name: [...options.names],
          tags: options.tags,
          shard: options.shard,
          parallel: options.parallel,
        },
      },
      environment,
    ),
  )
  const { sources, support, runtime } = runConfiguration
  const missing = options.paths.find((path) => isMissing(path, environment.cwd))
  if (missing !== undefined)
    throw new UsageError(`There is no ${missing}: name a feature file, a directory or file:line.`)
  if (options.paths.length > 0) sources.paths = [...options.paths]
  const { plan, errors } = await orRefuse('select the scenarios', () =>
    loadSources(sources, environment),
  )
  if (errors.length > 0) {
    throw new UsageError(...errors.map(({ uri, message }) => parseProblem(uri, message)))
  }
  if (plan.length === 0)
    throw new UsageError(emptySelection(options, sources.paths, environment.cwd))
  const library = await orRefuse('load the step definitions', () =>
    loadOnce({ sources, support }, environment),
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
  return { options: run, planned, needs, features, heap }
}

type Coordinates = Parameters<typeof loadSteps>[0]
const libraries = new Map<string, ReturnType<typeof loadSteps>>()

/** A module defines its steps when it is first loaded, and a process loads it once: so do all runs of it. */
function loadOnce(
  coordinates: Coordinates,
  environment: IRunEnvironment & { readonly cwd: string },
): ReturnType<typeof loadSteps> {
  const key = JSON.stringify([environment.cwd, coordinates.support])
  const known = libraries.get(key) ?? loadSteps(coordinates, environment)
  libraries.set(key, known)
  return known
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

export async function orRefuse<T>(what: string, load: () => Promise<T>): Promise<T> {
  try {
    return await load()
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`Failed to ${what}: ${messageOf(error).replace(/\.$/, '')}.`)
  }
}

/** Gherkin begins its message with the place, in parentheses. */
export function parseProblem(uri: string, message: string): string {
  const [, line, text] = /^\((\d+):\d+\): (.*)$/s.exec(message) ?? ['', '1', message]
  return `${uri}:${line}: not readable as Gherkin: ${messageOf(text)}.`
}

/** Whether a path that is no pattern leads nowhere. */
export function isMissing(path: string, cwd: string): boolean {
  const file = path.replace(/(?::\d+)+$/, '')
  return !/[*?{}[\]!()]/.test(file) && !existsSync(resolve(cwd, file))
}
