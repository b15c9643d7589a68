import { z } from 'zod'
import type { ShapeProblem } from './answer.ts'

/** A body read by the contract: its value, or what is wrong with it. */
export type Shape<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problems: readonly ShapeProblem[] }

export const wellShaped = <T>(value: T): Shape<T> => ({ ok: true, value })

export const misshapen = (path: string, message: string): Shape<never> => ({
  ok: false,
  problems: [{ path, message }],
})

export function isBlank(raw: string): boolean {
  return raw.trim() === ''
}

/** Reads a body as JSON, whatever its Content-Type says. */
export function parseJson(raw: string): Shape<unknown> {
  if (isBlank(raw)) return misshapen('', 'Expected JSON, received an empty body')
  try {
    const value: unknown = JSON.parse(raw)
    return wellShaped(value)
  } catch {
    return misshapen('', 'Expected JSON, received something else')
  }
}

export function conform<T>(schema: z.ZodType<T>, json: unknown): Shape<T> {
  const { success, data, error } = schema.safeParse(json)
  return success
    ? wellShaped(data)
    : { ok: false, problems: error.issues.flatMap((issue) => problemsOf(issue)) }
}

/** Of a union, the problems of the alternative that was meant: the first of the right outer type. */
function problemsOf(issue: z.core.$ZodIssue): ShapeProblem[] {
  if (issue.code === 'invalid_union' && issue.errors.length > 0) {
    const meant = issue.errors.find((branch) => branch.every(({ path }) => path.length > 0))
    return (meant ?? issue.errors.flat()).flatMap((inner) =>
      problemsOf({ ...inner, path: [...issue.path, ...inner.path] }),
    )
  }
  return [{ path: z.core.toDotPath(issue.path), message: issue.message }]
}
