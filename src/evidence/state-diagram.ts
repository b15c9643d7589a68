import { type Lifecycle, lifecycles } from '../machines/lifecycle.ts'
import { PLACED, REFUSED } from '../machines/lifecycle-rules.ts'
import {
  type Diagram,
  type DiagramEdge,
  type DiagramNode,
  type DiagramStep,
  dotOf,
} from './diagram.ts'
import { remembering } from './remembering.ts'
import { renderSvg } from './render-svg.ts'
import type { Judged, Timeline } from './timeline.ts'

/** Most orders of a run take one of few ways. */
const WAYS_KEPT = 1_000
const ways = remembering<Promise<string>>(WAYS_KEPT)

/** The lifecycle of an order, with the way it took. */
export function orderDiagram(timeline: Timeline): Promise<string> {
  const { lifecycle, observations } = timeline
  const way = JSON.stringify([lifecycle, observations.map(wayOf)])
  return ways(way, () => renderSvg(orderDot(timeline)))
}

/** All that is drawn of an observation. */
function wayOf({ after, status, judgement }: Judged): readonly unknown[] {
  const { kind } = judgement
  return [after, status, kind, ...(kind === 'skipped' ? judgement.unseen : [])]
}

/** The way of a refused placing: there is no order, and nothing follows. */
export function refusedDiagram(lifecycle: Lifecycle): Promise<string> {
  const diagram = lifecycleDiagram(lifecycle, {
    title: `Lifecycle ${lifecycle.name}, and a placing that was refused`,
    steps: [{ from: PLACED, to: REFUSED, as: 'seen' }],
    observed: [REFUSED],
  })
  return renderSvg(dotOf(diagram))
}

/** @see orderDiagram */
export function orderDot(timeline: Timeline): string {
  const lifecycle = lifecycles.find(({ name }) => name === timeline.lifecycle)
  if (!lifecycle)
    throw new TypeError(`Failed to draw an order: no lifecycle ${timeline.lifecycle}.`)
  // A finding that every further query repeats is one step.
  const steps = timeline.observations
    .flatMap(stepsOf)
    .filter((step, at, all) => step.as !== 'undocumented' || at === all.findIndex(sameAs(step)))
  return dotOf(
    lifecycleDiagram(lifecycle, {
      title: `Lifecycle ${lifecycle.name}, and the way this order took`,
      steps,
      observed: timeline.observations.map(({ status }) => status),
    }),
  )
}

function sameAs({ from, to }: DiagramStep): (other: DiagramStep) => boolean {
  return (other) => other.from === from && other.to === to
}

function stepsOf({ after, status, judgement }: Judged): DiagramStep[] {
  switch (judgement.kind) {
    case 'same':
      return []
    case 'step':
      return [{ from: after, to: status, as: 'seen' }]
    case 'finding':
      return [{ from: after, to: status, as: 'undocumented' }]
    case 'skipped': {
      const way = [after, ...judgement.unseen, status]
      return way.slice(1).map((to, at) => ({ from: way[at] ?? after, to, as: 'unseen' }))
    }
  }
}

function lifecycleDiagram(
  lifecycle: Lifecycle,
  way: Pick<Diagram, 'title' | 'steps' | 'observed'>,
): Diagram {
  const known = new Set<string>([PLACED, REFUSED, ...lifecycle.statuses])
  return {
    ...way,
    nodes: [
      ...nodesOf(lifecycle),
      ...[...new Set(way.observed)]
        .filter((id) => !known.has(id))
        .map((id) => ({ id, label: id, kind: 'unknown' as const })),
    ],
    edges: edgesOf(lifecycle),
  }
}

/** The states of a lifecycle, and the points where placing it begins and may end. */
export function nodesOf(lifecycle: Lifecycle): readonly DiagramNode[] {
  return [
    { id: PLACED, label: '', kind: 'start' },
    { id: REFUSED, label: 'error object:\nno order', kind: 'final' },
    ...lifecycle.statuses.map((status) => ({
      id: status,
      label: status,
      kind: lifecycle.isFinal(status) ? ('final' as const) : ('state' as const),
    })),
  ]
}

/** The arrows of a lifecycle with their causes, placing included. */
export function edgesOf(lifecycle: Lifecycle): readonly DiagramEdge[] {
  return [
    { from: PLACED, to: lifecycle.initial, label: 'placed' },
    { from: PLACED, to: REFUSED, label: 'refused' },
    ...lifecycle.transitions.map(({ from, to, event }) => ({ from, to, label: event })),
  ]
}
