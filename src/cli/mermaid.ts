import type { Lifecycle } from '../machines/lifecycle.ts'
import { PLACED, REFUSED } from '../machines/lifecycle-rules.ts'
import { arrowsOf, type Path } from '../machines/paths.ts'

/** Mermaid's own sign for where a diagram begins, and for where it ends. */
const START_OR_END = '[*]'

/** A lifecycle as a Mermaid state diagram. */
export function mermaidOf(lifecycle: Lifecycle): string {
  return stateDiagram(arrowsOf(lifecycle))
}

/** One path as a Mermaid state diagram of its own. */
export function mermaidOfPath(path: Path): string {
  return stateDiagram(path)
}

/** States that no arrow leaves are final. */
function stateDiagram(arrows: Path): string {
  const left = new Set<string>(arrows.map(({ from }) => from))
  const ends = [...new Set(arrows.map(({ to }) => to))].filter((state) => !left.has(state))
  const lines = [
    'direction LR',
    ...(ends.includes(REFUSED) ? [`${REFUSED} : error object, no order`] : []),
    ...arrows.map(
      ({ from, to, event }) => `${from === PLACED ? START_OR_END : from} --> ${to} : ${event}`,
    ),
    ...ends.map((state) => `${state} --> ${START_OR_END}`),
  ]
  return ['stateDiagram-v2', ...lines.map((line) => `  ${line}`), ''].join('\n')
}
