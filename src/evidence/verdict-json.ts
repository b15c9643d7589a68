import type { Verdict } from './verdict.ts'

/**
 * A verdict as `verdict.json` has it, `JSON.stringify(verdict, null, 2)` and a line feed, piece by piece. It names every
 * scenario under each rule: of 10,000 that is 54 MB, which nobody needs as a whole.
 */
export function* verdictTexts(verdict: Verdict): Generator<string> {
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
