/**
 * Whether a scenario is meant by a pattern: by all of what reports call it,
 * `features/x.feature:12 name`, or by its file, its place or its name.
 *
 * @param pattern - `*` stands for any text, of any length.
 * @param label - What reports call the scenario.
 */
export function matchesScenario(pattern: string, label: string): boolean {
  const [, place = label, uri = label, name = label] = /^((.+?):\d+) (.*)$/s.exec(label) ?? []
  return [label, place, uri, name].some((each) => matches(pattern, each))
}

/** Without a regular expression and without path rules: names hold any letter, a slash too. */
function matches(pattern: string, text: string): boolean {
  const [first = '', ...rest] = pattern.split('*')
  const last = rest.pop()
  if (last === undefined) return text === pattern
  if (!text.startsWith(first)) return false
  let at = first.length
  for (const part of rest) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return text.length - last.length >= at && text.endsWith(last)
}
