/**
 * Time as the product sees it. Everything that waits, expires or stamps takes one of these, so
 * that a simulation can let hours pass in an instant and a real endpoint is waited for in earnest.
 */
export interface Clock {
  /** Milliseconds since the Unix epoch. */
  now(): number
  /**
   * Resolves once at least `ms` milliseconds (0 or more) have passed on this clock; sooner where `signal`
   * breaks the sleep off, after which nothing waits any more.
   */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
  /**
   * Calls `callback` once, when `ms` milliseconds (0 or more) have passed on this clock.
   *
   * @returns Cancels the timer; without effect once it has fired.
   */
  setTimer(ms: number, callback: () => void): () => void
}
