/** A state of a diagram, or the point where it begins. */
export interface DiagramNode {
  readonly id: string
  readonly label: string
  readonly kind: 'start' | 'state' | 'final' | 'unknown'
}

/** An arrow of the machine. */
export interface DiagramEdge {
  readonly from: string
  readonly to: string
  readonly label: string
}

/**
 * One step that was taken. `unseen`: it must have happened between two observations; `undocumented`:
 * the machine has no such arrow.
 */
export interface DiagramStep {
  readonly from: string
  readonly to: string
  readonly as: 'seen' | 'unseen' | 'undocumented'
}

export interface Diagram {
  readonly title: string
  readonly nodes: readonly DiagramNode[]
  readonly edges: readonly DiagramEdge[]
  readonly steps: readonly DiagramStep[]
  /** Ids of the states that were observed themselves; others on the way are drawn dashed. */
  readonly observed: readonly string[]
}

/** Colours differ in brightness too, and no meaning rests on colour alone: it prints in black and white. */
const STYLE = {
  idle: 'color="#888888" fontcolor="#666666"',
  seen: 'color="#0b5cad" fontcolor="#0b5cad" penwidth=3',
  unseen: 'color="#0b5cad" fontcolor="#0b5cad" penwidth=3 style=dashed',
  undocumented: 'color="#b00020" fontcolor="#b00020" penwidth=4 style=dotted',
} as const

/** The diagram in the DOT language, the path drawn in and numbered. */
export function dotOf({ title, nodes, edges, steps, observed }: Diagram): string {
  const numbered = steps.map((step, at) => ({ ...step, number: at + 1 }))
  const taken = Map.groupBy(numbered, ({ from, to }) => `${from} ${to}`)
  const documented = edges.map((edge) => {
    const own = taken.get(`${edge.from} ${edge.to}`) ?? []
    taken.delete(`${edge.from} ${edge.to}`)
    return line(edge.from, edge.to, edge.label, own)
  })
  const others = [...taken.values()].map((own) => {
    const [{ from, to } = { from: '', to: '' }] = own
    return line(from, to, 'not documented', own)
  })
  return [
    'digraph {',
    `label=${quote(title)} labelloc=t fontname="Helvetica" rankdir=LR bgcolor="white"`,
    'node [fontname="Helvetica" shape=box style=rounded color="#888888" fontcolor="#333333"]',
    'edge [fontname="Helvetica" fontsize=11]',
    ...nodes.map((node) => nodeLine(node, steps, observed)),
    ...documented,
    ...others,
    '}',
  ].join('\n')
}

function nodeLine(
  { id, label, kind }: DiagramNode,
  steps: readonly DiagramStep[],
  observed: readonly string[],
): string {
  if (kind === 'start') return `${quote(id)} [shape=point width=0.15 color="#333333" label=""]`
  const seen = observed.includes(id)
  const passed = seen || steps.some(({ from, to }) => from === id || to === id)
  const style = seen ? 'rounded,bold' : passed ? 'rounded,dashed' : 'rounded'
  const way = passed ? ' color="#0b5cad" fontcolor="#000000" penwidth=3' : ''
  const shape = kind === 'final' ? ' peripheries=2' : kind === 'unknown' ? ' shape=octagon' : ''
  return `${quote(id)} [label=${quote(label)} style=${quote(style)}${way}${shape}]`
}

function line(
  from: string,
  to: string,
  label: string,
  taken: readonly (DiagramStep & { readonly number: number })[],
): string {
  const [first] = taken
  const numbers = listed(taken.map(({ number }) => number))
  const note = first?.as === 'unseen' ? ' not observed' : ''
  const text = first === undefined ? label : `${numbers}.${note}\n${label}`
  const style = STYLE[taken.find(({ as }) => as !== 'unseen')?.as ?? first?.as ?? 'idle']
  return `${quote(from)} -> ${quote(to)} [label=${quote(text)} ${style}]`
}

/** Long polling walks one arrow many times: `4 … 60 (57 times)`. */
function listed(numbers: readonly number[]): string {
  if (numbers.length <= 3) return numbers.join(', ')
  return `${numbers[0]} … ${numbers.at(-1)} (${numbers.length} times)`
}

/** A text as DOT writes it. */
export function quote(text: string): string {
  const escaped = text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n')
  return `"${escaped}"`
}
