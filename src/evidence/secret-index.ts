import { mayEscape } from './escapes.ts'
import { base64Cores } from './secret-forms.ts'

interface Needle {
  readonly secret: string
  readonly text: string
}

/** Characters that are looked up at a time: no form of a secret that is sought is shorter. */
const WINDOW = 4
/** What could be an escape, and might be none. */
const PERCENT = /%(?=[\da-f]{2})/gi
/** Most characters that a window takes in a text, each escaped, many times over. */
const MOST_OF_WINDOW = 64
/** Bits of a filter that most windows of a text do not pass: of few needles, and of very many. */
const FEW_BITS = 12
const MANY_BITS = 18
/** A secret has half a dozen. */
const FEW_NEEDLES = 128
/** A multiplier that spreads windows over the filter (Knuth). */
const SPREAD = 0x9e3779b1

/**
 * Finds out which of very many secrets a text may hold, in any form that `patternOf` knows, in one pass over
 * it: escapes are taken out, and what differs between alphabets is taken for the same. It may name some that
 * are not there.
 */
export class SecretIndex {
  readonly #needles = new Map<number, Needle[]>()
  /** Secrets that read otherwise next to other characters, all of them: they may be anywhere. */
  readonly #anywhere = new Set<string>()
  #filter = new WindowFilter(FEW_BITS)

