import { z } from 'zod'

const ms = z.number().nonnegative()
const count = z.int().nonnegative()

/**
 * Where a habit of a client becomes a finding. None of it is documented (fact sheet 5, "Rate limits": none):
 * the defaults are this project's, wide enough for timers and networks.
 */
export const clientBoundsSchema = z
  .object({
    /** From one request to the next of a loop, less a tenth for timers; default 200. */
    pollEveryMs: ms.meta({ description: 'ms from one poll to the next at least' }),
    /** Quick repetitions in a row that are no finding yet, as those of a back-off that begins; default 3. */
    mostQuick: count.meta({ description: 'quick repetitions in a row that are let pass' }),
    /** A query that was open for so long may have been given up for the next; default 5 000. */
    abandonAfterMs: ms.meta({ description: 'ms after which an open query counts as given up' }),
    /** Queries of an order after its final status was told, to make sure; default 1. */
    mostAfterFinal: count.meta({ description: 'queries after a final status that are let pass' }),
    /** Placings within this were made at once, neither knowing of the other; default 20. */
    togetherMs: ms.meta({ description: 'ms within which placings count as made together' }),
    /** The way of a request to the server; default 50. */
    tokenSlackMs: ms.meta({ description: 'ms after its expiry that a token may still come in' }),
    /** Logins whose token was used once or never: so many scripts may have run; default 3. */
    mostSingleUse: count.meta({ description: 'logins for one request each that are let pass' }),
    /** Logins after the first that was refused, with the same password; default 2. */
    mostRefusedLogins: count.meta({ description: 'repetitions of a refused login let pass' }),
    /** The same request with the token that it was refused with: several may be under way; default 2. */
    mostSameToken: count.meta({ description: 'repetitions with a refused token let pass' }),
    /** Cancellations of an order that is known to be over; default 1. */
    mostCancels: count.meta({ description: 'cancellations of a finished order let pass' }),
    /** How much before the end of `Retry-After` a timer may fire; default 50. */
    retrySlackMs: ms.meta({ description: 'ms that Retry-After may be cut short by' }),
    /** How long a rate is taken to be good where the server does not say; default 5 000. */
    rateFreshMs: ms.meta({ description: 'ms that a rate may be old when it is dealt on' }),
  })
  .readonly()
export type ClientBounds = z.infer<typeof clientBoundsSchema>

export const DEFAULT_CLIENT_BOUNDS: ClientBounds = {
  pollEveryMs: 200,
  mostQuick: 3,
  abandonAfterMs: 5_000,
  mostAfterFinal: 1,
  togetherMs: 20,
  tokenSlackMs: 50,
  mostSingleUse: 3,
  mostRefusedLogins: 2,
  mostSameToken: 2,
  mostCancels: 1,
  retrySlackMs: 50,
  rateFreshMs: 5_000,
}
