/**
 * How long the rest will take if it goes on as until now, e.g. `12 s left`.
 *
 * @param elapsedMs - How long it took to do `done` of them, in milliseconds.
 * @returns Nothing where nothing is done yet, or nothing is left.
 */
export function timeLeft(done: number, total: number, elapsedMs: number): string | undefined {
  if (done === 0 || done >= total) return undefined
  return leftIn((elapsedMs / done) * (total - done))
}

/** A time that is left, in milliseconds, in words: seconds while they are few, then minutes. */
export function leftIn(ms: number): string {
  const seconds = Math.ceil(ms / 1_000)
  if (seconds < 100) return `${seconds} s left`
  const minutes = Math.ceil(seconds / 60)
  if (minutes < 100) return `${minutes} min left`
  return `${Math.floor(minutes / 60)} h ${minutes % 60} min left`
}
