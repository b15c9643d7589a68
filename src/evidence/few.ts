const MOST_NAMED = 4

/** The first few of many names, for people; all of them stand in `verdict.json`. */
export function few(names: readonly string[]): string {
  const more = names.length - MOST_NAMED
  return more <= 1 ? names.join(', ') : `${names.slice(0, MOST_NAMED).join(', ')} and ${more} more`
}
