import type { CallInput } from '../../api/client/options.ts'

/** What a request is going to say, also where it is written to the letter; `undefined` where it is no JSON. */
export function sentBody({ body, rawBody }: CallInput): unknown {
  if (rawBody === undefined) return body
  try {
    return JSON.parse(rawBody)
  } catch {
    return undefined
  }
}
