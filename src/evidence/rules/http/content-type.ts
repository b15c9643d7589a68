import type { Reading } from '../../reading/reading.ts'

/** What an answer calls its body; `undefined` where it does not say. */
export function contentTypeOf({ exchange }: Reading): string | undefined {
  return exchange.response?.headers.find(({ name }) => /^content-type$/i.test(name))?.value
}

export function isJsonType(type: string | undefined): boolean {
  return /^[\w.+-]+\/(?:[\w.-]+\+)?json\s*(?:;|$)/i.test(type?.trim() ?? '')
}
