const UUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/g

/** Ids of features, steps and definitions in the messages of one run, by those of another. */
export type SameIds = Map<string, string>

/**
 * Every run gives ids of its own to the same features and definitions: which of one run is which of
 * another follows from where they stand.
 *
 * @param head - Messages of a run up to its beginning, but for the first, which says what made them.
 * @returns Nothing where they say something else than the others do.
 */
export function sameIds(head: readonly string[], other: readonly string[]): SameIds | undefined {
  const [one, two] = [numbered(head), numbered(other)]
  if (one.text !== two.text) return undefined
  return new Map(two.ids.map((id, at) => [id, one.ids[at] ?? id]))
}

export function withIds(text: string, ids: SameIds): string {
  return text.replaceAll(UUID, (id) => ids.get(id) ?? id)
}

/** The messages with ids as numbers, and the ids by these numbers. */
function numbered(head: readonly string[]) {
  const numbers = new Map<string, number>()
  const text = head.slice(1).map((line) =>
    line.replaceAll(UUID, (id) => {
      const number = numbers.get(id) ?? numbers.size
      numbers.set(id, number)
      return `#${number}`
    }),
  )
  return { text: text.join('\n'), ids: [...numbers.keys()] }
}
