import { z } from 'zod'
import { epochMsSchema, symbolSchema } from './common.ts'

/** `GET /v2/rates/spot`, query. Fact sheet 2.1 [reference]. */
export const spotRateQuerySchema = z.looseObject({ symbol: symbolSchema.min(1) })

/**
 * `GET /v2/rates/spot`, 200: top-of-book bid and offer of one symbol.
 *
 * You sell base at `bid` and buy it at `offer`; the limits are the amounts of base available there
 * [inferred]. `rateId` (at most 255 characters, opaque) goes back in a previously quoted order [seed].
 * The page marks no field required; all seven stand in every sample, and the flow needs them.
 *
 * @see Fact sheet 2.1 [reference].
 */
export const spotRateSchema = z
  .looseObject({
    symbol: symbolSchema,
    bid: z.number().positive(),
    offer: z.number().positive(),
    bidLimit: z.number().nonnegative(),
    offerLimit: z.number().nonnegative(),
    time: epochMsSchema,
    rateId: z.string().min(1).max(255),
  })
  .meta({ id: 'SpotRate' })
export type SpotRate = z.infer<typeof spotRateSchema>

/** `TOB` top of book, `FULL` full book, `RAW` raw rates. Fact sheet 2.2 [reference]. */
export const rateTypeSchema = z.enum(['TOB', 'FULL', 'RAW'])
export type RateType = z.infer<typeof rateTypeSchema>

/** Rates as parallel arrays, one entry a level. Fact sheet 2.2 [reference: WebSocket; inferred: REST]. */
const rateArraysSchema = z.looseObject({
  symbol: symbolSchema,
  bid: z.array(z.number()),
  offer: z.array(z.number()),
  bidLimit: z.array(z.number()),
  offerLimit: z.array(z.number()),
  bidProviders: z.array(z.string()).optional(),
  offerProviders: z.array(z.string()).optional(),
})

/** Rates as a list of levels. Not documented: the other value of setting 44 [inferred]. */
const rateLevelsSchema = z.array(
  z.looseObject({ symbol: symbolSchema, bid: z.number(), offer: z.number() }),
)

/** `GET /v2/rates/spot/{type}` and `…/{org}`, 200. Fact sheet 2.2 [body: inferred]. */
export const typedSpotRateSchema = z
  .union([rateArraysSchema, rateLevelsSchema])
  .meta({ id: 'TypedSpotRate' })
export type TypedSpotRate = z.infer<typeof typedSpotRateSchema>
