import { z } from 'zod'

/**
 * How sure we are of a fact: read in the guides (*seed*), in the reference (*reference*), deduced or
 * seen in one public client (*inferred*), or on a page nobody could read (*unseen*).
 *
 * @see Fact sheet, "How to read the marks".
 */
export type Mark = 'seed' | 'reference' | 'inferred' | 'unseen'

/** Where a rule or a shape comes from: a section of the fact sheet, and how sure it is. */
export interface Source {
  readonly section: string
  readonly mark: Mark
}

/** `BASE/TERM`, e.g. `EUR/USD`. Fact sheet 0, "Conventions" [reference]. */
export const symbolSchema = z.string().meta({ description: 'BASE/TERM', example: 'EUR/USD' })

/** Milliseconds since the Unix epoch. Fact sheet 0, "Conventions" [reference]. */
export const epochMsSchema = z.int().nonnegative().meta({ description: 'epoch milliseconds' })

/** The side of the placer, for the *dealt* currency. Fact sheet 2.4 [reference]. */
export const sideSchema = z.enum(['Buy', 'Sell'])
export type Side = z.infer<typeof sideSchema>

/**
 * `yyyy-MM-dd HH:mm:ss,SSS Z`, e.g. `2023-06-02 18:31:01,301 +0000`.
 *
 * @see Fact sheet 0, table of timestamp shapes [reference].
 */
export const stampSchema = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2},\d{3} [+-]\d{4}$/)
  .meta({ description: 'yyyy-MM-dd HH:mm:ss,SSS Z', example: '2023-06-02 18:31:01,301 +0000' })
