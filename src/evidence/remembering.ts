/**
 * Remembers what was made of a text, so that it is made once; it forgets all when it knows too much.
 *
 * @param most - How many texts it knows at most.
 */
export function remembering<V>(most: number): (text: string, make: () => V) => V {
  const known = new Map<string, V>()
  return (text, make) => {
    const found = known.get(text)
    if (found !== undefined || known.has(text)) return found as V
    const made = make()
    if (known.size >= most) known.clear()
    known.set(text, made)
    return made
  }
}
