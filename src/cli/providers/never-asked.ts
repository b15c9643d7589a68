import type { Provider } from './providers-schema.ts'

/**
 * Promises that no run of this provider can show, since its entry keeps every run from asking: one sentence
 * each, with the path below the provider first.
 */
export function neverAsked({ capabilities, allowResend = false, auth }: Provider): string[] {
  return [
    ...(capabilities['trade-resend'] === true && !allowResend
      ? [
          '.capabilities.trade-resend: it is never asked for, as allowResend is false: set allowResend to true, or leave the capability out.',
        ]
      : []),
    ...(capabilities.hmac === true && auth !== 'hmac'
      ? [
          '.capabilities.hmac: it is never asked for, as auth is token: set auth to hmac, or leave the capability out.',
        ]
      : []),
  ]
}
