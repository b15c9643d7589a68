import { z } from 'zod'

/**
 * `GET /marketdataset` (no `/v2`), query; which of these go together depends on the workflow.
 *
 * @see Fact sheet 2.3 [reference: names; inferred: which names the rules mean].
 */
export const marketDataSetQuerySchema = z.looseObject({
  id: z.string().optional(),
  org: z.string().optional(),
  symbol: z.string().optional(),
  symbols: z.string().meta({ description: 'comma-separated' }).optional(),
  date: z.string().meta({ description: 'YYYY-MM-DD' }).optional(),
  tenor: z.string().meta({ example: 'SPOT' }).optional(),
  timeWindow: z.string().meta({ description: 'HHmm-HHmm' }).optional(),
})
export type MarketDataSetQuery = z.infer<typeof marketDataSetQuerySchema>

/**
 * `GET /marketdataset`, 200: the sets found. The inner fields of a rate are unseen but for `rateId`,
 * e.g. `4HProduct|2022-11-14|0800-1200|EURUSD|SPOT`.
 *
 * @see Fact sheet 2.3 [reference].
 */
export const marketDataSetsSchema = z
  .array(
    z.looseObject({
      id: z.string(),
      date: z.string().nullable().optional(),
      timeWindow: z.string().nullable().optional(),
      name: z.string().nullable().optional(),
      createdTime: z.unknown().optional(),
      activationTime: z.unknown().optional(),
      validUntil: z.unknown().optional(),
      nextCreationTime: z.unknown().optional(),
      expirationTime: z.unknown().optional(),
      rates: z.array(z.looseObject({ rateId: z.string().optional() })),
    }),
  )
  .meta({ id: 'MarketDataSets' })
export type MarketDataSets = z.infer<typeof marketDataSetsSchema>
