/**
 * Whether `text` is what `pattern` describes, in which `*` stands for any characters, or none. There is no
 * other sign: unlike a regular expression it is read in one pass, whoever wrote it.
 */
export function fitsPattern(text: string, pattern: string): boolean {
  const [start = '', ...others] = pattern.split('*')
  const end = others.pop()
  if (end === undefined) return text === pattern
  if (!text.startsWith(start) || !text.endsWith(end)) return false
  const last = text.length - end.length
  let from = start.length
  for (const middle of others) {
    const at = text.indexOf(middle, from)
    if (at < 0) return false
    from = at + middle.length
  }
  return from <= last
}
