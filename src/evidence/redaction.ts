import { type Escaped, escapedIn, isUnescaped } from './escapes.ts'
import type { ExchangeHeaders } from './exchange.ts'
import { bytesIn, MIN_SOUGHT_LENGTH, patternOf, plainPatternOf } from './secret-forms.ts'
import { SecretIndex } from './secret-index.ts'
import { TokenLedger } from './token-ledger.ts'

/** Stands where a secret stood. */
export const REDACTED = '‹redacted›'

const TOKEN = /^sso_token$/i
/** Headers of which nothing but the name may be shown. */
const SECRET_HEADER = /^(?:sso_token|authorization|proxy-authorization)$/i
const CREDENTIALS = /authorization$/i
/** Headers in which a secret may come in. */
const CARRIER = /^sso_token$|^(?:set-)?cookie$|authorization$/i
/** Signed requests have a signature each: so many of the latest are looked for. */
const SIGNATURES_SOUGHT = 64

/** So many are looked for one by one in a text of manifold escapes; else those alone that it may hold. */
const FEW_SECRETS = 32
/** Secrets whose compiled patterns are kept: each takes kilobytes. */
const PATTERNS_KEPT = 256

/** How a secret is found; each pattern is compiled when a text first needs it. */
interface Patterns {
  readonly bytes: ReadonlySet<number>
  plain?: RegExp
  every?: RegExp
}

/** Hides secrets in whatever passes by, and learns new ones from it. */
export interface Redactor {
  /** Tells the secrets apart that it hides. */
  readonly ledger: TokenLedger
  /** How many secrets it has come to know: as long as there are no more, it says of a text what it said before. */
  readonly learned: number
  /** Hides `secret` from now on, in every form. */
  learn(secret: string): void
  /** The text with everything that was learned taken out. */
  redact(text: string): string
  /**
   * Learns tokens, signatures and credentials from headers, and takes the values of all that can carry
   * one out.
   */
  redactHeaders(headers: Headers): ExchangeHeaders
  /** The body of a login: its password is learned and taken out, also where it is not JSON. */
  redactLogin(body: string): string
}

/**
 * A redactor that forgets nothing but signatures long past: each is good for one request, and for
 * minutes. One may serve many scenarios; each scenario may have its own.
 *
 * @param known - Secrets that are known beforehand, e.g. the configured password.
 */
