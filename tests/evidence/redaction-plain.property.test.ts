import { test } from 'node:test'
import fc from 'fast-check'
import { createRedactor, REDACTED } from '../../src/evidence/redaction.ts'
import { patternOf } from '../../src/evidence/secret-forms.ts'

/*
 * Where a text escapes no character of a secret, a pattern without escapes is used: it must find what the
 * pattern with all of them finds.
 */

const hex = (text: string, digits: number) =>
  (text.codePointAt(0) ?? 0).toString(16).padStart(digits, '0')

/** Ways to write a character. */
const forms: readonly ((character: string) => string)[] = [
  (character) => character,
  (character) => encodeURIComponent(character),
  (character) =>
    [...Buffer.from(character)].map((byte) => `%${hex(String.fromCharCode(byte), 2)}`).join(''),
  (character) => `%25${hex(character, 2)}`,
  (character) => `\\u${hex(character, 4)}`,
  (character) => `&#x${hex(character, 1)};`,
  (character) => `&amp;#${character.codePointAt(0)};`,
]
const secrets = fc.string({
  unit: fc.constantFrom(...'aZ09-/+ %&"\\é'),
  minLength: 4,
  maxLength: 8,
})
const noise = fc.string({ unit: fc.constantFrom(...'aZ09-/+ %&;#"\\=25x'), maxLength: 6 })
const whole: readonly ((secret: string) => string)[] = [
  (secret) => Buffer.from(secret).toString('base64'),
  (secret) => Buffer.from(`x${secret}`).toString('base64url'),
  (secret) => Buffer.from(secret).toString('hex'),
  (secret) => encodeURIComponent(secret),
  (secret) => JSON.stringify(secret),
  (secret) => secret.replaceAll(' ', '+'),
  // A percent sign that is none of an escape, before what may begin with two hex digits.
  (secret) => `5%${encodeURIComponent(secret)}`,
]

/** A secret, and a text that holds it in some form or other, or nearly. */
const told = secrets.chain((secret) =>
  fc.tuple(
    fc.constant(secret),
    fc
      .array(
        fc.oneof(
          noise,
          fc.constantFrom('?pair=EUR%2FUSD&side=Buy', '%2F', '&', secret.slice(1)),
          fc.constantFrom(...whole).map((form) => form(secret)),
          fc
            .array(fc.constantFrom(...forms), { minLength: 8, maxLength: 8 })
            .map((each) => [...secret].map((one, at) => each[at % 8]?.(one) ?? one).join('')),
        ),
        { maxLength: 5 },
      )
      .map((parts) => parts.join('')),
  ),
)

/** Other secrets, so many that only those are looked for which a text may hold. */
const OTHERS = Array.from({ length: 40 }, (_, at) => `QQ<${at * 7_919}>QQ`)

test('a text is redacted as if every form were looked for in it', () => {
  fc.assert(
    fc.property(told, ([secret, text]) => {
      const all = text.length < secret.length ? text : text.replace(patternOf(secret), REDACTED)
      return [[secret], [secret, ...OTHERS]].every(
        (known) => createRedactor(known).redact(text) === all,
      )
    }),
    { numRuns: 3_000 },
  )
})
