import type { Alternatives } from './alternatives.ts'

/** Fact sheet 6, rows 1 to 10, 51 and 53. */
export const sessionAlternatives = {
  tokenTtlMs: [10_000, 600_000],
  tokenSliding: [true],
  'renew.live': ['rotate'],
  'renew.oldTokenGraceMs': [5_000],
  // Not 0: a token that has just expired is renewed (1.4, reference). How long it may be is open.
  'renew.maxExpiredMs': [30_000],
  'renew.unknown': [200],
  'login.concurrent': ['invalidatePrevious'],
  'auth.accept': ['header', 'cookie'],
  'auth.emit': [
    ['header'],
    ['cookieDomain'],
    ['cookieHost'],
    ['header', 'cookieHost'],
    ['cookieDomain', 'cookieHost'],
  ],
  'auth.failureStatus': [400, 403, 404],
  // The page of the login names 400, 401 and 404, and no other.
  'login.unknownStatus': [400, 404],
  'login.maxFailures': [1, 3],
  'auth.method': ['token'],
  'perm.missing': ['http400', 'reject'],
  'provider.missing': ['http400', 'http403'],
  apiVersion: ['2.0'],
} as const satisfies Alternatives
