const BLANK = /^\s*(?:#.*)?$/
const ENTRY = /^\s*(?:export\s+)?[A-Za-z_][\w.-]*\s*=(.*)$/
const QUOTES: readonly string[] = ['"', "'", '`']

/**
 * The lines of a `.env` file that node's parser would skip or shorten in silence; whoever wrote them
 * meant something by them. One sentence each, without the line itself.
 */
export function dotEnvFlaws(text: string): string[] {
  const lines = text.split(/\r?\n/)
  const flaws: string[] = []
  for (let at = 0; at < lines.length; ) {
    const { flaw, next } = readLine(lines, at)
    if (flaw !== undefined) flaws.push(`Line ${at + 1} of .env ${flaw}.`)
    at = next
  }
  return flaws
}

function readLine(lines: readonly string[], at: number): { flaw?: string; next: number } {
  const next = at + 1
  const line = lines[at] ?? ''
  if (BLANK.test(line)) return { next }
  const value = ENTRY.exec(line)?.[1]
  if (value === undefined)
    return { flaw: 'is neither NAME=value nor a comment: mend or remove it', next }
  const [quote = '', ...rest] = value.trimStart()
  if (QUOTES.includes(quote)) {
    const end = closingLine([rest.join(''), ...lines.slice(next)], quote)
    return end === undefined
      ? { flaw: 'opens a quote that does not end its value: close it, or use another one', next }
      : { next: next + end }
  }
  if (!/^(?:[^#]*[^#\s])?#/.test(value)) return { next }
  return {
    flaw:
      'has a "#" inside its value, where a comment would begin: put the value in quotes, or a ' +
      'space before the comment',
    next,
  }
}

/** Where a quoted value ends, in lines from its first; `undefined` where it does not, or more follows. */
function closingLine(tails: readonly string[], quote: string): number | undefined {
  const end = tails.findIndex((tail) => tail.includes(quote))
  const after = tails[end]?.slice((tails[end]?.indexOf(quote) ?? 0) + 1)
  return after !== undefined && BLANK.test(after) ? end : undefined
}
