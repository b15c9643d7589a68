import { readFileSync } from 'node:fs'

/**
 * Preloaded into a measured server (`node --expose-gc --import …`): tells the bench, when asked, what the
 * process has used. The server itself knows nothing of it, and it does nothing unless asked.
 */
export interface Usage {
  /** Bytes of heap, and of memory outside of it, that live after a full collection. */
  readonly liveBytes: number
  readonly rssBytes: number
  /** Microseconds that the process, all its threads together, has run on a processor. */
  readonly cpuMicros: number
  /** Microseconds that its main thread was ready to run while others had the core; 0 where nobody tells. */
  readonly waitedMicros: number
}

/** Asks with, or without, a full collection first. */
export type Question = 'usage' | 'usage after a collection'

const collections = 3

process.on('message', (question: Question) => {
  // Finalizers and weak references need more than one.
  if (question === 'usage after a collection') for (let n = 0; n < collections; n++) gc?.()
  const { heapUsed, external, rss } = process.memoryUsage()
  const { user, system } = process.cpuUsage()
  const usage: Usage = {
    liveBytes: heapUsed + external,
    rssBytes: rss,
    cpuMicros: user + system,
    waitedMicros: waitedMicros(),
  }
  process.send?.(usage)
})
// Nobody stays alive for our sake.
process.channel?.unref()

/** Linux counts it in nanoseconds: the second of three numbers. */
function waitedMicros(): number {
  if (process.platform !== 'linux') return 0
  return Number(readFileSync('/proc/self/schedstat', 'utf8').split(' ')[1]) / 1_000
}
