import type { Lifecycle } from '../machines/lifecycle.ts'
import { REFUSED } from '../machines/lifecycle-rules.ts'
import { arrowsOf, loopedPaths, type Path, simplePaths } from '../machines/paths.ts'
import { mermaidOf, mermaidOfPath } from './mermaid.ts'

/**
 * A lifecycle in words: its states, its transitions, its paths, and all of it as Mermaid. It is
 * Markdown: a terminal shows it well, and a page that knows Mermaid shows the diagrams.
 */
export function modelText(lifecycle: Lifecycle): string {
  const simple = simplePaths(lifecycle)
  const looped = loopedPaths(lifecycle)
  return [
    `# ${lifecycle.name} orders`,
    '## States',
    aligned(['state', 'kind'], statesOf(lifecycle)),
    '## Transitions',
    aligned(
      ['from', 'to', 'event'],
      arrowsOf(lifecycle).map(({ from, to, event }) => [from, to, event]),
    ),
    '## Simple paths',
    'From placing to the end, no status twice.',
    listed(simple, 1),
    ...(looped.length === 0
      ? []
      : [
          '## Paths with a loop',
          'An arrow that leads back to its status is in no simple path. Here each is walked once.',
          listed(looped, simple.length + 1),
        ]),
    '## Mermaid: the lifecycle',
    fenced(mermaidOf(lifecycle)),
    '## Mermaid: the paths',
    ...[...simple, ...looped].flatMap((path, at) => [
      `Path ${at + 1}`,
      fenced(mermaidOfPath(path)),
    ]),
  ].join('\n\n')
}

function statesOf(lifecycle: Lifecycle): string[][] {
  const kindOf = (status: Lifecycle['initial']) => {
    if (lifecycle.isFinal(status)) return 'final'
    return status === lifecycle.initial ? 'initial' : ''
  }
  return [
    ...lifecycle.statuses.map((status) => [status, kindOf(status)]),
    [REFUSED, 'final: the placing was answered with an error object, there is no order'],
  ]
}

function listed(paths: readonly Path[], first: number): string {
  return paths
    .map((path, at) => {
      const way = [path[0]?.from, ...path.map(({ to }) => to)].join(' → ')
      return `${first + at}. ${way} (${path.map(({ event }) => event).join(', ')})`
    })
    .join('\n')
}

function fenced(mermaid: string): string {
  return `\`\`\`mermaid\n${mermaid}\`\`\``
}

/** A table of Markdown whose columns stand below each other in a terminal too. */
function aligned(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const widths = head.map((title, at) =>
    Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)),
  )
  const line = (cells: readonly string[]) =>
    `| ${widths.map((width, at) => (cells[at] ?? '').padEnd(width)).join(' | ')} |`
  return [line(head), line(widths.map((width) => '-'.repeat(width))), ...rows.map(line)].join('\n')
}
