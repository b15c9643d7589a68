type Signal = 'SIGINT' | 'SIGTERM'

const SIGNALS: readonly Signal[] = ['SIGINT', 'SIGTERM']
const NUMBERS = { SIGINT: 2, SIGTERM: 15 } as const

/**
 * Calls `handle` at the first SIGINT or SIGTERM; a second one ends the process at once.
 *
 * @returns Ends listening.
 */
export function onInterruption(handle: (signal: Signal) => void): () => void {
  let isFirst = true
  const receive = (signal: Signal) => {
    if (!isFirst) process.exit(exitCodeOf(signal))
    isFirst = false
    handle(signal)
  }
  for (const signal of SIGNALS) process.on(signal, receive)
  return () => {
    for (const signal of SIGNALS) process.off(signal, receive)
  }
}

/** What a process ends with that a signal ended, by the convention of shells. */
export function exitCodeOf(signal: Signal): number {
  return 128 + NUMBERS[signal]
}
