import { z } from 'zod'
import {
  type Lifecycle,
  type LifecycleName,
  lifecycleOf,
  lifecycles,
} from '../machines/lifecycle.ts'
import { lifecycleRules, PLACED } from '../machines/lifecycle-rules.ts'
import { type Judgement, judge } from '../machines/monitor.ts'
import { type Finding, findingSchema } from './finding.ts'
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
  const { judged, findings } = judgeAll(lifecycle, observations)
  const held = judged.flatMap(({ judgement }) => (judgement.kind === 'step' ? judgement.rule : []))
  return {
    orderId,
    ...(coId === undefined ? {} : { coId }),
    ...(type === undefined ? {} : { type }),
    lifecycle: lifecycle.name,
    observations: judged,
    // The diagrams are of PQ and Limit orders; what another type does shows nothing about them.
    rulesHeld: lifecycles.some(({ name }) => name === type) ? [...new Set(held)] : [],
    findings,
  }
}

function judgeAll(
  lifecycle: Lifecycle,
  observations: readonly Observation[],
): { judged: Judged[]; findings: Finding[] } {
  const judged: Judged[] = []
  const findings = new Map<string, Finding>()
  let earlier: { readonly status: string; readonly exchange?: number } = { status: PLACED }
  for (const observation of observations) {
    const { status, orderId, exchange } = observation
    const judgement = judgeNext(lifecycle, earlier.status, observation)
    judged.push({ ...observation, after: earlier.status, judgement })
    if (judgement.kind === 'finding' && !findings.has(judgement.rule)) {
      const { code, rule, detail } = judgement
      const exchanges = [...(earlier.exchange === undefined ? [] : [earlier.exchange]), exchange]
      findings.set(rule, { code, rule, orderId, detail, exchanges })
    }
    // What is final stays so: a FILLED that turns NEW and FILLED again has not been filled twice.
    const contradictsEnd = judgement.kind === 'finding' && isFinal(lifecycle, earlier.status)
    if (!contradictsEnd) earlier = { status, exchange }
  }
  return { judged, findings: [...findings.values()] }
}

/**
 * An order that is first seen by a query was placed elsewhere, or the answer to placing it was lost:
 * its RECEIVED has not been seen, and so no arrow that begins there.
 */
function judgeNext(lifecycle: Lifecycle, earlier: string, { status, by }: Observation): Judgement {
  if (earlier !== PLACED || by === 'placing') return judge(lifecycle, earlier, status)
  const judgement = judge(lifecycle, lifecycle.initial, status)
  if (judgement.kind === 'finding') return judgement
  if (judgement.kind === 'same') return { kind: 'skipped', unseen: [] }
  const between = judgement.kind === 'skipped' ? judgement.unseen : []
  return { kind: 'skipped', unseen: [lifecycle.initial, ...between] }
}

function isFinal(lifecycle: Lifecycle, status: string): boolean {
  return lifecycle.statuses.some((known) => known === status && lifecycle.isFinal(known))
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
