import type { Lifecycle } from '../machines/lifecycle.ts'
import {
  forbiddenFrom,
  knownStatusRuleId,
  lifecycleRules,
  PLACED,
} from '../machines/lifecycle-rules.ts'
import { type Judgement, judge } from '../machines/monitor.ts'
import type { Finding } from './finding.ts'
import type { Observation } from './observations.ts'

/** An observation and what it means, given the ones before. */
export interface JudgedStatus extends Observation {
  /** The status it was judged against; `placed` before any. */
  readonly after: string
  readonly judgement: Judgement
}

export interface JudgedStatuses {
  readonly judged: readonly JudgedStatus[]
  /** The same step is told once, however often it was seen. */
  readonly findings: readonly Finding[]
  readonly rulesHeld: readonly string[]
}

/** What an observation is judged against. */
interface Earlier {
  readonly status: string
  readonly exchange?: number
}

/**
 * Judges the statuses of one order, in the order in which they were seen.
 *
 * What is final stays so: a FILLED that turns NEW and FILLED again has not been filled twice. After a
 * status that the lifecycle does not have, the next one is judged by the last that it has.
 */
export function judgeStatuses(lifecycle: Lifecycle, seen: readonly Observation[]): JudgedStatuses {
  // A repeated placing may be answered with the order that there was, as it was once (setting 20).
  const observations = seen.filter(({ by }, at) => by === 'query' || at === 0)
  const judged: JudgedStatus[] = []
  let earlier: Earlier = { status: PLACED }
  for (const observation of observations) {
    const { status, exchange } = observation
    const isRepeated = judged.at(-1)?.status === status && !isOf(lifecycle, status)
    const judgement = isRepeated
      ? ({ kind: 'same' } as const)
      : judgeNext(lifecycle, earlier.status, observation)
    judged.push({ ...observation, after: earlier.status, judgement })
    const contradictsEnd = judgement.kind === 'finding' && isFinal(lifecycle, earlier.status)
    if (isOf(lifecycle, status) && !contradictsEnd) earlier = { status, exchange }
  }
  return {
    judged,
    findings: findingsIn(judged),
    rulesHeld: [...new Set(judged.flatMap((each) => heldBy(lifecycle, each)))],
  }
}

function findingsIn(judged: readonly JudgedStatus[]): readonly Finding[] {
  const findings = new Map<string, Finding>()
  for (const [at, { judgement, orderId, exchange, after }] of judged.entries()) {
    if (judgement.kind !== 'finding') continue
    const { code, rule, detail } = judgement
    const key = `${rule} ${detail}`
    if (findings.has(key)) continue
    const before = judged.slice(0, at).findLast(({ status }) => status === after)
    const exchanges = [...(before === undefined ? [] : [before.exchange]), exchange]
    findings.set(key, { code, rule, orderId, expected: promiseOf(rule), detail, exchanges })
  }
  return [...findings.values()]
}

/** A legal observation holds its arrow, and every rule that forbids another way from where it came. */
function heldBy(lifecycle: Lifecycle, { after, by, status, judgement }: JudgedStatus): string[] {
  if (judgement.kind === 'finding' || !isOf(lifecycle, status)) return []
  const isFirstQuery = after === PLACED && by === 'query'
  return [
    knownStatusRuleId(lifecycle),
    ...(judgement.kind === 'step' ? [judgement.rule] : []),
    ...(isFirstQuery ? [] : forbiddenFrom(lifecycle, after)),
  ]
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

function promiseOf(rule: string): string {
  return lifecycleRules.find(({ id }) => id === rule)?.sentence ?? ''
}

function isOf(lifecycle: Lifecycle, status: string): boolean {
  return lifecycle.statuses.some((known) => known === status)
}

/** Whether a status is final in a lifecycle; one that it does not have is not. */
export function isFinal(lifecycle: Lifecycle, status: string): boolean {
  return lifecycle.statuses.some((known) => known === status && lifecycle.isFinal(known))
}
