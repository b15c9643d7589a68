import { type Diagram, dotOf } from '../evidence/diagram.ts'
import { renderSvg } from '../evidence/render-svg.ts'
import type { Lifecycle } from '../machines/lifecycle.ts'
import { PLACED, REFUSED } from '../machines/lifecycle-rules.ts'
import { arrowsOf, type Path, statusesOf } from '../machines/paths.ts'

/** A lifecycle as a picture, with one of its paths drawn in where one is given. */
export function modelSvg(lifecycle: Lifecycle, path: Path = []): Promise<string> {
  return renderSvg(spacious(dotOf(modelDiagram(lifecycle, path)), lifecycle))
}

/**
 * Leaves a margin, and leads the arrows of a status that has a loop away from the loop: they would
 * run through its label.
 */
function spacious(dot: string, { transitions }: Lifecycle): string {
  const loops = transitions.filter(({ from, to }) => from === to)
  const away = loops.reduce(
    (text, { from }) =>
      text.replaceAll(new RegExp(`^"${from}" -> (?!"${from}")".*?" \\[`, 'gm'), '$&tailport=e '),
    dot,
  )
  return away.replace('digraph {', 'digraph {\npad=0.2')
}

function modelDiagram(lifecycle: Lifecycle, path: Path): Diagram {
  const statuses = statusesOf(path)
  const way = statuses.length === 0 ? '' : `: ${[PLACED, ...statuses].join(' → ')}`
  return {
    title: `Lifecycle ${lifecycle.name}${way}`,
    nodes: [
      { id: PLACED, label: '', kind: 'start' },
      { id: REFUSED, label: 'error object:\nno order', kind: 'final' },
      ...lifecycle.statuses.map((status) => ({
        id: status,
        label: status,
        kind: lifecycle.isFinal(status) ? ('final' as const) : ('state' as const),
      })),
    ],
    edges: arrowsOf(lifecycle).map(({ from, to, event }) => ({ from, to, label: event })),
    steps: path.map(({ from, to }) => ({ from, to, as: 'seen' })),
    observed: statuses,
  }
}
