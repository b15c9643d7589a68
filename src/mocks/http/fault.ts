import { z } from 'zod'
import { endpoints, type Operation } from '../../api/contract/endpoints.ts'

/** Which calls a fault hits. */
interface Hits {
  readonly operation: Operation
  /** Calls that get it, 1 by default; then all is normal again. */
  readonly times?: number
  /** Calls of the operation that are answered as usual before that, 0 by default. */
  readonly skip?: number
}

/**
 * The server answers with the error object. The call did nothing, unless setting `fault.place5xx`
 * says that a placing went through.
 */
export interface ServerFault extends Hits {
  readonly kind?: 'server error'
  readonly status: 500 | 503
}

/** The connection is cut, and there is no answer. */
interface CutFault extends Hits {
  readonly kind: 'cut'
  /** Before the call did anything, or after all of it, so that only the answer is lost. */
  readonly when: 'before' | 'after'
}

/** A gateway answers in the server's stead: with a page in HTML and no error object. */
interface GatewayFault extends Hits {
  readonly kind: 'gateway error'
  readonly status: 502 | 504
  /** As with `CutFault`; the answer is the same, and the client cannot tell. */
  readonly when: 'before' | 'after'
}

/** A deliberate disturbance of the next calls of one operation. */
export type Fault = ServerFault | CutFault | GatewayFault

const hits = {
  operation: z.enum(Object.keys(endpoints) as [Operation, ...Operation[]]),
  times: z.int().positive().default(1),
  skip: z.int().nonnegative().default(0),
}
const when = z.literal(['before', 'after'])
const statuses = 'a server error has 500 or 503, a "gateway error" 502 or 504'

export const faultSchema = z.discriminatedUnion('kind', [
  z.strictObject({
    kind: z.literal('server error').default('server error'),
    status: z.literal([500, 503], statuses),
    ...hits,
  }),
  z.strictObject({ kind: z.literal('cut'), when, ...hits }),
  z.strictObject({
    kind: z.literal('gateway error'),
    status: z.literal([502, 504], statuses),
    when,
    ...hits,
  }),
])

/** A fault as read: what was absent is filled in. */
export type ReadFault = Readonly<z.output<typeof faultSchema>>

/** @throws {RangeError} One sentence, where there is no such fault. */
export function readFault(given: Fault): ReadFault {
  const parsed = faultSchema.safeParse(given)
  if (parsed.success) return parsed.data
  const [issue] = parsed.error.issues
  const where = issue?.path.join('.')
  const why = where ? `its ${where} is wrong: ${issue?.message}` : issue?.message
  throw new RangeError(
    `Failed to stage a fault: ${
      where === 'kind' ? 'its kind is none of "server error", "cut", "gateway error"' : why
    }.`,
  )
}
