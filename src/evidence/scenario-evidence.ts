import { z } from 'zod'
import { lifecycleOf, lifecycles } from '../machines/lifecycle.ts'
import { PLACED, REFUSED, ruleId } from '../machines/lifecycle-rules.ts'
import { type Account, accountSchema } from './account.ts'
import { byText } from './by-text.ts'
import { contradictionOf } from './contradiction.ts'
import { exchangeSchema } from './exchange.ts'
import { type Finding, findingSchema } from './finding.ts'
import { judgeByRules } from './judge-by-rules.ts'
import { observe, refusedPlacingSchema } from './observations.ts'
import { type Bounds, type Matter, matterOf } from './reading/matter.ts'
import { timelineSchema, timelinesOf } from './timeline.ts'
import type { Transcript } from './transcript.ts'
import { variantSchema } from './variants/variant.ts'
import { variantsIn } from './variants/variants.ts'

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
    /** As whom it traded, where scenarios of the run traded as different users. */
    account: accountSchema.optional(),
    exchanges: z.array(exchangeSchema).readonly(),
    /** The orders that were placed here, or asked for by server id; those of others are left out. */
    orders: z.array(timelineSchema).readonly(),
    refused: z.array(refusedPlacingSchema).readonly(),
    workflows: z.array(workflowPathSchema).readonly().optional(),
    /** Ids of the rules that were seen to hold, each once, those of the lifecycles included. */
    rulesHeld: z.array(z.string()).readonly(),
    findings: z.array(findingSchema).readonly(),
    /** How gaps of the documentation were seen to be filled. */
    variants: z.array(variantSchema).readonly(),
    /** The wrong behaviour that the simulation was made to show, to prove the judge on it. */
    deviation: z.string().optional(),
    /** Why this backend gave no chance to run the scenario; nothing has been placed then. */
    notVerified: z.string().optional(),
  })
  .readonly()
export type ScenarioEvidence = z.infer<typeof scenarioEvidenceSchema>

export interface ScenarioFacts {
  readonly scenario: ScenarioPlace
  readonly target: string
  readonly seed: string
  readonly account?: Account | undefined
  readonly notVerified?: string | undefined
  readonly deviation?: string | undefined
  readonly workflows?: readonly WorkflowPath[] | undefined
  /** How long an end and a trade may take. Defaults: see `Bounds`. */
  readonly bounds?: Partial<Bounds> | undefined
  /** Whether this is the run itself, which is judged on what its scenarios did, taken together. */
  readonly isWholeRun?: boolean | undefined
}

/** Draws the conclusions from a scenario's transcript: every rule is judged on every exchange. */
export function scenarioEvidence(transcript: Transcript, facts: ScenarioFacts): ScenarioEvidence {
  const { scenario, target, seed, notVerified, workflows, bounds, account } = facts
  const { isWholeRun = false, deviation } = facts
  const { whole, matches, redactor } = transcript
  const matter = matterOf(whole, matches, bounds, isWholeRun)
  const observed = matter.readings.map((reading) => observe(reading, isWholeRun))
  const own = new Set(matter.orders.map(({ orderId }) => orderId))
  const orders = timelinesOf(
    observed.flatMap(({ observations }) => observations.filter(({ orderId }) => own.has(orderId))),
  )
  const refused = observed.flatMap((each) => each.refused ?? [])
  const refusals = refused
    .filter(({ orderType }) => lifecycles.some(({ name }) => name === orderType))
    .map(({ orderType }) => ruleId(lifecycleOf(orderType), PLACED, REFUSED))
  const judged = judgeByRules(matter)
  const held = [...refusals, ...orders.flatMap(({ rulesHeld }) => rulesHeld), ...judged.rulesHeld]
  return {
    scenario: { ...scenario, name: redactor.redact(scenario.name) },
    target,
    baseUrl: transcript.baseUrl,
    seed,
    ...(account && { account }),
    exchanges: transcript.exchanges,
    orders,
    refused,
    ...(workflows === undefined || workflows.length === 0 ? {} : { workflows }),
    rulesHeld: [...new Set(held)].sort(byText),
    findings: [...orders.flatMap((order) => order.findings), ...judged.findings].map((finding) =>
      withContradiction(finding, matter),
    ),
    variants: variantsIn(matter),
    ...(deviation === undefined ? {} : { deviation }),
    ...(notVerified === undefined ? {} : { notVerified: redactor.redact(notVerified) }),
  }
}

function withContradiction(finding: Finding, matter: Matter): Finding {
  const contradicts = contradictionOf(finding, matter)
  return contradicts === undefined ? finding : { ...finding, contradicts }
}
