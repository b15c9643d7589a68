import { z } from 'zod'
import type { Capability } from '../backends/backend.ts'
import { isStaging, needsOf, SIMULATION_ONLY } from '../backends/needs.ts'
import { lineOf, type Message, type Pickle, type TestCase } from './cucumber-message.ts'

/** What is read of Cucumber's library of step definitions; the rest of it is its own business. */
const librarySchema = z.looseObject({
  stepDefinitions: z.array(
    z.looseObject({
      id: z.string(),
      options: z.looseObject({ wrapperOptions: z.unknown().optional() }),
    }),
  ),
})

/** What scenarios need, by `uri:line`; who needs nothing is absent. */
export type NeedsByPlace = Readonly<Record<string, readonly Capability[]>>

/**
 * What each scenario needs of a backend: the sum over its steps.
 *
 * @param messages - Of a dry run.
 * @param library - The step definitions of that run.
 */
export function needsByPlace(messages: readonly Message[], library: unknown): NeedsByPlace {
  const needs = needsByDefinition(library)
  const all = testedPickles(messages).map(([{ testSteps }, pickle]): [string, Capability[]] => {
    const needed = testSteps.flatMap(({ stepDefinitionIds = [] }) =>
      stepDefinitionIds.flatMap((id) => needs.get(id) ?? []),
    )
    return [`${pickle.uri}:${lineOf(pickle)}`, [...new Set(needed)]]
  })
  return Object.fromEntries(all.filter(([, needed]) => needed.length > 0))
}

/**
 * Scenarios whose tag does not say what their steps need, one sentence each: one that stages
 * something must be tagged, and one that stages nothing must not.
 *
 * @param messages - Of a dry run.
 * @param library - The step definitions of that run.
 */
export function needProblems(messages: readonly Message[], library: unknown): string[] {
  const needs = needsByDefinition(library)
  return testedPickles(messages).flatMap(([testCase, pickle]) => problemOf(testCase, pickle, needs))
}

function needsByDefinition(library: unknown): ReadonlyMap<string, readonly Capability[]> {
  const { stepDefinitions } = librarySchema.parse(library)
  return new Map(stepDefinitions.map(({ id, options }) => [id, needsOf(options)]))
}

/** Every scenario that would run, with what its steps were found to be. */
export function testedPickles(messages: readonly Message[]): [TestCase, Pickle][] {
  const pickles = new Map(messages.flatMap(({ pickle }) => (pickle ? [[pickle.id, pickle]] : [])))
  return messages.flatMap(({ testCase }): [TestCase, Pickle][] => {
    const pickle = pickles.get(testCase?.pickleId ?? '')
    return testCase && pickle ? [[testCase, pickle]] : []
  })
}

function problemOf(
  { testSteps }: TestCase,
  pickle: Pickle,
  needs: ReadonlyMap<string, readonly Capability[]>,
): string[] {
  const place = `${pickle.uri}:${lineOf(pickle)}: scenario "${pickle.name}"`
  const tagged = pickle.tags.some(({ name }) => name === SIMULATION_ONLY)
  const staging = testSteps.find(({ stepDefinitionIds = [] }) =>
    stepDefinitionIds.some((id) => (needs.get(id) ?? []).some(isStaging)),
  )
  if (tagged && !staging) {
    return [`${place} is tagged ${SIMULATION_ONLY}, but an endpoint could run it: remove the tag.`]
  }
  if (tagged || !staging) return []
  const step = pickle.steps.find(({ id }) => id === staging.pickleStepId)
  const needed = staging.stepDefinitionIds
    ?.flatMap((id) => needs.get(id) ?? [])
    .filter(isStaging)
    .join(', ')
  return [
    `${place} needs a backend that can ${needed} (step "${step?.text}"): tag it ${SIMULATION_ONLY}.`,
  ]
}
