/**
 * Makes `work` run once at a time: whoever asks while it is under way waits for the same result. The
 * arguments are those of whoever asked first.
 */
export function singleFlight<Args extends readonly unknown[], T>(
  work: (...args: Args) => Promise<T>,
): (...args: Args) => Promise<T> {
  let underWay: Promise<T> | undefined
  return (...args) => {
    underWay ??= work(...args).finally(() => {
      underWay = undefined
    })
    return underWay
  }
}
