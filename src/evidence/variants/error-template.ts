import { refusalDetails } from '../../api/client/refusal-details.ts'
import { parseJson } from '../../api/client/shape.ts'

/**
 * An error object with its own values taken out: `{code}` and `{message}` stand in their places.
 *
 * @param raw - The body of a refusal.
 * @returns Nothing where it is no object, or does not tell both.
 */
export function errorTemplateIn(raw: string): Readonly<Record<string, unknown>> | undefined {
  const parsed = parseJson(raw)
  const { code, message } = refusalDetails(raw)
  if (!parsed.ok || typeof parsed.value !== 'object' || parsed.value === null) return undefined
  if (Array.isArray(parsed.value) || code === undefined || message === undefined) return undefined
  const told = Object.entries(parsed.value).map(([name, field]) => {
    if (String(field) === code) return [name, '{code}']
    return [name, String(field) === message ? '{message}' : field]
  })
  return Object.fromEntries(told)
}