export function createRedactor(known: Iterable<string> = []): Redactor {
  const secrets = new Set<string>()
  const signatures = new Set<string>()
  const index = new SecretIndex()
  const patterns = new Map<string, Patterns>()
  let learned = 0
  let shortest = Number.POSITIVE_INFINITY

  function patternsFor(secret: string): Patterns {
    const known = patterns.get(secret)
    if (known) return known
    if (patterns.size >= PATTERNS_KEPT) patterns.clear()
    const made = { bytes: bytesIn(secret) }
    patterns.set(secret, made)
    return made
  }

  function patternFor(secret: string, escaped: Escaped): RegExp {
    const found = patternsFor(secret)
    if (isUnescaped(escaped, found.bytes)) {
      found.plain ??= plainPatternOf(secret)
      return found.plain
    }
    found.every ??= patternOf(secret)
    return found.every
  }

  function learn(secret: string): void {
    if (secret.length < MIN_SOUGHT_LENGTH || secrets.has(secret)) return
    secrets.add(secret)
    if (!signatures.has(secret)) seek(secret)
  }

  function seek(secret: string): void {
    index.add(secret)
    learned += 1
    shortest = Math.min(shortest, secret.length)
  }

  function learnSignature(signature: string): void {
    if (signature.length < MIN_SOUGHT_LENGTH || signatures.has(signature)) return
    signatures.add(signature)
    if (!secrets.has(signature)) seek(signature)
    const [oldest] = signatures
    if (oldest === undefined || signatures.size <= SIGNATURES_SOUGHT) return
    signatures.delete(oldest)
    if (!secrets.has(oldest)) index.delete(oldest)
  }

  /** Where there is a signature, nothing else in the credentials is secret. */
  function learnCredentials(value: string): void {
    const found = [...value.matchAll(/signature\s*=\s*"?([^",]+)/gi)]
    if (found.length === 0) learn(value.trim().replace(/^[\w-]+\s+/, ''))
    for (const [, signature = ''] of found) learnSignature(signature)
  }

  function sought(text: string, escaped: Escaped): readonly string[] {
    const areFew = secrets.size + signatures.size <= FEW_SECRETS
    return areFew && escaped === 'any' ? [...secrets, ...signatures] : index.candidates(text)
  }

  /**
   * Longest first, so that no part of a longer secret is left around a shorter one. No form of a secret
   * is shorter than the secret.
   */
  function redact(text: string): string {
    if (text.length < shortest) return text
    const escaped = escapedIn(text)
    const candidates = sought(text, escaped)
    if (candidates.length === 0) return text
    return candidates
      .filter((secret) => secret.length <= text.length)
      .sort((one, other) => other.length - one.length)
      .reduce((left, secret) => left.replace(patternFor(secret, escaped), REDACTED), text)
  }

  function redactCookie(pair: string): string {
    const [name = '', ...rest] = pair.split('=')
    if (rest.length === 0) return pair
    const value = rest.join('=')
    if (TOKEN.test(name.trim())) learn(unquoted(value))
    return `${name}=${hidden(value)}`
  }

  function redactHeader(name: string, value: string): string {
    if (!CARRIER.test(name)) return value
    if (TOKEN.test(name)) learn(value.trim())
    if (CREDENTIALS.test(name)) learnCredentials(value)
    if (SECRET_HEADER.test(name)) return hidden(value)
    if (/^cookie$/i.test(name)) return value.split(';').map(redactCookie).join(';')
    if (!/^set-cookie$/i.test(name)) return value
    const [pair = '', ...attributes] = value.split(';')
    return [redactCookie(pair), ...attributes].join(';')
  }

  function redactPassword(password: string): string {
    learn(password)
    return hidden(password)
  }

  function redactLogin(body: string): string {
    const parsed = parse(body)
    if (typeof parsed !== 'object' || parsed === null) return redactLooseLogin(body)
    return JSON.stringify(parsed, (key, value: unknown) =>
      /^pass/i.test(key) && value !== null ? redactPassword(textOf(value)) : value,
    )
  }

  /** `"pass":"…"`, `pass=…` and what is left of either when a body was broken on purpose. */
  function redactLooseLogin(body: string): string {
    return body.replaceAll(
      /(pass\w*["']?\s*[:=]\s*)("(?:[^"\\]|\\.)*"?|'[^']*'?|[^\s,&}]+)/gi,
      (_, before: string, value: string) => {
        learn(unquoted(value))
        return before + REDACTED
      },
    )
  }

  for (const secret of known) learn(secret)
  return {
    ledger: new TokenLedger(),
    get learned() {
      return learned
    },
    learn,
    redact,
    redactHeaders(headers) {
      const shown = [...headers].map(([name, value]) => ({
        name,
        value: redactHeader(name, value),
      }))
      return shown.map(({ name, value }) => ({ name, value: redact(value) }))
    },
    redactLogin,
  }
}

/** Nothing is no secret, and may be the very thing to be seen: a login that brings an empty token. */
function hidden(value: string): string {
  return value.trim() === '' ? '' : REDACTED
}

function parse(body: string): unknown {
  try {
    return JSON.parse(body)
  } catch {
    return undefined
  }
}

function textOf(value: unknown): string {
  return typeof value === 'string' ? value : JSON.stringify(value)
}

function unquoted(text: string): string {
  const value = text.trim().replace(/^(["'])(.*?)\1?$/s, '$2')
  const parsed = parse(`"${value}"`)
  return typeof parsed === 'string' ? parsed : value
}
