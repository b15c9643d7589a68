import type { Verdict } from './verdict.ts'

/**
 * A verdict as `verdict.json` has it: `JSON.stringify(verdict, null, 2)` and a line feed, as UTF-8. It names
 * every scenario under each rule: of 10,000 that is 54 MB. So it is made piece by piece, and measured before, for
 * to put pieces together takes as much again.
 */
export function verdictJson(verdict: Verdict): Buffer {
  let length = 0
  for (const text of textsOf(verdict)) length += Buffer.byteLength(text)
  const bytes = Buffer.allocUnsafe(length)
  let at = 0
  for (const text of textsOf(verdict)) at += bytes.write(text, at)
  return bytes
}

function* textsOf(verdict: Verdict): Generator<string> {
  let before = '{\n'
  for (const [name, value] of Object.entries(verdict)) {
    if (value === undefined) continue
    yield `${before}  ${JSON.stringify(name)}: `
    yield* valueTexts(value)
    before = ',\n'
  }
  yield '\n}\n'
}

function* valueTexts(value: unknown): Generator<string> {
  if (!Array.isArray(value) || value.length === 0) {
    yield indented(value, '  ')
    return
  }
  let before = '[\n'
  for (const each of value) {
    yield `${before}    ${indented(each, '    ')}`
    before = ',\n'
  }
  yield '\n  ]'
}

/** Its first line stands where it is put. */
function indented(value: unknown, by: string): string {
  return JSON.stringify(value, null, 2).replaceAll('\n', `\n${by}`)
}
