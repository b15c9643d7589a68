/**
 * Why the exchange turned something down. The doors (`mocks/http`) give each reason its HTTP code
 * and error code; a reason on a rejected order becomes its reason code.
 */
export const REASONS = [
  'malformed-body',
  'content-type',
  'missing-field',
  'ill-typed',
  'bad-value',
  'bad-number',
  'unknown-field',
  'unsupported-type',
  'unknown-symbol',
  'bad-currency',
  'bad-time-in-force',
  'duplicate-co-id',
  'unknown-rate',
  'expired-rate',
  'foreign-rate',
  'other-symbol-rate',
  'price-mismatch',
  'oversize',
  'credit-exceeded',
  'market-closed',
  'no-permission',
  'no-provider',
  'impossible-outcome',
  'refused-as-staged',
  'last-look',
  'not-authenticated',
  'bad-credentials',
  'unknown-user',
  'locked-out',
  'unknown-token',
  'token-too-old',
  'bad-signature',
  'no-liquidity',
  'bad-market-data-query',
  'unknown-order',
  'too-late',
  'too-many-orders',
  'bad-max-count',
  'bad-range',
  'no-trades-in-range',
  'unknown-path',
  'rate-limit',
  'server-error',
  'unavailable',
] as const
export type Reason = (typeof REASONS)[number]

/** A request that was turned down: nothing happened. */
export interface Refusal {
  readonly reason: Reason
  /** One sentence for whoever reads the error object. */
  readonly detail: string
  /** The error code, where it is not that of the reason. */
  readonly code?: string
}

/** What an operation of the exchange gives back. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly refusal: Refusal }

export const success = <T>(value: T): Result<T> => ({ ok: true, value })

export const refuse = (reason: Reason, detail: string, code?: string): Result<never> => ({
  ok: false,
  refusal: { reason, detail, ...(code !== undefined && { code }) },
})
