import { type OutcomeScript, parseScript, SCRIPT_KIND } from './outcome-script.ts'
import { readRecording } from './read-recording.ts'
import { scriptOf } from './script-of.ts'
import { parsed } from './seen-order.ts'

/**
 * Reads whatever can be replayed: a transcript, a HAR, or a script that was made of one.
 *
 * @param fileName - What errors call it.
 * @throws {ReplayError} It is none of them.
 */
export function readReplay(text: string, fileName: string): OutcomeScript {
  const value = parsed(text)
  return isScript(value) ? parseScript(value, fileName) : scriptOf(readRecording(text, fileName))
}

function isScript(value: unknown): boolean {
  return (
    typeof value === 'object' && value !== null && 'kind' in value && value.kind === SCRIPT_KIND
  )
}
