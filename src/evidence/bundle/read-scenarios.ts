import type { z } from 'zod'
import type { ScenarioRecord } from '../record/scenario-record.ts'
import { type Chain, recordsOf } from './chain.ts'
import { runLineSchema, scenarioLineSchema } from './scenario-lines.ts'

/** A scenario, and the number of its record. */
export interface NumberedScenario {
  readonly record: number
  readonly scenario: ScenarioRecord
}

/** What a chain of scenarios says. */
export interface ReadScenarios {
  readonly scenarios: readonly NumberedScenario[]
  /** What the run did of itself, and what it came to; absent where it did not come to its end. */
  readonly run?: z.infer<typeof runLineSchema>['run'] & { readonly record: number }
  /** Numbers of the lines that are neither. */
  readonly strange: readonly number[]
}

/** Reads a chain of scenarios, and believes everything it says. */
export function readScenarios(chain: Chain): ReadScenarios {
  const scenarios: NumberedScenario[] = []
  const strange: number[] = []
  let run: ReadScenarios['run']
  for (const { at, content } of recordsOf(chain)) {
    const record = content?.record ?? at
    const scenario = scenarioLineSchema.safeParse(content).data?.scenario
    const found = runLineSchema.safeParse(content).data?.run
    if (scenario) scenarios.push({ record, scenario })
    else if (found) run = { ...found, record }
    else strange.push(record)
  }
  return { scenarios, strange, ...(run && { run }) }
}
