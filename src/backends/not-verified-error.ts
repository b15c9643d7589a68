/**
 * This backend gives no chance to go on: what the scenario was to show is not verified here. It is
 * neither passed nor failed.
 */
export class NotVerifiedError extends Error {
  override readonly name = 'NotVerifiedError'
}
