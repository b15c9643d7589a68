/** What the control API turns down: the request was wrong, and nothing was staged. */
export class ControlError extends Error {
  override readonly name = 'ControlError'
  readonly status: number
  /** Where in the request. */
  readonly path: string | undefined

  constructor(status: number, message: string, path?: string) {
    super(message)
    this.status = status
    this.path = path
  }
}
