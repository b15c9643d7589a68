/** Bytes that a text has percent-encoded; `any` where it may hold any character in an escaped form. */
export type Escaped = ReadonlySet<number> | 'any'

const NONE: ReadonlySet<number> = new Set()
/** A backslash, a percent sign that is itself encoded, or what may begin an entity of HTML. */
const MANIFOLD = /\\|%25|&(?:#|\w+;)/

/** Whether a text may hold anything in an escaped form. */
export function mayEscape(text: string): boolean {
  return /[\\%&]/.test(text)
}

/** What a text may hold in an escaped form, as far as a glance at it tells: never too little. */
export function escapedIn(text: string): Escaped {
  if (!mayEscape(text)) return NONE
  if (MANIFOLD.test(text)) return 'any'
  return new Set(
    [...text.matchAll(/%([\da-f]{2})/gi)].map(([, hex = '']) => Number.parseInt(hex, 16)),
  )
}

/**
 * Whether a text holds a secret in none of its escaped forms: each of them has a character of the secret
 * escaped, and no such character is.
 *
 * @param bytes - Of the secret, in every encoding that it is looked for in.
 */
export function isUnescaped(escaped: Escaped, bytes: ReadonlySet<number>): boolean {
  if (escaped === 'any') return false
  for (const byte of escaped) if (bytes.has(byte)) return false
  return true
}
