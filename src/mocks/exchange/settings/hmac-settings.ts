import { z } from 'zod'
import { row } from './row.ts'
import { flag, milliseconds, refusalStatus } from './values.ts'

/** Signed requests. Fact sheet 6, row 12. */
export const hmacSettings = {
  'auth.method': row(
    'own',
    z.enum(['token', 'hmac', 'either']),
    'either',
    'What authenticates a request: the token of a login, an HMAC signature, or either; a request with a signature is judged by that. With hmac alone, login and renewal are answered like a missing token',
  ),
  'hmac.required': row(
    12,
    z
      .array(z.enum(['date', 'request-line', 'digest']))
      .refine((names) => new Set(names).size === names.length, 'one stands there twice'),
    ['date', 'request-line', 'digest'],
    'What a signature has to cover at least; an X-Date stands in for the date',
  ),
  'hmac.skewMs': row(
    12,
    milliseconds,
    300_000,
    'How far the date of a signed request may be from the time here, in milliseconds; an HTTP date has whole seconds',
  ),
  'hmac.failureStatus': row(
    12,
    refusalStatus,
    401,
    'HTTP code for a signature that is missing where nothing else counts, or wrong in any way',
  ),
  'hmac.requireTypeHeader': row(
    12,
    flag,
    true,
    'Whether a signed request needs the header type: hmac',
  ),
  'hmac.secretEncoding': row(
    12,
    z.enum(['utf-8', 'base64']),
    'utf-8',
    'How the text of a secret becomes the key: its bytes, or what they are the base64 of',
  ),
}
