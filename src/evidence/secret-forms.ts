/**
 * Shorter secrets are hidden in the fields that carry them, but not looked for elsewhere: every
 * second word would match.
 */
export const MIN_SOUGHT_LENGTH = 4

const NAMED: Readonly<Record<string, string>> = {
  '"': 'quot',
  '&': 'amp',
  "'": 'apos',
  '<': 'lt',
  '>': 'gt',
}
const JSON_SHORT: Readonly<Record<string, string>> = {
  '\b': 'b',
  '\f': 'f',
  '\n': 'n',
  '\r': 'r',
  '\t': 't',
}

/**
 * A pattern for every form in which a server or a library may give `secret` back: as it is,
 * percent-encoded, escaped for JSON or HTML (character by character in any mixture, also escaped
 * repeatedly), in hexadecimal, and inside a base64 text at any offset.
 *
 * @param secret - At least {@link MIN_SOUGHT_LENGTH} characters.
 */
export function patternOf(secret: string): RegExp {
  return patternWith(secret, anyFormOf)
}

/**
 * The same for a text that holds none of its characters in an escaped form: it finds the same there, and is
 * compiled in a fraction of the time.
 */
export function plainPatternOf(secret: string): RegExp {
  return patternWith(secret, (character) => (character === ' ' ? '[+ ]' : literal(character)))
}

/** The bytes whose escapes may stand in a form of the secret. */
export function bytesIn(secret: string): ReadonlySet<number> {
  return new Set([...bytesOf(secret), ...bytesOf(latinOf(secret))])
}

/** What a header carries beyond ASCII is read as Latin-1. */
function latinOf(secret: string): string {
  return Buffer.from(secret).toString('latin1')
}

function patternWith(secret: string, formOf: (character: string, at: number) => string): RegExp {
  const latin = latinOf(secret)
  const texts = [
    ...[secret, encodeURIComponent(secret.toWellFormed()), jsonEscaped(secret)],
    ...(latin === secret ? [] : [latin, jsonEscaped(latin)]),
  ]
  const forms = [
    ...[...new Set([secret, latin])].map((each) => [...each].map(formOf).join('')),
    hexForm(secret),
    ...new Set(texts.flatMap(base64Forms)),
  ]
  return new RegExp(forms.join('|'), 'gu')
}

function jsonEscaped(secret: string): string {
  return JSON.stringify(secret).slice(1, -1)
}

/** One character of the secret, alone or escaped, however often. */
function anyFormOf(character: string, at: number): string {
  // The first looks at a run of backslashes once, from its start: else long runs would take forever.
  const backslash = at === 0 ? '(?<!\\\\)\\\\' : '\\\\'
  const point = character.codePointAt(0) ?? 0
  const units = [...Array(character.length).keys()].map((unit) => character.charCodeAt(unit))
  const hex = (value: number, digits: number) => anyCase(value.toString(16).padStart(digits, '0'))
  const forms = [
    units.map((unit, index) => `${index === 0 ? backslash : '\\\\'}+u${hex(unit, 4)}`).join(''),
    `${backslash}+u\\{0*${hex(point, 1)}\\}`,
    bytesOf(character)
      .map((byte) => `%(?:25)*${hex(byte, 2)}`)
      .join(''),
    `&(?:amp;)*#(?:0*${point}|[xX]0*${hex(point, 1)});`,
  ]
  if (point < 0x100) forms.push(`${backslash}+x${hex(point, 2)}`)
  const named = NAMED[character]
  if (named !== undefined) forms.push(`&(?:amp;)*${named};`)
  const short = JSON_SHORT[character]
  if (short !== undefined) forms.push(`${backslash}+${short}`)
  if (character === ' ') forms.push('\\+')
  // Last, because an escape may begin with the very character that it stands for.
  forms.push(`${backslash}*${literal(character)}`)
  return `(?:${forms.join('|')})`
}

function hexForm(secret: string): string {
  return bytesOf(secret)
    .map((byte) => anyCase(byte.toString(16).padStart(2, '0')))
    .join('')
}

/**
 * The characters of a base64 text that depend on the secret alone, for each of the three places it
 * can have in a group, and the neighbours that hold a part of its first and last byte.
 */
function base64Forms(text: string): string[] {
  return base64Cores(text).map((each) => {
    const core = [...each].map(base64Character).join('')
    return `[\\w+/-]?${core}[\\w+/-]?`
  })
}

/** These characters without the neighbours. */
export function base64Cores(text: string): string[] {
  const bytes = Buffer.from(text)
  return [0, 1, 2].map((offset) => {
    const encoded = Buffer.concat([Buffer.alloc(offset), bytes]).toString('base64')
    const from = Math.ceil((offset * 8) / 6)
    const to = Math.floor(((offset + bytes.length) * 8) / 6)
    return encoded.slice(from, to)
  })
}

function base64Character(character: string): string {
  if (character === '+') return '(?:[+-]|%2[Bb])'
  if (character === '/') return '(?:[/_]|\\\\/|%2[Ff])'
  return character
}

function bytesOf(text: string): number[] {
  return [...Buffer.from(text)]
}

function anyCase(hex: string): string {
  return hex.replaceAll(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`)
}

function literal(character: string): string {
  return character.replace(/[\\^$.*+?()[\]{}|/]/, '\\$&')
}
