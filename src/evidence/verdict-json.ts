import type { Verdict } from './verdict.ts'

/**
 * A verdict as `verdict.json` has it: `JSON.stringify(verdict, null, 2)` and a line feed, as UTF-8. It names
 * every scenario under each rule, and is made piece by piece: as one text, that of very many scenarios would
 * take twice its size.
 */
export function verdictJson(verdict: Verdict): Buffer {
  const pieces = Object.entries(verdict)
    .filter(([, value]) => value !== undefined)
    .map(([name, value]) =>
      Buffer.concat([Buffer.from(`  ${JSON.stringify(name)}: `), valueJson(value)]),
    )
  return Buffer.concat([Buffer.from('{\n'), ...between(pieces, ',\n'), Buffer.from('\n}\n')])
}

function valueJson(value: unknown): Buffer {
  if (!Array.isArray(value) || value.length === 0) return Buffer.from(indented(value, '  '))
  const elements = value.map((each) => Buffer.from(`    ${indented(each, '    ')}`))
  return Buffer.concat([Buffer.from('[\n'), ...between(elements, ',\n'), Buffer.from('\n  ]')])
}

/** Its first line stands where it is put. */
function indented(value: unknown, by: string): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${by}`)
}

function between(pieces: readonly Buffer[], text: string): Buffer[] {
  const separator = Buffer.from(text)
  return pieces.flatMap((piece, at) => (at === 0 ? [piece] : [separator, piece]))
}
