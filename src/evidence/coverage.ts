import { type Lifecycle, type LifecycleName, lifecycles } from '../machines/lifecycle.ts'
import { lifecycleArrows, PLACED, REFUSED, ruleId } from '../machines/lifecycle-rules.ts'
import { few } from './few.ts'
import type { ScenarioEvidence } from './scenario-evidence.ts'
import type { Judged } from './timeline.ts'

/** How much of something was observed, and what was not, by name. */
export interface Covered {
  readonly observed: number
  readonly of: number
  readonly missing: readonly string[]
}

/** What of a lifecycle a run observed. Orders of other types show nothing about it. */
export interface Coverage {
  readonly lifecycle: LifecycleName
  /** The statuses, and the placing that was refused. */
  readonly states: Covered
  /** The documented arrows, placing included, each seen at both ends. */
  readonly transitions: Covered
  /** Two arrows after each other, seen on one order. */
  readonly pairs: Covered
}

interface Arrow {
  readonly from: string
  readonly to: string
}

/** What was observed, not what scenarios meant to bring about: a status that was skipped is not seen. */
export function coverageOf(evidences: readonly ScenarioEvidence[]): readonly Coverage[] {
  return lifecycles.map((lifecycle) => coverageOfOne(lifecycle, evidences))
}

/** What is not covered, in words, a few for each lifecycle; empty where everything is. */
export function gapsIn(coverage: readonly Coverage[]): string[] {
  return coverage.flatMap(({ lifecycle, states, transitions, pairs }) => {
    const missing = [...states.missing, ...transitions.missing, ...pairs.missing]
    return missing.length === 0 ? [] : `${few(missing)} of a ${lifecycle} order`
  })
}

function coverageOfOne(lifecycle: Lifecycle, evidences: readonly ScenarioEvidence[]): Coverage {
  const { name } = lifecycle
  const arrows = lifecycleArrows.filter((arrow) => arrow.lifecycle === name)
  const histories = evidences
    .flatMap(({ orders }) => orders)
    .filter(({ type }) => type === name)
    .map(({ observations }) => observations)
  const isRefused = evidences.some(({ refused }) =>
    refused.some(({ orderType }) => orderType === name),
  )
  const ways = [
    ...histories.map((history) => stepsSeen(lifecycle, history)),
    ...(isRefused ? [[{ from: PLACED, to: REFUSED }]] : []),
  ]
  const statuses = histories
    .flat()
    .filter(({ judgement }) => judgement.kind !== 'finding')
    .map(({ status }) => status)
  return {
    lifecycle: name,
    states: covered(
      [...lifecycle.statuses, REFUSED],
      [...statuses, ...(isRefused ? [REFUSED] : [])],
    ),
    transitions: covered(arrows.map(nameOf), ways.flat().filter(isArrow).map(nameOf)),
    pairs: covered(
      arrows.flatMap((one) =>
        arrows.filter(({ from }) => from === one.to).map(({ to }) => `${nameOf(one)} → ${to}`),
      ),
      ways.flatMap((way) => way.flatMap((one, at) => pairFrom(one, way[at + 1]))),
    ),
  }
}

/** The steps that an order was seen to take, in order; between two of them it was not lost sight of. */
function stepsSeen(
  lifecycle: Lifecycle,
  history: readonly Judged[],
): readonly (Arrow | undefined)[] {
  return history
    .filter(({ judgement }) => judgement.kind !== 'same')
    .map(({ after, status, judgement }) =>
      judgement.kind === 'step' && judgement.rule === ruleId(lifecycle, after, status)
        ? { from: after, to: status }
        : undefined,
    )
}

function pairFrom(one: Arrow | undefined, other: Arrow | undefined): string[] {
  return one && other && one.to === other.from ? [`${nameOf(one)} → ${other.to}`] : []
}

function isArrow(arrow: Arrow | undefined): arrow is Arrow {
  return arrow !== undefined
}

function nameOf({ from, to }: Arrow): string {
  return `${from} → ${to}`
}

function covered(all: readonly string[], seen: readonly string[]): Covered {
  const missing = all.filter((name) => !seen.includes(name))
  return { observed: all.length - missing.length, of: all.length, missing }
}
