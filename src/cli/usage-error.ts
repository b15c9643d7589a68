/**
 * The command cannot be carried out as it was given, or what it was pointed at cannot be run: exit
 * code 2. Every message is one sentence that says what is wrong and what to do.
 */
export class UsageError extends Error {
  override readonly name = 'UsageError'

  constructor(...sentences: readonly string[]) {
    super(sentences.join('\n'))
  }
}

/** The message of whatever was thrown, on one line. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message : String(error)
  return text.replaceAll(/\s*\n\s*/g, ' ').trim()
}
