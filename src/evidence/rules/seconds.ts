/** Milliseconds as people read them: `15.3 s`. */
export function secondsOf(milliseconds: number): string {
  return `${Number((milliseconds / 1_000).toFixed(3))} s`
}
