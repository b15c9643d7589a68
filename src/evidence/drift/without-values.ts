/** Shortest id that is looked for in a text, in characters: a shorter one may be a word of it. */
const SHORTEST_ID = 4

/**
 * A sentence with its ids, times, amounts, prices and names of pairs taken out: what is left is the same
 * for every run, so that two sentences differ only where they say something else.
 *
 * @param ids - Those that are known; others are told by their looks.
 */
export function withoutValues(text: string, ids: ReadonlySet<string> = new Set()): string {
  let plain = text
  for (const id of ids) {
    if (id.length >= SHORTEST_ID) plain = plain.replaceAll(id, '‹id›')
  }
  return plain
    .replaceAll(
      /\b\d{4}-?\d{2}-?\d{2}(?:[T ]\d{2}:\d{2}(?::\d{2})?(?:[.,]\d+)?(?:\s?(?:Z|UTC|[+-]\d{4}))?)?\b/g,
      '‹time›',
    )
    .replaceAll(/\b[A-Z]{3}\/[A-Z]{3}\b/g, '‹pair›')
    .replaceAll(/(?<![\w‹])(?=[\w-]*\d)(?=[\w-]*[A-Za-z])[\w-]{8,}\b/g, '‹id›')
    .replaceAll(/\b\d{9,}\b/g, '‹id›')
    .replaceAll(/(?<![\w‹.])-?\d+(?:,\d{3})*(?:\.\d+)?(?!\w)/g, '‹number›')
}
