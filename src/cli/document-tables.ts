import type { z } from 'zod'

/** Makes tables of a document, by the name in their markers. */
export type Tables = Readonly<Record<string, () => string>>

/**
 * The document with its tables as they should be.
 *
 * @throws {Error} A marker is missing.
 */
export function withTables(document: string, tables: Tables): string {
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

/** A table of Markdown. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]) =>
    `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`
  return [line(head), line(head.map(() => '---')), ...rows.map(line)].join('\n')
}

/** A name or value as it would be typed. */
export const code = (text: string) => `\`${text}\``
export const json = (value: unknown) => code(JSON.stringify(value))

/** What a setting can be, in words. */
export function valuesOf(schema: z.core.JSONSchema.BaseSchema): string {
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
