/** A file that cannot be replayed, in one sentence that names it. */
export class ReplayError extends Error {
  override readonly name = 'ReplayError'

  /**
   * @param file - As whoever gave it calls it.
   * @param why - What is wrong, and what to do; nothing of what the file says, which may be secret.
   */
  constructor(file: string, why: string) {
    super(`Failed to replay ${file}: ${why}`)
  }
}
