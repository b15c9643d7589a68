import { z } from 'zod'
import type { Capability } from '../backends/backend.ts'
import { needsOf, SIMULATION_ONLY } from '../backends/needs.ts'
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

/**
 * Scenarios whose tag does not say what their steps need, one sentence each: one that stages
 * something must be tagged, and one that stages nothing must not.
 *
 * @param messages - Of a dry run.
 * @param library - The step definitions of that run.
 */
export function needProblems(messages: readonly Message[], library: unknown): string[] {
  const { stepDefinitions } = librarySchema.parse(library)
  const needs = new Map(stepDefinitions.map(({ id, options }) => [id, needsOf(options)]))
  const pickles = new Map(messages.flatMap(({ pickle }) => (pickle ? [[pickle.id, pickle]] : [])))
  return messages.flatMap(({ testCase }) => {
    const pickle = pickles.get(testCase?.pickleId ?? '')
    return testCase && pickle ? problemOf(testCase, pickle, needs) : []
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
    stepDefinitionIds.some((id) => (needs.get(id) ?? []).length > 0),
  )
  if (tagged && !staging) {
    return [`${place} is tagged ${SIMULATION_ONLY}, but an endpoint could run it: remove the tag.`]
  }
  if (tagged || !staging) return []
  const step = pickle.steps.find(({ id }) => id === staging.pickleStepId)
  const needed = staging.stepDefinitionIds?.flatMap((id) => needs.get(id) ?? []).join(', ')
  return [
    `${place} needs a backend that can ${needed} (step "${step?.text}"): tag it ${SIMULATION_ONLY}.`,
  ]
}
