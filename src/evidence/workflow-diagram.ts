import { type AnyStateMachine, transition } from 'xstate'
import { tradingWorkflow } from '../machines/trading-workflow.ts'
import { type DiagramEdge, dotOf } from './diagram.ts'
import { remembering } from './remembering.ts'
import { renderSvg } from './render-svg.ts'

/** Most traders of a run take one of few ways. */
const WAYS_KEPT = 1_000
const ways = remembering<Promise<string>>(WAYS_KEPT)

/**
 * The trading workflow, with the way a trader took.
 *
 * @param visited - States of the workflow machine in the order of the visits, the initial one first.
 */
export function workflowDiagram(title: string, visited: readonly string[]): Promise<string> {
  return ways(JSON.stringify([title, visited]), () => renderSvg(workflowDot(title, visited)))
}

/** The machine is asked once: it takes longer than drawing. */
const edges = edgesOf(tradingWorkflow)
const known = Object.keys(tradingWorkflow.states)
const finals = new Set(known.filter((id) => isFinalState(tradingWorkflow, id)))

/** @see workflowDiagram */
export function workflowDot(title: string, visited: readonly string[]): string {
  const isDocumented = (from: string, to: string) =>
    edges.some((edge) => edge.from === from && edge.to === to)
  return dotOf({
    title,
    nodes: [
      ...known.map((id) => ({
        id,
        label: spaced(id),
        kind: finals.has(id) ? ('final' as const) : ('state' as const),
      })),
      ...[...new Set(visited)]
        .filter((id) => !known.includes(id))
        .map((id) => ({ id, label: id, kind: 'unknown' as const })),
    ],
    edges,
    observed: visited,
    steps: visited.slice(1).map((to, at) => {
      const from = visited[at] ?? to
      return { from, to, as: isDocumented(from, to) ? 'seen' : 'undocumented' }
    }),
  })
}

/** Every arrow of a machine, read off by asking it; arrows between the same states share one line. */
function edgesOf(machine: AnyStateMachine): DiagramEdge[] {
  const arrows = Object.keys(machine.states).flatMap((from) => {
    const at = machine.resolveState({ value: from, context: undefined })
    return machine.events.flatMap((type) => {
      if (!at.can({ type })) return []
      const [{ value }] = transition(machine, at, { type })
      return { from, to: String(value), label: String(type) }
    })
  })
  return [...Map.groupBy(arrows, ({ from, to }) => `${from} ${to}`).values()].flatMap((group) => {
    const [first] = group
    return first ? { ...first, label: group.map(({ label }) => label).join('\n') } : []
  })
}

function isFinalState(machine: AnyStateMachine, id: string): boolean {
  return machine.resolveState({ value: id, context: undefined }).status === 'done'
}

/** `signedOut` as people write it: `signed out`. */
function spaced(id: string): string {
  return id.replaceAll(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`)
}
