/**
 * Does `work` for each of `items`, in their order, with so many under way at once.
 *
 * @param lanes - 1 or more.
 * @throws What `work` threw first. By then nothing is under way any more.
 */
export async function inLanes<T>(
  items: readonly T[],
  lanes: number,
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  // One iterator for all lanes: each takes the next item when it is free.
  const rest = items.values()
  const lane = async () => {
    for (const item of rest) await work(item)
  }
  const under = Array.from({ length: lanes }, lane)
  await Promise.allSettled(under)
  await Promise.all(under)
}
