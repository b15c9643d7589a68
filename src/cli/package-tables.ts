import { code, type Tables, table } from './document-tables.ts'
import type { ShippedSteps } from './shipped-steps.ts'

/** A row of the interface `ParameterTypes`, with the comment above it. */
const ROW = /(?:\/\*\* (?<about>[^\n]*) \*\/\n\s*)?readonly (?<name>\w+): (?<type>[^\n]+)/g

/**
 * The tables of `docs/package.md`.
 *
 * @param types - The text of the file that says what the parameters of steps are.
 */
export function packageTables({ steps, words }: ShippedSteps, types: string): Tables {
  const [, rows = ''] = types.split('export interface ParameterTypes {')
  return {
    parameters: () =>
      table(
        ['Parameter', 'Words', 'What the code of the step gets'],
        [...rows.matchAll(ROW)].map(({ groups = {} }) => {
          const { name = '', type = '', about } = groups
          const meaning = about === undefined ? '' : `: ${lower(about.replace(/\.$/, ''))}`
          return [code(`{${name}}`), code(words.get(name) ?? ''), code(type) + meaning]
        }),
      ),
    steps: () =>
      [...Map.groupBy(steps, ({ subject }) => subject)]
        .map(([subject, of]) => {
          const cells = of.map(({ keyword, pattern, needs }) => [
            keyword,
            code(pattern),
            needs.join(', '),
          ])
          return `### ${titleOf(subject)}\n\n${table(['', 'Step', 'Needs'], cells)}`
        })
        .join('\n\n'),
  }
}

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

/** `session-checks` is "Session checks". */
function titleOf(subject: string): string {
  const words = subject.replaceAll('-', ' ')
  return words.charAt(0).toUpperCase() + words.slice(1)
}
