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

/** What was seen of a lifecycle, by name. */
interface SeenOf {
  readonly lifecycle: Lifecycle
  readonly states: Set<string>
  readonly transitions: Set<string>
  readonly pairs: Set<string>
}

/** What was observed, not what scenarios meant to bring about: a status that was skipped is not seen. */
export class CoverageTally {
  readonly #seen: readonly SeenOf[] = lifecycles.map((lifecycle) => ({
    lifecycle,
    states: new Set(),
    transitions: new Set(),
    pairs: new Set(),
  }))

  add(evidence: Pick<ScenarioEvidence, 'orders' | 'refused'>): void {
    for (const seen of this.#seen) addTo(seen, evidence)
  }

  /** @param own - What the run saw of itself, if that is to count too; it is not added. */
  coverage(own?: ScenarioEvidence): readonly Coverage[] {
    if (!own) return this.#seen.map(coverageOfOne)
    const both = new CoverageTally()
    both.add(own)
    for (const [at, seen] of this.#seen.entries()) {
      for (const what of ['states', 'transitions', 'pairs'] as const) {
        for (const name of seen[what]) both.#seen[at]?.[what].add(name)
      }
    }
    return both.coverage()
  }
}

export function coverageOf(evidences: Iterable<ScenarioEvidence>): readonly Coverage[] {
  const tally = new CoverageTally()
  for (const evidence of evidences) tally.add(evidence)
  return tally.coverage()
}

/** What is not covered, in words, a few for each lifecycle; empty where everything is. */
export function gapsIn(coverage: readonly Coverage[]): string[] {
  return coverage.flatMap(({ lifecycle, states, transitions, pairs }) => {
    const missing = [...states.missing, ...transitions.missing, ...pairs.missing]
    return missing.length === 0 ? [] : `${few(missing)} of a ${lifecycle} order`
  })
}

function addTo(
  { lifecycle, states, transitions, pairs }: SeenOf,
  { orders, refused }: Pick<ScenarioEvidence, 'orders' | 'refused'>,
): void {
  const { name } = lifecycle
  const histories = orders.filter(({ type }) => type === name).map((each) => each.observations)
  const isRefused = refused.some(({ orderType }) => orderType === name)
  const ways = [
    ...histories.map((history) => stepsSeen(lifecycle, history)),
    ...(isRefused ? [[{ from: PLACED, to: REFUSED }]] : []),
  ]
  if (isRefused) states.add(REFUSED)
  for (const { judgement, status } of histories.flat()) {
    if (judgement.kind !== 'finding') states.add(status)
  }
  for (const arrow of ways.flat().filter(isArrow)) transitions.add(nameOf(arrow))
  for (const way of ways) {
    for (const pair of way.flatMap((one, at) => pairFrom(one, way[at + 1]))) pairs.add(pair)
  }
}

function coverageOfOne({ lifecycle, states, transitions, pairs }: SeenOf): Coverage {
  const { name } = lifecycle
  const arrows = lifecycleArrows.filter((arrow) => arrow.lifecycle === name)
  const twos = arrows.flatMap((one) =>
    arrows.filter(({ from }) => from === one.to).map(({ to }) => `${nameOf(one)} → ${to}`),
  )
  return {
    lifecycle: name,
    states: covered([...lifecycle.statuses, REFUSED], states),
    transitions: covered(arrows.map(nameOf), transitions),
    pairs: covered(twos, pairs),
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

function covered(all: readonly string[], seen: ReadonlySet<string>): Covered {
  const missing = all.filter((name) => !seen.has(name))
  return { observed: all.length - missing.length, of: all.length, missing }
}
