import type { Refusal } from './answer.ts'
import { parseJson } from './shape.ts'

/**
 * What the body of a refusal says, as far as it can be told: the names of the fields are a guess, and
 * a gateway may send HTML.
 *
 * @see Fact sheet 3 [inferred].
 */
export function refusalDetails(raw: string): Pick<Refusal, 'code' | 'message'> {
  const parsed = parseJson(raw)
  if (!parsed.ok || typeof parsed.value !== 'object' || parsed.value === null) return {}
  const fields = new Map<string, unknown>(Object.entries(parsed.value))
  const first = (...names: string[]) => names.map((name) => text(fields.get(name))).find(Boolean)
  const code = first('errorCode', 'code')
  const message = first('errorMessage', 'message', 'reason')
  return { ...(code && { code }), ...(message && { message }) }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined
}
