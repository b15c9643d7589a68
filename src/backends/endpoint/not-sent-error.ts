/** What a scenario asked for was not sent: when its turn had come, it might no longer be. */
export class NotSentError extends Error {
  override readonly name = 'NotSentError'
}
