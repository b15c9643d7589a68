import { Writable } from 'node:stream'
import { type IRunOptions, runCucumber } from '@cucumber/cucumber/api'
import type { FeatureText } from '../evidence/bundle/digests.ts'
import { assumptionProblems } from './assumption-problems.ts'
import {
  type GherkinDocument,
  lineOf,
  type Message,
  type Pickle,
  type TestCase,
} from './cucumber-message.ts'
import { type NeedsByPlace, needProblems, needsByPlace, testedPickles } from './need-problems.ts'

/** What a dry run shows of the chosen scenarios. */
export interface DryRun {
  readonly problems: readonly string[]
  readonly needs: NeedsByPlace
  /** The features that they stand in, as read. */
  readonly features: readonly FeatureText[]
}

/**
 * What the chosen scenarios need of a backend, and what keeps them from running, one sentence each, with file and line: steps that
 * are not defined or defined twice, scenarios without steps, tags that do not say what is
 * needed, assumptions that cannot be. Nothing is executed.
 */
export async function findProblems(options: IRunOptions, cwd: string): Promise<DryRun> {
  const messages = await dryRun(options, cwd)
  const problems = stepProblems(messages)
  const settings = Object(options.runtime.worldParameters).settings ?? {}
  const assumptions = messages.flatMap(({ pickle }) =>
    pickle ? assumptionProblems(pickle, settings) : [],
  )
  const all =
    problems.length > 0 ? problems : [...needProblems(messages, options.support), ...assumptions]
  return {
    problems: [...new Set(all)],
    needs: needsByPlace(messages, options.support),
    features: messages.flatMap(featureIn),
  }
}

/** A feature file, where a message brings one. */
function featureIn({ source }: Message): FeatureText[] {
  return source ? [{ uri: source.uri, text: source.data }] : []
}

/**
 * What Cucumber tells of a run in which nothing is executed: all that comes before the first scenario. What it
 * tells of each step that it passes over is let go; of very many scenarios it would fill the memory.
 */
export async function dryRun(options: IRunOptions, cwd: string): Promise<readonly Message[]> {
  const messages: Message[] = []
  const nowhere = new Writable({ write: (_chunk, _encoding, done) => done() })
  await runCucumber(
    {
      ...options,
      runtime: { ...options.runtime, dryRun: true, parallel: 0, retry: 0 },
      // The only formatter that keeps nothing.
      formats: { stdout: 'message', files: {}, publish: false, options: {} },
    },
    { cwd, stdout: nowhere, stderr: nowhere },
    (message) => {
      if (!isOfExecution(message)) messages.push(message)
    },
  )
  return messages
}

function isOfExecution(message: Message): boolean {
  const { testCaseStarted, testStepStarted, testStepFinished, testCaseFinished } = message
  return Boolean(testCaseStarted ?? testStepStarted ?? testStepFinished ?? testCaseFinished)
}

/** Scenarios without steps, and steps that are not defined or defined twice, of a dry run. */
export function stepProblems(messages: readonly Message[]): string[] {
  const lines = stepLines(messages)
  const definitions = new Map(messages.flatMap(placeOfDefinition))
  return testedPickles(messages).flatMap(([testCase, pickle]) =>
    problemsOf(testCase, pickle, lines, definitions),
  )
}

/** The line of every step, by the id of its node. */
export function stepLines(messages: readonly Message[]): ReadonlyMap<string, number> {
  return new Map(messages.flatMap(({ gherkinDocument }) => linesOf(gherkinDocument)))
}

function problemsOf(
  testCase: TestCase,
  pickle: Pickle,
  lines: ReadonlyMap<string, number>,
  definitions: ReadonlyMap<string, string>,
): string[] {
  const { uri, name, steps } = pickle
  if (steps.length === 0) {
    return [`${uri}:${lineOf(pickle)}: scenario "${name}" has no steps: write some, or remove it.`]
  }
  return testCase.testSteps.flatMap(({ pickleStepId, stepDefinitionIds }) => {
    const step = steps.find(({ id }) => id === pickleStepId)
    if (!step || stepDefinitionIds?.length === 1) return []
    const place = `${uri}:${lines.get(step.astNodeIds[0] ?? '') ?? lineOf(pickle)}`
    const choices = (stepDefinitionIds ?? []).map((id) => definitions.get(id) ?? 'unknown place')
    return choices.length === 0
      ? `${place}: step "${step.text}" is not defined: correct its wording, or define it.`
      : `${place}: step "${step.text}" is ambiguous: it is defined at ${choices.join(' and ')}.`
  })
}

function placeOfDefinition({ stepDefinition }: Message): [string, string][] {
  if (!stepDefinition) return []
  const { uri, location } = stepDefinition.sourceReference
  return [[stepDefinition.id, `${uri ?? 'unknown file'}:${location?.line ?? 1}`]]
}

/** The line of every step of a feature, by its id. */
function linesOf(document: GherkinDocument | undefined): [string, number][] {
  const children = document?.feature?.children ?? []
  const containers = children.flatMap((child) => [child, ...(child.rule?.children ?? [])])
  return containers
    .flatMap(({ background, scenario }) => [
      ...(background?.steps ?? []),
      ...(scenario?.steps ?? []),
    ])
    .map(({ id, location }) => [id, location.line])
}
