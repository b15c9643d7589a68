import { z } from 'zod'
import { hmacSettings } from './hmac-settings.ts'
import { row } from './row.ts'
import { count, countFromOne, flag, milliseconds, orWord, refusalStatus } from './values.ts'

/** Sessions, credentials and permissions. Fact sheet 6, rows 1 to 10, 12, 51 and 53. */
export const sessionSettings = {
  tokenTtlMs: row(1, countFromOne, 60_000, 'Life of a token, in milliseconds'),
  tokenSliding: row(2, flag, false, 'Whether using a token extends its life'),
  'renew.live': row(
    3,
    z.enum(['extend', 'rotate']),
    'extend',
    'What renewing a live token does: extend it, or issue another one',
  ),
  'renew.oldTokenGraceMs': row(
    3,
    milliseconds,
    0,
    'How long a token that was rotated away still works, in milliseconds',
  ),
  'renew.maxExpiredMs': row(
    4,
    orWord(count, 'unlimited'),
    'unlimited',
    'How long after its expiry a token can still be renewed, in milliseconds',
  ),
  'renew.unknown': row(
    5,
    z.literal([401, 200]),
    401,
    'Renewing with an unknown token: 401, or 200 with valid=false',
  ),
  'login.concurrent': row(
    6,
    z.enum(['allow', 'invalidatePrevious']),
    'allow',
    'A second login while the first session lives',
  ),
  'auth.accept': row(
    7,
    z.enum(['header', 'cookie', 'either']),
    'either',
    'Where a request may carry its token',
  ),
  'auth.emit': row(
    7,
    z
      .array(z.enum(['header', 'cookieDomain', 'cookieHost']))
      .min(1)
      .refine((carriers) => new Set(carriers).size === carriers.length, 'one stands there twice'),
    ['header', 'cookieDomain', 'cookieHost'],
    'Where login and renewal put the token',
  ),
  'auth.failureStatus': row(
    8,
    refusalStatus,
    401,
    'HTTP code for a missing, unknown or expired token',
  ),
  'login.unknownStatus': row(
    9,
    refusalStatus,
    401,
    'HTTP code for logging in as an unknown user or organisation',
  ),
  'login.maxFailures': row(
    10,
    orWord(countFromOne, 'off'),
    'off',
    'Failed logins in a row after which a user is locked out',
  ),
  ...hmacSettings,
  'perm.missing': row(
    51,
    z.enum(['http400', 'http403', 'reject']),
    'http403',
    'Placing an order without the trading permission',
  ),
  'provider.missing': row(
    51,
    z.enum(['http400', 'http403', 'reject']),
    'reject',
    'Placing an order while no provider streams prices',
  ),
  apiVersion: row(53, z.string().min(1), '1.0.1', 'Version that a renewal reports'),
}
