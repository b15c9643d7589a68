/**
 * The parameters that a path template names, read off a path; `undefined` where the path is another one.
 *
 * @param template - Segments of e.g. `/v2/orders/{id}`.
 * @param actual - Segments as sent, percent-encoding and all.
 */
export function pathParams(
  template: readonly string[],
  actual: readonly string[],
): Readonly<Record<string, string>> | undefined {
  if (template.length !== actual.length) return undefined
  const params: Record<string, string> = {}
  for (const [at, segment] of template.entries()) {
    const value = actual[at] ?? ''
    if (!segment.startsWith('{')) {
      if (segment !== value) return undefined
    } else if (value === '') return undefined
    else params[segment.slice(1, -1)] = decoded(value)
  }
  return params
}

/** What is no percent-encoding stands for itself: an id that nobody has. */
function decoded(segment: string): string {
  if (!segment.includes('%')) return segment
  try {
    return decodeURIComponent(segment)
  } catch {
    return segment
  }
}
