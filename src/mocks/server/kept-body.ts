/** Characters of a body that a journal keeps. */
export const MOST_KEPT = 64 * 1024

/** As much of a body as is kept: all of it, mostly. */
export function keptOf(body: string): string {
  if (body.length <= MOST_KEPT) return body
  // A slice would hold on to the whole.
  return Buffer.from(body.slice(0, MOST_KEPT), 'utf16le').toString('utf16le')
}
