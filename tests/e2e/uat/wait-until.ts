import { setTimeout as pause } from 'node:timers/promises'

/** How often the other process is asked, in milliseconds. */
const EVERY_MS = 20
const WITHIN_MS = 60_000

/**
 * Asks another process until it says something.
 *
 * @throws Error if it has not in a minute.
 */
export async function waitUntil<T>(ask: () => Promise<T | undefined>): Promise<T> {
  const deadline = Date.now() + WITHIN_MS
  for (;;) {
    const said = await ask()
    if (said !== undefined) return said
    if (Date.now() > deadline) throw new Error('It did not come about within a minute.')
    await pause(EVERY_MS)
  }
}
