import type { Clock } from './clock.ts'

/** A sleep on a timer, which is cancelled where the sleep is broken off. As `Clock.sleep`. */
export function timedSleep(
  setTimer: Clock['setTimer'],
  ms: number,
  signal?: AbortSignal,
): Promise<void> {
  return new Promise((resolve) => {
    if (signal?.aborted) return resolve()
    const cancel = setTimer(ms, () => {
      signal?.removeEventListener('abort', breakOff)
      resolve()
    })
    const breakOff = (): void => {
      cancel()
      resolve()
    }
    signal?.addEventListener('abort', breakOff, { once: true })
  })
}