  add(secret: string): void {
    const needles = needlesOf(secret)
    if (needles.some((text) => text.length < WINDOW)) {
      this.#anywhere.add(secret)
      return
    }
    for (const text of needles) {
      const window = windowAt(text)
      this.#filter.add(window)
      const others = this.#needles.get(window)
      if (others) others.push({ secret, text })
      else this.#needles.set(window, [{ secret, text }])
    }
    if (this.#needles.size > FEW_NEEDLES && this.#filter.bits < MANY_BITS) {
      this.#filter = new WindowFilter(MANY_BITS)
      for (const window of this.#needles.keys()) this.#filter.add(window)
    }
  }

  delete(secret: string): void {
    if (this.#anywhere.delete(secret)) return
    for (const text of needlesOf(secret)) {
      const window = windowAt(text)
      const left = this.#needles.get(window)?.filter((needle) => needle.secret !== secret) ?? []
      if (left.length > 0) this.#needles.set(window, left)
      else this.#needles.delete(window)
    }
  }

  /** The secrets that `text` may hold. */
  candidates(text: string): readonly string[] {
    const found = new Set(this.#anywhere)
    this.#scan(text, found)
    if (mayEscape(text)) {
      this.#scan(unescaped(text), found)
      this.#scanBehindPercents(text, found)
    }
    return [...found]
  }

  /** A percent sign that is none of an escape may stand before a secret that begins with two hex digits. */
  #scanBehindPercents(text: string, found: Set<string>): void {
    for (const { index } of text.matchAll(PERCENT)) {
      const window = windowAt(unescaped(text.slice(index + 1, index + 1 + MOST_OF_WINDOW)))
      const needles = this.#needles.get(window)
      if (!needles) continue
      const rest = unescaped(text.slice(index + 1))
      for (const { text: needle, secret } of needles) if (isAt(rest, 0, needle)) found.add(secret)
    }
  }

  #scan(text: string, found: Set<string>): void {
    let window = 0
    for (let at = 0; at < text.length; at++) {
      window = (window << 8) | (folded(text.charCodeAt(at)) & 0xff)
      if (!this.#filter.mayHold(window)) continue
      for (const needle of this.#needles.get(window) ?? [])
        if (isAt(text, at - WINDOW + 1, needle.text)) found.add(needle.secret)
    }
  }
}

function needlesOf(secret: string): readonly string[] {
  const latin = Buffer.from(secret).toString('latin1')
  const escaped = (text: string) => JSON.stringify(text).slice(1, -1)
  // One text, mostly.
  const encoded = new Set([
    ...[secret, encodeURIComponent(secret.toWellFormed())],
    ...[escaped(secret), latin, escaped(latin)],
  ])
  return [
    ...new Set([
      ...[plainPart(secret), plainPart(latin), Buffer.from(secret).toString('hex')],
      ...[...encoded].flatMap(base64Cores),
    ]),
  ]
}

/** Characters that an escape may take, unless it is one of `LONG_ESCAPE`. */
const LONGEST_ESCAPE = 8
const LONG_ESCAPE = /\\u\{|&#|&\w+;|25/

/** The longest part of a secret that no escape can begin in or reach into; all of it, mostly. */
function plainPart(secret: string): string {
  const [first = '', ...others] = secret.split(/[%&\\]/)
  if (others.length === 0) return secret
  if (LONG_ESCAPE.test(secret)) return ''
  return others
    .map((part) => part.slice(LONGEST_ESCAPE))
    .reduce((longest, part) => (part.length > longest.length ? part : longest), first)
}

/** Its first characters, as the lower bytes of their codes. */
function windowAt(text: string): number {
  let window = 0
  for (let at = 0; at < WINDOW; at++) window = (window << 8) | (folded(text.charCodeAt(at)) & 0xff)
  return window
}

/** A set of windows that may take one for one of its own, but never overlooks one. */
class WindowFilter {
  readonly bits: number
  readonly #words: Uint32Array

  /** @param bits - Of a window, so many tell it from others. */
  constructor(bits: number) {
    this.bits = bits
    this.#words = new Uint32Array(2 ** bits / 32)
  }

  add(window: number): void {
    const bit = this.#bitOf(window)
    this.#words[bit >>> 5] = (this.#words[bit >>> 5] ?? 0) | (1 << (bit & 31))
  }

  mayHold(window: number): boolean {
    const bit = this.#bitOf(window)
    return ((this.#words[bit >>> 5] ?? 0) & (1 << (bit & 31))) !== 0
  }

  #bitOf(window: number): number {
    return Math.imul(window, SPREAD) >>> (32 - this.bits)
  }
}

function isAt(text: string, from: number, needle: string): boolean {
  if (from < 0 || from + needle.length > text.length) return false
  for (let at = 0; at < needle.length; at++)
    if (folded(text.charCodeAt(from + at)) !== folded(needle.charCodeAt(at))) return false
  return true
}

const SPACE = 0x20
const SLASH = 0x2f

/** Cases are the same, `+`, `-` and a space are, and `/` and `_`. */
function folded(code: number): number {
  if (code >= 0x41 && code <= 0x5a) return code + 0x20
  if (code === 0x2b || code === 0x2d) return SPACE
  return code === 0x5f ? SLASH : code
}

const ESCAPED =
  /((?:%(?:25)*[0-9a-f]{2})+)|\\+u([0-9a-f]{4})|\\+u\{0*([0-9a-f]{1,6})\}|\\+x([0-9a-f]{2})|\\+([bfnrt])|&(?:amp;)*#(?:0*(\d{1,7})|x0*([0-9a-f]{1,6}));|&(?:amp;)*(quot|apos|amp|lt|gt);|\\+/gi
const SHORT: Readonly<Record<string, string>> = { b: '\b', f: '\f', n: '\n', r: '\r', t: '\t' }
const NAMED: Readonly<Record<string, string>> = {
  ...{ quot: '"', apos: "'", amp: '&' },
  ...{ lt: '<', gt: '>' },
}

function unescaped(text: string): string {
  return text.replaceAll(ESCAPED, (_, percent, unit, braced, byte, short, decimal, hex, named) => {
    if (percent !== undefined)
      return Buffer.from(percent.replaceAll(/%(?:25)*(?=[0-9a-f]{2})/gi, ''), 'hex').toString()
    const code = unit ?? braced ?? byte ?? hex
    if (code !== undefined) return character(Number.parseInt(code, 16))
    if (decimal !== undefined) return character(Number(decimal))
    return SHORT[short?.toLowerCase()] ?? NAMED[named?.toLowerCase()] ?? ''
  })
}

function character(code: number): string {
  return code <= 0x10ffff ? String.fromCodePoint(code) : ''
}
