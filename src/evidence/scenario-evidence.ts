import { z } from 'zod'
import { lifecycleOf, lifecycles } from '../machines/lifecycle.ts'
import { PLACED, REFUSED, ruleId } from '../machines/lifecycle-rules.ts'
import { exchangeSchema } from './exchange.ts'
import { type Finding, findingSchema } from './finding.ts'
import { refusedPlacingSchema } from './observations.ts'
import { timelineSchema, timelinesOf } from './timeline.ts'
import type { Transcript } from './transcript.ts'

/** Media type of the document that every scenario leaves behind, whatever became of it. */
export const SCENARIO_EVIDENCE = 'application/vnd.integral.scenario-evidence+json'

/** Where a scenario stands: the line is that of its title, or of its row in an outline. */
const scenarioPlaceSchema = z
  .object({ uri: z.string(), name: z.string(), line: z.int().positive() })
  .readonly()
export type ScenarioPlace = z.infer<typeof scenarioPlaceSchema>

/** The way of one trader through the trading workflow: the states visited, the initial one first. */
const workflowPathSchema = z
  .object({ trader: z.string(), visited: z.array(z.string()).readonly() })
  .readonly()
export type WorkflowPath = z.infer<typeof workflowPathSchema>

/** All that a scenario saw. The verdict is computed from these documents alone. */
export const scenarioEvidenceSchema = z
  .object({
    scenario: scenarioPlaceSchema,
    target: z.string(),
    baseUrl: z.string(),
    seed: z.string(),
    exchanges: z.array(exchangeSchema).readonly(),
    orders: z.array(timelineSchema).readonly(),
    refused: z.array(refusedPlacingSchema).readonly(),
    workflows: z.array(workflowPathSchema).readonly().optional(),
    /** Ids of the lifecycle rules that were seen to hold, each once. */
    rulesHeld: z.array(z.string()).readonly(),
    findings: z.array(findingSchema).readonly(),
    /** Why this backend gave no chance to run the scenario; nothing has been placed then. */
    notVerified: z.string().optional(),
  })
  .readonly()
export type ScenarioEvidence = z.infer<typeof scenarioEvidenceSchema>

export interface ScenarioFacts {
  readonly scenario: ScenarioPlace
  readonly target: string
  readonly seed: string
  readonly notVerified?: string | undefined
  readonly workflows?: readonly WorkflowPath[] | undefined
  /** Departures that others noticed, e.g. a success answer of the wrong shape. */
  readonly findings?: readonly Finding[] | undefined
}

/** Draws the conclusions from a scenario's transcript. */
export function scenarioEvidence(transcript: Transcript, facts: ScenarioFacts): ScenarioEvidence {
  const { scenario, target, seed, notVerified, workflows, findings = [] } = facts
  const { observed, redactor } = transcript
  const orders = timelinesOf(observed.flatMap(({ observations }) => observations))
  const refused = observed.flatMap((each) => each.refused ?? [])
  const refusals = refused
    .filter(({ orderType }) => lifecycles.some(({ name }) => name === orderType))
    .map(({ orderType }) => ruleId(lifecycleOf(orderType), PLACED, REFUSED))
  const foreign = observed.flatMap((each): Finding[] => {
    if (!each.foreign) return []
    const { orderId, answered, exchange } = each.foreign
    const detail = `asked for ${orderId}, answered about ${answered.join(', ')}`
    return [
      { code: 'foreign-order', rule: 'query.by-server-id', orderId, detail, exchanges: [exchange] },
    ]
  })
  return {
    scenario: { ...scenario, name: redactor.redact(scenario.name) },
    target,
    baseUrl: transcript.baseUrl,
    seed,
    exchanges: transcript.exchanges,
    orders,
    refused,
    ...(workflows === undefined || workflows.length === 0 ? {} : { workflows }),
    rulesHeld: [...new Set([...refusals, ...orders.flatMap(({ rulesHeld }) => rulesHeld)])].sort(),
    findings: [...orders.flatMap((order) => order.findings), ...foreign, ...findings],
    ...(notVerified === undefined ? {} : { notVerified: redactor.redact(notVerified) }),
  }
}
