import type { IRunEnvironment, IRunOptions } from '@cucumber/cucumber/api'
import { loadSources } from '@cucumber/cucumber/api'
import { assumptionsOf } from '../../backends/assumptions.ts'
import { assumptionProblems } from '../assumption-problems.ts'
import { lineOf, type Message, type Pickle, type TestCase } from '../cucumber-message.ts'
import { dryRun, stepLines, stepProblems } from '../find-problems.ts'
import { testedPickles } from '../need-problems.ts'
import { isMissing, orRefuse, parseProblem } from '../select-scenarios.ts'
import { UsageError } from '../usage-error.ts'
import type { PlayScenario, PlayScript, PlayStep } from './play-script.ts'
import { playStep } from './play-step.ts'
import { rehearse } from './rehearsal.ts'
import { type Vocabulary, vocabulary } from './vocabulary.ts'

/**
 * Loads feature files to be acted out for a client. The steps are those that `verify` runs; tags do
 * not matter here.
 *
 * @param files - Feature files, directories or `file:line`, one at least.
 * @throws {UsageError} One sentence per problem, each with its file and line where it has one: nothing
 *   to play, a step that is not defined, one that makes no sense to a client of somebody else's, or one
 *   that stages what cannot be.
 */
export async function loadPlay(
  files: readonly string[],
  environment: IRunEnvironment & { readonly cwd: string },
): Promise<PlayScript> {
  const missing = files.find((file) => isMissing(file, environment.cwd))
  if (missing !== undefined) {
    throw new UsageError(`There is no ${missing}: name a feature file, a directory or file:line.`)
  }
  const sources: IRunOptions['sources'] = {
    ...{ paths: [...files], defaultDialect: 'en', names: [], tagExpression: '' },
    ...{ order: 'defined', shard: '' },
  }
  const { plan, errors } = await orRefuse('read the features to play', () =>
    loadSources(sources, environment),
  )
  if (errors.length > 0) {
    throw new UsageError(...errors.map(({ uri, message }) => parseProblem(uri, message)))
  }
  if (files.length === 0 || plan.length === 0) {
    throw new UsageError(`Nothing to play: no scenario is in ${files.join(', ')}; name others.`)
  }
  const words = await orRefuse('load the step definitions', vocabulary)
  const messages = await orRefuse('check the steps', () =>
    dryRun(optionsOf(sources, words), environment.cwd),
  )
  const problems = stepProblems(messages)
  if (problems.length > 0) throw new UsageError(...new Set(problems))
  return { scenarios: await scenariosIn(messages, words) }
}

function optionsOf(sources: IRunOptions['sources'], { library }: Vocabulary): IRunOptions {
  const never = { dryRun: true, failFast: false, filterStacktraces: true, parallel: 0, retry: 0 }
  return {
    sources,
    support: library,
    runtime: { ...never, retryTagFilter: '', strict: true, worldParameters: {} },
    formats: { stdout: 'summary', files: {}, publish: false, options: {} },
  }
}

async function scenariosIn(
  messages: readonly Message[],
  { meanings }: Vocabulary,
): Promise<readonly PlayScenario[]> {
  const lines = stepLines(messages)
  const problems: string[] = []
  const scenarios: PlayScenario[] = []
  for (const [testCase, pickle] of testedPickles(messages)) {
    const assumed = assumptionProblems(pickle, {})
    problems.push(...assumed)
    const steps = stepsOf(testCase, pickle).flatMap(({ text, node, definition }): PlayStep[] => {
      const place = `${pickle.uri}:${lines.get(node) ?? lineOf(pickle)}`
      const meaning = meanings.get(definition)
      const step = meaning ? playStep(place, text, meaning) : 'it is not defined'
      if (typeof step !== 'string') return [step]
      problems.push(`${place}: step "${text}" cannot be played: ${step}; leave its scenario out.`)
      return []
    })
    const { uri, name } = pickle
    const isWhole = steps.length === pickle.steps.length
    if (isWhole && steps.every(({ kind }) => kind !== 'cue')) {
      problems.push(
        `${uri}:${lineOf(pickle)}: scenario "${name}" has nothing for a client to do: add a step of a trader.`,
      )
    }
    const settings = assumed.length > 0 ? {} : assumptionsOf(pickle.steps)
    const scenario = { place: `${uri}:${lineOf(pickle)}`, name, settings, steps }
    if (assumed.length === 0) problems.push(...(await rehearse(scenario)))
    scenarios.push(scenario)
  }
  if (problems.length > 0) throw new UsageError(...new Set(problems))
  return scenarios
}

/** The steps of a scenario, with the definition of each. */
function stepsOf({ testSteps }: TestCase, pickle: Pickle) {
  return testSteps.flatMap(({ pickleStepId, stepDefinitionIds = [] }) => {
    const step = pickle.steps.find(({ id }) => id === pickleStepId)
    if (!step) return []
    const [definition = ''] = stepDefinitionIds
    return [{ text: step.text, node: step.astNodeIds[0] ?? '', definition }]
  })
}
