/** Numbers in order, for people: `4 to 6, 8`. */
export function rangesOf(numbers: readonly number[]): string {
  const ranges: (readonly [from: number, to: number])[] = []
  for (const number of numbers) {
    const last = ranges.at(-1)
    if (last && last[1] === number - 1) ranges[ranges.length - 1] = [last[0], number]
    else ranges.push([number, number])
  }
  return ranges
    .map(([from, to]) =>
      from === to ? String(from) : `${from}${to === from + 1 ? ', ' : ' to '}${to}`,
    )
    .join(', ')
}
