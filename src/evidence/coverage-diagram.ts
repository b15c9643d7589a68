import { type Lifecycle, lifecycles } from '../machines/lifecycle.ts'
import { lifecycleRules, PLACED, REFUSED } from '../machines/lifecycle-rules.ts'
import type { Coverage } from './coverage.ts'
import { quote } from './diagram.ts'
import { renderSvg } from './render-svg.ts'
import { edgesOf, nodesOf } from './state-diagram.ts'

/** An arrow of a lifecycle, or one that was seen and is none, and whether a run saw it. */
export interface CoveredArrow {
  readonly from: string
  readonly to: string
  /** Its cause, as the model calls it; empty where it is not documented. */
  readonly cause: string
  readonly as: 'seen' | 'unseen' | 'undocumented'
  /** The rule that it stands for, or that it breaks. */
  readonly rule: string
}

/**
 * The arrows of a lifecycle as a run covered them, then what it saw against the diagram. Steps that
 * lead back to their status are left out: they change nothing, and are not counted.
 *
 * @param broken - Ids of the rules that are broken.
 */
export function coveredArrows(
  { lifecycle: name, transitions }: Coverage,
  broken: readonly string[],
): readonly CoveredArrow[] {
  const rules = lifecycleRules.filter(({ lifecycle }) => lifecycle === name)
  const causes = edgesOf(lifecycleNamed(name))
  return rules.flatMap(({ id, kind, from, to }): CoveredArrow[] => {
    const arrow = { from, to, rule: id }
    if (kind === 'forbidden') {
      return broken.includes(id) ? [{ ...arrow, cause: '', as: 'undocumented' }] : []
    }
    if (kind === 'known') return []
    const cause = causes.filter((edge) => edge.from === from && edge.to === to)
    const as = transitions.missing.includes(`${from} → ${to}`) ? 'unseen' : 'seen'
    return [{ ...arrow, cause: cause.map(({ label }) => label).join(', '), as }]
  })
}

/** What of a lifecycle a run saw, as SVG: seen in colour, unseen dashed, and each said in words too. */
export function coverageDiagram(
  coverage: Coverage,
  arrows: readonly CoveredArrow[],
): Promise<string> {
  return renderSvg(coverageDot(coverage, arrows))
}

/** Brightness and line differ as much as the colour does. */
const LINES = {
  seen: 'color="#0b5cad" fontcolor="#0b4a8a" penwidth=2.6',
  unseen: 'color="#6b7480" fontcolor="#4b5767" penwidth=1.2 style=dashed',
  undocumented: 'color="#a3160f" fontcolor="#a3160f" penwidth=3.2 style=dotted',
} as const

const NOTES = { seen: '', unseen: '\nnot seen', undocumented: 'seen, not\ndocumented' } as const

/** @see coverageDiagram */
function coverageDot(
  { lifecycle: name, states }: Coverage,
  arrows: readonly CoveredArrow[],
): string {
  const nodes = nodesOf(lifecycleNamed(name)).map(({ id, label, kind }) => {
    if (kind === 'start')
      return `${quote(id)} [shape=circle width=0.16 label="" style=filled fillcolor="#1c2430"]`
    const isSeen = !states.missing.includes(id)
    const look = isSeen
      ? 'style="rounded,filled" fillcolor="#e3eefa" color="#0b5cad" penwidth=2'
      : 'style="rounded,dashed" color="#6b7480" fontcolor="#4b5767"'
    const text = isSeen ? label : `${label}\nnot seen`
    return `${quote(id)} [label=${quote(text)} ${look}${kind === 'final' ? ' peripheries=2' : ''}]`
  })
  const edges = arrows.map(({ from, to, cause, as }) => {
    const label = quote(` ${cause}${NOTES[as]} `)
    return `${quote(from)} -> ${quote(to)} [label=${label} ${LINES[as]}]`
  })
  return [
    'digraph {',
    'rankdir=LR bgcolor="transparent" nodesep=0.35 ranksep=0.9',
    'node [fontname="Helvetica" fontsize=13 shape=box color="#6b7480" fontcolor="#1c2430" margin="0.16,0.08"]',
    'edge [fontname="Helvetica" fontsize=11 arrowsize=0.8]',
    ...nodes,
    ...edges,
    '}',
  ].join('\n')
}

function lifecycleNamed(name: string): Lifecycle {
  const lifecycle = lifecycles.find((each) => each.name === name)
  if (lifecycle) return lifecycle
  throw new TypeError(`Failed to draw what was covered: no lifecycle ${name}.`)
}

/** Where an arrow starts or ends, in words: `placed` and `refused` are no statuses. */
export function placeInWords(id: string): string {
  return { [PLACED]: 'placing', [REFUSED]: 'refused (no order)' }[id] ?? id
}
