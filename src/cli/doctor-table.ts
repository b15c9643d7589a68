import type { Check } from '../backends/endpoint/checks/check.ts'

const NAME_WIDTH = 17
const STATE_WIDTH = 13
/** Of what an endpoint said, no more than this many characters are shown on a line. */
const MOST_SHOWN = 300

/**
 * The checks as a table for people, a line each; what to do about a broken one stands below it.
 *
 * @param redact - Takes secrets out; everything shown goes through it.
 */
export function doctorTable(checks: readonly Check[], redact: (text: string) => string): string {
  const indent = ' '.repeat(NAME_WIDTH + STATE_WIDTH)
  const lines = checks.flatMap(({ name, state, seen, remedy }) => {
    const [first = '', ...more] = seen.split('\n').map((line) => plain(redact(line)))
    return [
      `${name.padEnd(NAME_WIDTH)}${state.padEnd(STATE_WIDTH)}${first}`,
      ...more.map((line) => indent + line),
      ...(remedy === undefined ? [] : [`${indent}→ ${plain(redact(remedy))}`]),
    ]
  })
  return `${lines.join('\n')}\n`
}

/** Without anything that a terminal would obey. Cut last, so that no secret is cut in two. */
export function plain(text: string): string {
  const shown = text.replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, ' ')
  return shown.length > MOST_SHOWN ? `${shown.slice(0, MOST_SHOWN)}…` : shown
}
