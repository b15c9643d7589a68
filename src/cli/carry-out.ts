import type { Writable } from 'node:stream'
import type { RunTarget, TargetEnd } from './run-target.ts'
import { messageOf, UsageError } from './usage-error.ts'

export interface CarriedOut {
  /** Why no scenario could be run. */
  readonly why: string | undefined
  /** What broke the run off, if anything did. */
  readonly broke: readonly string[]
  readonly end: TargetEnd
}

/** Whatever happens, the target is brought to its end: it may have orders to cancel, and to tell of. */
export async function carryOut(
  target: RunTarget,
  run: () => Promise<void>,
  stderr: Writable,
): Promise<CarriedOut> {
  let why: string | undefined
  const broke: string[] = []
  try {
    why = await target.start()
    if (why === undefined) await run()
  } catch (error) {
    // Of what its sentence says all about, that is told.
    if (!(error instanceof UsageError)) stderr.write(`${detailsOf(error)}\n`)
    broke.push(messageOf(error))
  }
  return { why, broke, end: await target.finish() }
}

function detailsOf(error: unknown): string {
  return error instanceof Error ? (error.stack ?? error.message) : String(error)
}
