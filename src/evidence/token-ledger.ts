import { z } from 'zod'

/** A token that went along with a request: as a number, since it is a secret itself. */
export const tokenUseSchema = z
  .object({
    /** The first token that was seen is 1. */
    number: z.int().positive(),
    /** When the last answer that brought it had come in; absent where none did. */
    issuedAt: z.number().optional(),
    /**
     * When it expires, as that answer said, by the clock of the backend; absent where it did not, or no
     * login has told the time of the server.
     */
    expiresAt: z.number().optional(),
    /** When it went along last before this; absent where it never did. */
    usedAt: z.number().optional(),
  })
  .readonly()
export type TokenUse = z.infer<typeof tokenUseSchema>

/** What an answer says of the token that it brings. All times are epoch milliseconds. */
export interface Issue {
  /** When the answer had come in, by the clock of the backend. */
  readonly at: number
  /** Its expiry, by the clock of the server. */
  readonly expiryTime: number | undefined
  /** The time of the server when it answered; a renewal does not tell. */
  readonly serverTime: number | undefined
}

/**
 * Tells tokens apart, and remembers what was said of them, so that a judge who never sees one can
 * judge what became of it. One ledger may serve many scenarios that share sessions.
 *
 * @see Fact sheet 1.1 [reference: expiry; inferred: correcting for clock skew].
 */
export class TokenLedger {
  readonly #tokens = new Map<string, Omit<TokenUse, 'number'>>()
  readonly #numbers = new Map<string, number>()
  /** The clock of the server less that of the backend. */
  #aheadMs: number | undefined

  /** Notes that a token went along with a request, and tells what was known of it before. */
  use(token: string, at: number): TokenUse {
    const number = this.numberOf(token)
    const known = this.#tokens.get(token) ?? {}
    this.#tokens.set(token, { ...known, usedAt: at })
    return { number, ...known }
  }

  /** Notes that an answer brought a token. @returns Its number. */
  issue(token: string, { at, expiryTime, serverTime }: Issue): number {
    if (serverTime !== undefined) this.#aheadMs = serverTime - at
    const { usedAt } = this.#tokens.get(token) ?? {}
    this.#tokens.set(token, {
      issuedAt: at,
      ...(expiryTime !== undefined &&
        this.#aheadMs !== undefined && { expiresAt: expiryTime - this.#aheadMs }),
      ...(usedAt !== undefined && { usedAt }),
    })
    return this.numberOf(token)
  }

  /** The number of a secret, e.g. of a password: the same for the same, from 1. */
  numberOf(secret: string): number {
    const known = this.#numbers.get(secret)
    if (known !== undefined) return known
    this.#numbers.set(secret, this.#numbers.size + 1)
    return this.#numbers.size
  }
}
