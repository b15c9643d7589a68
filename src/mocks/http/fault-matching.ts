import { z } from 'zod'
import { endpoints, type Operation } from '../../api/contract/endpoints.ts'

/** Most characters of a pattern. */
const LONGEST_PATTERN = 255

const operation = z.enum(Object.keys(endpoints) as [Operation, ...Operation[]])

/** Which calls of whoever it is, and how many of them. */
export const countingShape = {
  /** Only calls of the user with this name: by login, token or signature. */
  user: z.string().min(1).exactOptional(),
  /** Only calls of users of this organisation. */
  org: z.string().min(1).exactOptional(),
  /** Calls that get it, then all is normal again; or `always`, until the faults are cleared. */
  times: z.union([z.int().positive(), z.literal('always')]).default(1),
  /** Matching calls that are answered as usual before that. */
  skip: z.int().nonnegative().default(0),
  /** How likely a matching call gets it, from 0 to 1, decided by the seed. */
  probability: z.number().min(0).max(1).default(1),
}

/** Which calls a fault hits: those that all of this is true of. */
export const matchingShape = {
  operation: z.union(
    [operation, z.array(operation).min(1).readonly(), z.literal('any')],
    'Invalid option: expected an operation, a list of operations, or "any"',
  ),
  /** Only calls about the order with this client id, also those that name its server id alone. */
  coId: z.string().min(1).exactOptional(),
  /** Likewise, with `*` for any characters, or none. */
  coIdPattern: z.string().min(1).max(LONGEST_PATTERN).exactOptional(),
  ...countingShape,
}

/** Operations whose calls are about one order. */
const ABOUT_AN_ORDER: readonly Operation[] = [
  'placeOrder',
  'queryOrder',
  'queryOrders',
  'cancelOrder',
]

/** The operations that a fault hits; all of them when `undefined`. */
export function operationsOf(matched: Matching['operation']): readonly Operation[] | undefined {
  if (matched === 'any') return undefined
  return typeof matched === 'string' ? [matched] : matched
}

/** Why no call could ever match; `undefined` where one can. */
export function contradictionOf({
  operation,
  coId,
  coIdPattern,
}: Partial<Matching>): string | undefined {
  if (operation === undefined || (coId ?? coIdPattern) === undefined) return undefined
  const operations = operationsOf(operation)
  if (!operations || operations.some((each) => ABOUT_AN_ORDER.includes(each))) return undefined
  return `no call of ${operations.join(', ')} says which order it is about, so that no coId can match`
}

const matchingSchema = z.object(matchingShape)
export type Matching = Readonly<z.output<typeof matchingSchema>>
