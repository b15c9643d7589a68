import type { Measure, Results } from './results.ts'

const headings = ['measure', 'value', 'against', 'ratio', 'bar', 'aim', 'reached'] as const

/** The table, as Markdown that reads as text, with the machine above and the notes below. */
export function renderResults({ machine, date, pinned, quick, measures, notes }: Results): string {
  const rows = [headings, ...measures.map(cellsOf)]
  const widths = headings.map((_, column) =>
    Math.max(...rows.map((row) => row[column]?.length ?? 0)),
  )
  const line = (cells: readonly string[]): string =>
    `| ${cells.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join(' | ')} |`
  const [first, ...others] = rows.map(line)
  const reasons = measures.flatMap(({ title, why }) => (why ? [`${title}: ${why}.`] : []))
  return [
    `${machine.cpu}, ${machine.cores} cores, ${machine.system}; Node ${machine.node}; ${date}${quick ? '; a quick run: its figures mean nothing' : ''}`,
    pinned,
    '',
    first,
    line(widths.map((width) => '-'.repeat(width))),
    ...others,
    '',
    ...[...reasons, ...notes].map((note) => `- ${note}`),
    '',
  ].join('\n')
}

function cellsOf(measure: Measure): readonly string[] {
  const { title, unit, value, reference, ratio, bar, aim, reached } = measure
  return [
    title,
    `${digits(value)} ${unit}`,
    reference === undefined ? '' : digits(reference),
    ratio === undefined ? '' : ratio.toFixed(2),
    bar === undefined ? '' : String(bar),
    aim === undefined ? '' : String(aim),
    reached,
  ]
}

/** Three digits that count. */
function digits(value: number): string {
  return value >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)))
}
