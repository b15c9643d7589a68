import { z } from 'zod'
import { type LifecycleName, lifecycleOf, lifecycles } from '../machines/lifecycle.ts'
import { lifecycleRules, PLACED } from '../machines/lifecycle-rules.ts'
import { type Finding, findingSchema } from './finding.ts'
import { isFinal, judgeStatuses } from './judge-statuses.ts'
import { type Observation, observationSchema } from './observations.ts'

const lifecycleNameSchema = z.enum(lifecycles.map(({ name }) => name) as [LifecycleName])

const judgementSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('same') }).readonly(),
  z.object({ kind: z.literal('step'), rule: z.string() }).readonly(),
  z.object({ kind: z.literal('skipped'), unseen: z.array(z.string()).readonly() }).readonly(),
  z
    .object({
      kind: z.literal('finding'),
      code: z.string(),
      rule: z.string(),
      detail: z.string(),
    })
    .readonly(),
])

/** An observation and what it means, given the one before. */
const judgedSchema = z
  .object({
    ...observationSchema.unwrap().shape,
    /** The status it was judged against; `placed` before any. */
    after: z.string(),
    judgement: judgementSchema,
  })
  .readonly()
export type Judged = z.infer<typeof judgedSchema>

/** What was seen of one order, in the order of the exchanges. */
export const timelineSchema = z
  .object({
    orderId: z.string(),
    coId: z.string().optional(),
    /** Absent where no answer said it; the order is then judged by the wider lifecycle, Limit. */
    type: z.string().optional(),
    lifecycle: lifecycleNameSchema,
    observations: z.array(judgedSchema).readonly(),
    /** Ids of the rules that were seen to hold, each once. */
    rulesHeld: z.array(z.string()).readonly(),
    findings: z.array(findingSchema).readonly(),
  })
  .readonly()
export type Timeline = z.infer<typeof timelineSchema>

/** The timelines of all orders that were observed, in the order in which they first were. */
export function timelinesOf(observations: readonly Observation[]): Timeline[] {
  const byOrder = Map.groupBy(observations, ({ orderId }) => orderId)
  return [...byOrder].map(([orderId, ofOrder]) => timelineOf(orderId, ofOrder))
}

function timelineOf(orderId: string, observations: readonly Observation[]): Timeline {
  const type = observations.find(({ orderType }) => orderType !== undefined)?.orderType
  const coId = observations.find((observation) => observation.coId !== undefined)?.coId
  const lifecycle = lifecycleOf(type ?? '')
  const { judged, findings, rulesHeld } = judgeStatuses(lifecycle, observations)
  return {
    orderId,
    ...(coId === undefined ? {} : { coId }),
    ...(type === undefined ? {} : { type }),
    lifecycle: lifecycle.name,
    observations: judged,
    // The diagrams are of PQ and Limit orders; what another type does shows nothing about them.
    rulesHeld: lifecycles.some(({ name }) => name === type) ? rulesHeld : [],
    findings: isDrawn(type) ? findings : findings.filter(isAboutAnEnd),
  }
}

/** Whether an order of this type follows a diagram; where nobody told the type, it is taken to. */
function isDrawn(type: string | undefined): boolean {
  return type === undefined || ['PQ', 'Limit', 'AtBest'].includes(type)
}

/** Of an order without a diagram only one thing can be judged: that its end is an end. */
function isAboutAnEnd({ rule }: Finding): boolean {
  const broken = lifecycleRules.find(({ id }) => id === rule)
  const lifecycle = lifecycles.find(({ name }) => name === broken?.lifecycle)
  return broken !== undefined && lifecycle !== undefined && isFinal(lifecycle, broken.from)
}

/** Whether the order was followed to a final status, by querying it. */
export function reachedItsEnd({ lifecycle, observations }: Timeline): boolean {
  const machine = lifecycles.find(({ name }) => name === lifecycle)
  return (
    machine !== undefined &&
    observations.some(({ by, status }) => by === 'query' && isFinal(machine, status))
  )
}

/** How sure we are of a rule, and its id. */
export function groundsOf(ruleId: string): string {
  const rule = lifecycleRules.find(({ id }) => id === ruleId)
  return `${rule?.source.mark === 'inferred' ? 'allowed, but only inferred' : 'documented'} (${ruleId})`
}

/** What an observation means, in words for a report. */
export function meaningOf({ after, judgement }: Judged): string {
  switch (judgement.kind) {
    case 'same':
      return 'unchanged'
    case 'step':
      return groundsOf(judgement.rule)
    case 'skipped':
      if (judgement.unseen.length > 0)
        return `legal; ${judgement.unseen.join(' and ')} not observed`
      return after === PLACED ? 'first seen by a query' : `after an unknown status, ${after}`
    case 'finding':
      return `FINDING ${judgement.code}: ${judgement.detail}`
  }
}
