import { z } from 'zod'
import { epochMsSchema } from './common.ts'

/** Fields of every session answer. Fact sheet 1.1 and 1.4 [reference]; none is marked required. */
const envelope = {
  status: z.string().meta({ description: 'Request status; only OK was seen' }).optional(),
  errorCode: z.string().nullable().optional(),
  responseTuples: z.unknown().optional(),
}

/** `POST /v2/sso/login`, body. Fact sheet 1.1 [reference]. */
export const loginRequestSchema = z
  .looseObject({
    user: z.string().min(1).meta({ description: 'API user id', example: 'apiUserId' }),
    pass: z.string().min(1).meta({ description: 'Password' }),
    org: z.string().min(1).meta({ description: 'Organisation id of the API user' }),
  })
  .meta({ id: 'LoginRequest' })

/**
 * `POST /v2/sso/login`, 200. The token is *not* here: it is in the response headers.
 *
 * `expiryTime` is the end of the session and `serverUTCTime` its start, both epoch milliseconds.
 *
 * @see Fact sheet 1.1, 1.2 [reference].
 */
export const loginAnswerSchema = z
  .looseObject({
    ...envelope,
    expiryTime: epochMsSchema.optional(),
    serverUTCTime: epochMsSchema.optional(),
  })
  .meta({ id: 'LoginAnswer' })
export type LoginAnswer = z.infer<typeof loginAnswerSchema>

/**
 * `GET /v2/sso/token/renew`, 200. Unlike login it carries no `serverUTCTime`.
 *
 * @see Fact sheet 1.4 [reference; which token to send: inferred].
 */
export const renewAnswerSchema = z
  .looseObject({
    ...envelope,
    valid: z.boolean().optional(),
    expiryTime: epochMsSchema.optional(),
    apiVersion: z.string().optional(),
    expired: z.boolean().optional(),
  })
  .meta({ id: 'RenewAnswer' })
export type RenewAnswer = z.infer<typeof renewAnswerSchema>
