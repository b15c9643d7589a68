export type Signal = 'SIGINT' | 'SIGTERM'

const SIGNALS: readonly Signal[] = ['SIGINT', 'SIGTERM']
const NUMBERS = { SIGINT: 2, SIGTERM: 15 } as const
/**
 * A terminal sends its signal to a whole group of processes, and npm hands it on once more: what comes
 * within this time, in milliseconds, is the same keystroke.
 */
const ONE_KEYSTROKE_MS = 1_500

/** How many listen now, and the signal that came while at least one did. */
let listening = 0
let earlier: Signal | undefined

/**
 * Calls `handle` at the first SIGINT or SIGTERM; another one, after a moment, ends the process at once. To a
 * process that was started with a channel to another one, the end of that one is a SIGTERM: whoever would
 * have read what it finds is gone. It is never a second one: nobody asked for an end at once.
 *
 * What came while somebody else was listening is told at once to whoever begins to: what it began after the
 * signal, such as another round, would go on as if there had been none.
 *
 * @returns Ends listening.
 */
export function onInterruption(handle: (signal: Signal) => void): () => void {
  if (listening === 0) earlier = undefined
  listening += 1
  let firstAt: number | undefined
  const receive = (signal: Signal) => {
    const now = performance.now()
    if (firstAt === undefined) {
      firstAt = now
      earlier ??= signal
      handle(signal)
    } else if (now - firstAt > ONE_KEYSTROKE_MS) process.exit(exitCodeOf(signal))
  }
  const receiveFirst = (signal: Signal) => {
    if (firstAt === undefined) receive(signal)
  }
  const orphaned = () => receiveFirst('SIGTERM')
  const replay = earlier === undefined ? undefined : setImmediate(receiveFirst, earlier)
  for (const signal of SIGNALS) process.on(signal, receive)
  process.on('disconnect', orphaned)
  // Listening to a channel must not keep a process alive that has nothing else to do.
  process.channel?.unref()
  // Where there is no channel it is `undefined`.
  if (process.connected === false) setImmediate(orphaned)
  return () => {
    listening -= 1
    clearImmediate(replay)
    process.off('disconnect', orphaned)
    for (const signal of SIGNALS) process.off(signal, receive)
  }
}

/** What a process ends with that a signal ended, by the convention of shells. */
export function exitCodeOf(signal: Signal): number {
  return 128 + NUMBERS[signal]
}
