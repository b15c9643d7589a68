/**
 * Whether a body is the API's error object: an object that is no order. Its field names are not
 * documented, so nothing more can be asked of it; a gateway's page is none.
 *
 * @see Fact sheet 2.4 "Failure" [seed]; 3 [inferred: its fields]; 6, row 11 [setting].
 */
export function isErrorObject(raw: string): boolean {
  try {
    const body: unknown = JSON.parse(raw)
    const isObject = typeof body === 'object' && body !== null && !Array.isArray(body)
    return isObject && !('orderId' in body && Boolean(body.orderId))
  } catch {
    return false
  }
}
