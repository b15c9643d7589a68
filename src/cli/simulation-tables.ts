import { z } from 'zod'
import { magicSizes, magicWords } from '../mocks/exchange/magic-values.ts'
import type { Outcome } from '../mocks/exchange/outcome.ts'
import type { SettingRow } from '../mocks/exchange/settings/row.ts'
import { settingRows } from '../mocks/exchange/settings/settings.ts'

/** The generated tables of `docs/simulation.md`, by the name in their markers. */
const tables: Readonly<Record<string, () => string>> = {
  settings: () =>
    table(
      ['Setting', 'Gap', 'Values', 'Default', 'What it says'],
      Object.entries<SettingRow>(settingRows).map(([name, row]) => [
        code(name),
        row.gap === 'own' ? '–' : String(row.gap),
        valuesOf(z.toJSONSchema(row.schema)),
        json(row.default),
        row.about,
      ]),
    ),
  'magic words': () =>
    table(
      ['In the `coId`', 'Outcome'],
      Object.entries(magicWords).map(([word, outcome]) => [code(word), told(outcome)]),
    ),
  'magic sizes': () =>
    table(
      ['Last four digits', 'Outcome'],
      Object.entries(magicSizes).map(([digits, outcome]) => [digits, told(outcome)]),
    ),
}

/**
 * The document with its tables as they should be.
 *
 * @throws {Error} A marker is missing.
 */
export function withTables(document: string): string {
  return Object.entries(tables).reduce((text, [name, make]) => {
    const begin = `<!-- generated: ${name} -->`
    const end = `<!-- end: ${name} -->`
    const [before, rest] = splitOnce(text, begin)
    const [, after] = splitOnce(rest, end)
    return `${before}${begin}\n\n${make()}\n\n${end}${after}`
  }, document)
}

function splitOnce(text: string, marker: string): readonly [string, string] {
  const at = text.indexOf(marker)
  if (at < 0) throw new Error(`Failed to fill in the tables: the marker ${marker} is missing.`)
  return [text.slice(0, at), text.slice(at + marker.length)]
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

const code = (text: string) => `\`${text}\``
const json = (value: unknown) => code(JSON.stringify(value))

function told(outcome: Outcome): string {
  if (outcome.kind !== 'fill in shares') return outcome.kind
  const total = outcome.shares.reduce((sum, share) => sum + share, 0)
  const rest = total < 1 ? '; the rest ends with the time in force' : ''
  return `${outcome.kind} of the size: ${outcome.shares.join(', ')}${rest}`
}

/** What a setting can be, in words. */
function valuesOf(schema: z.core.JSONSchema.BaseSchema): string {
  if (schema.anyOf) return schema.anyOf.map(valuesOf).join(' or ')
  if (schema.const !== undefined) return json(schema.const)
  if (schema.enum) return schema.enum.map(json).join(', ')
  switch (schema.type) {
    case 'boolean':
      return '`true`, `false`'
    case 'integer':
    case 'number':
      return `${schema.type === 'integer' ? 'whole number' : 'number'} ${rangeOf(schema)}`
    case 'array':
      return 'list of the values in the default'
    case 'object':
      return 'names and values, like the default'
    default:
      return 'text'
  }
}

function rangeOf(schema: z.core.JSONSchema.BaseSchema): string {
  const { type, minimum, maximum = Number.MAX_SAFE_INTEGER, exclusiveMinimum } = schema
  const above =
    type === 'integer' ? `from ${Number(exclusiveMinimum ?? 0) + 1}` : `above ${exclusiveMinimum}`
  const from = minimum === undefined ? above : `from ${minimum}`
  return maximum === Number.MAX_SAFE_INTEGER ? from : `${from} to ${maximum}`
}
