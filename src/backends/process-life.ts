/** How often a run shows that it is at work, and after which silence it is not, in milliseconds. */
export const BEAT_MS = 5_000
export const STALE_MS = 30_000

/** Whether there is a process of this number here; it may be another one than it was. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}
