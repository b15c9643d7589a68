/** The probable form. Fact sheet 2.6; section 6, setting 23 [inferred]. */
export const DEFAULT_CLIENT_QUERY_PATH = '/v2/orders?coId={coId}'

export const PLACEHOLDER = '{coId}'

export interface TemplateParts {
  readonly template: string
  /** Path without query; contains the placeholder where `parameter` is absent. */
  readonly path: string
  /** Name of the query parameter whose value is the client id. */
  readonly parameter: string | undefined
  /** The other query parameters, as `name=value`. */
  readonly fixed: readonly string[]
}

/**
 * Takes a template of the query by client id apart, and checks it.
 *
 * @throws {RangeError} What is wrong with it; for the rules, see `parseClientQueryPath`.
 */
export function takeApart(template: string): TemplateParts {
  const [path = '', query] = template.split('?', 2)
  const parameters = query?.split('&') ?? []
  const own = parameters.find((parameter) => /^[^=]+=\{coId\}$/.test(parameter))
  const parts = {
    template,
    path,
    parameter: own && nameOf(own),
    fixed: parameters.filter((parameter) => parameter !== own),
  }
  const flaw = spellingFlaw(template) ?? pathFlaw(path) ?? queryFlaw(parts)
  if (flaw === undefined) return parts
  throw new RangeError(
    `Failed to read the client-query path "${template}": ${flaw}. Write, for example, ` +
      `${DEFAULT_CLIENT_QUERY_PATH} or /v2/orders/client/{coId}.`,
  )
}

function spellingFlaw(template: string): string | undefined {
  const [before = '', after, ...more] = template.split(PLACEHOLDER)
  if (after === undefined) return `${PLACEHOLDER} is missing`
  if (more.length > 0) return `${PLACEHOLDER} stands more than once`
  const literal = before + after
  if (literal.split('?').length > 2) return 'it has more than one "?"'
  if (!/^(?:[\w\-.~!$&'()*+,;=:@/?]|%[\da-f]{2})*$/i.test(literal))
    return 'it has a character that a path and query cannot have as it is'
  // The query by server id, which no server could tell from it.
  if (template === '/v2/orders/{coId}') return 'the query by server id is there already'
  return undefined
}

function pathFlaw(path: string): string | undefined {
  const [root, ...segments] = path.split('/')
  if (root !== '' || segments.length === 0) return 'it does not begin with "/"'
  if (segments.includes('')) return 'it has an empty path segment'
  // URL parsers resolve these, also when percent-encoded.
  if (segments.some((segment) => /^(?:\.|%2e){1,2}$/i.test(segment)))
    return 'it has a path segment "." or ".."'
  if (segments.some((segment) => segment.includes(PLACEHOLDER) && segment !== PLACEHOLDER))
    return `${PLACEHOLDER} is only a part of a path segment`
  return undefined
}

function queryFlaw({ parameter, fixed }: TemplateParts): string | undefined {
  if (fixed.includes('')) return 'it has an empty query parameter'
  if (fixed.some((other) => other.includes(PLACEHOLDER)))
    return `${PLACEHOLDER} is not the whole value of a named query parameter`
  if (fixed.some((other) => nameOf(other) === parameter)) return `${parameter} stands twice`
  return undefined
}

function nameOf(parameter: string): string {
  return new URLSearchParams(parameter).keys().next().value ?? ''
}
