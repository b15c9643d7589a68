/** What a scenario waits for, and for how long at most. */
export type WaitKind = 'order to end' | 'order to be NEW' | 'cancellation' | 'trade'

/** How long one wait may take. */
export interface Allowance {
  readonly withinMs: number
  /** Whether that is the whole deadline; a wait cut short shows nothing about the provider. */
  readonly isFull: boolean
}

/** How scenarios wait and try, in milliseconds of the backend's clock. */
export interface Patience {
  /** The pause after the first query, what each further one is multiplied by, and the longest. */
  readonly poll: { readonly firstMs: number; readonly factor: number; readonly mostMs: number }
  /** How long each kind of wait may take. */
  readonly limitsMs: Readonly<Record<WaitKind, number>>
  /** How long after the end of its life a good-till-time order may take to be EXPIRED. */
  readonly expiryWithinMs: number
  /** How long an order whose placing got no answer is looked for. */
  readonly doubtWithinMs: number
  /** How long the second token is waited for to expire. */
  readonly tokenWaitMs: number
  /** Further attempts at an ending that the other side decides about. */
  readonly furtherAttempts: number
  /** How long a wait of this kind may take now: fewer milliseconds once it was in vain too often. */
  allow(kind: WaitKind, withinMs: number): Promise<Allowance>
  /** Notes that a wait of this kind came to its deadline in vain. */
  breach(kind: WaitKind): Promise<void>
}
