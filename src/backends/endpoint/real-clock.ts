import type { Clock } from '../../api/clock.ts'
import { timedSleep } from '../../api/timed-sleep.ts'

/** Longest delay of a platform timer, in milliseconds; a longer one would fire at once. */
const LONGEST_DELAY_MS = 2_147_483_647

/** The time of this machine. A timer keeps the process alive until it fires or is cancelled. */
export const realClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) => timedSleep(setTimer, ms, signal),
  setTimer,
}

function setTimer(ms: number, callback: () => void): () => void {
  let timer: NodeJS.Timeout
  const arm = (leftMs: number): void => {
    const delayMs = Math.min(leftMs, LONGEST_DELAY_MS)
    timer = setTimeout(() => (leftMs > delayMs ? arm(leftMs - delayMs) : callback()), delayMs)
  }
  // One more, because a platform timer may fire a fraction of a millisecond early.
  arm(Math.ceil(ms) + 1)
  return () => clearTimeout(timer)
}
