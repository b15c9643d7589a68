/**
 * Does some work for every item, for so many of them at once; begins them in their order.
 *
 * @returns What came of each, in their order.
 */
export async function inParallel<T, R>(
  items: readonly T[],
  most: number,
  work: (item: T) => Promise<R>,
): Promise<readonly R[]> {
  const results: R[] = []
  const waiting = items.entries()
  const takeOn = async () => {
    for (const [at, item] of waiting) results[at] = await work(item)
  }
  await Promise.all(Array.from({ length: most }, takeOn))
  return results
}
