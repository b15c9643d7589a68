export type Signal = 'SIGINT' | 'SIGTERM'

const SIGNALS: readonly Signal[] = ['SIGINT', 'SIGTERM']
const NUMBERS = { SIGINT: 2, SIGTERM: 15 } as const
/**
 * A terminal sends its signal to a whole group of processes, and npm hands it on once more: what comes
 * within this time, in milliseconds, is the same keystroke.
 */
const ONE_KEYSTROKE_MS = 1_500

/**
 * Calls `handle` at the first SIGINT or SIGTERM; another one, after a moment, ends the process at once. To a
 * process that was started with a channel to another one, the end of that one is a SIGTERM: whoever would
 * have read what it finds is gone.
 *
 * @returns Ends listening.
 */
export function onInterruption(handle: (signal: Signal) => void): () => void {
  let firstAt: number | undefined
  const receive = (signal: Signal) => {
    const now = performance.now()
    if (firstAt === undefined) {
      firstAt = now
      handle(signal)
    } else if (now - firstAt > ONE_KEYSTROKE_MS) process.exit(exitCodeOf(signal))
  }
  const orphaned = () => receive('SIGTERM')
  for (const signal of SIGNALS) process.on(signal, receive)
  process.on('disconnect', orphaned)
  // Listening to a channel must not keep a process alive that has nothing else to do.
  process.channel?.unref()
  // Where there is no channel it is `undefined`.
  if (process.connected === false) setImmediate(orphaned)
  return () => {
    process.off('disconnect', orphaned)
    for (const signal of SIGNALS) process.off(signal, receive)
  }
}

/** What a process ends with that a signal ended, by the convention of shells. */
export function exitCodeOf(signal: Signal): number {
  return 128 + NUMBERS[signal]
}
