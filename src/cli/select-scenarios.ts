import { existsSync } from 'node:fs'
import { resolve } from 'node:path'
import {
  type ILoadSourcesResult,
  type IRunConfiguration,
  type IRunEnvironment,
  loadConfiguration,
  loadSources,
} from '@cucumber/cucumber/api'
import { emptySelection } from './empty-selection.ts'
import { configurationTrouble, malformedTags } from './load-trouble.ts'
import { messageOf, UsageError } from './usage-error.ts'
import type { VerifyOptions } from './verify-options.ts'

/**
 * Finds what is to be run, without any step definition: no code of steps is run.
 *
 * @throws {UsageError} There is nothing, or it cannot be read; one sentence per problem.
 */
export async function selectScenarios(
  options: VerifyOptions,
  environment: IRunEnvironment & { readonly cwd: string },
): Promise<{
  readonly runConfiguration: IRunConfiguration
  readonly plan: ILoadSourcesResult['plan']
}> {
  const { runConfiguration } = await orRefuse(
    'read the Cucumber configuration',
    () =>
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
    (error) => configurationTrouble(error, environment.cwd),
  )
  const { sources } = runConfiguration
  const missing = options.paths.find((path) => isMissing(path, environment.cwd))
  if (missing !== undefined)
    throw new UsageError(`There is no ${missing}: name a feature file, a directory or file:line.`)
  if (options.paths.length > 0) sources.paths = [...options.paths]
  const { plan, errors } = await orRefuse('select the scenarios', async () => {
    try {
      return await loadSources(sources, environment)
    } catch (error) {
      throw malformedTags(error, options.tags) ?? error
    }
  })
  if (errors.length > 0) {
    throw new UsageError(...errors.map(({ uri, message }) => parseProblem(uri, message)))
  }
  if (plan.length === 0)
    throw new UsageError(emptySelection(options, sources.paths, environment.cwd))
  return { runConfiguration, plan }
}

export async function orRefuse<T>(
  what: string,
  load: () => Promise<T>,
  why: (error: unknown) => string = (error) => messageOf(error).replace(/\.$/, ''),
): Promise<T> {
  try {
    return await load()
  } catch (error) {
    if (error instanceof UsageError) throw error
    throw new UsageError(`Failed to ${what}: ${why(error)}.`)
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
