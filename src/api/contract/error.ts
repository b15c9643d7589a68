import { z } from 'zod'

/**
 * The error object, in the working shape of the fact sheet (the login envelope plus a text).
 *
 * Its real field names were not readable, so nothing here is required and every other field is
 * kept: a client looks at what is there, and asserts on codes against the simulation only.
 *
 * @see Fact sheet 3 [seed: that it exists; inferred: its fields].
 */
export const errorSchema = z
  .looseObject({
    status: z.string().optional(),
    errorCode: z.string().nullable().optional(),
    responseTuples: z.unknown().optional(),
    errorMessage: z.string().nullable().optional(),
  })
  .meta({ id: 'Error', description: 'The error object (working shape, fact sheet 3)' })
