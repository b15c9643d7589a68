import { z } from 'zod'
import type { Matter } from '../reading/matter.ts'

/**
 * How a gap of the documentation was seen to be filled: never a finding. The name is that of the
 * setting in section 6 of the fact sheet, or of what it is about where it has none.
 */
export const variantSchema = z
  .object({
    setting: z.string(),
    /** Any JSON. */
    value: z.unknown(),
    /** The first exchange of the scenario that shows it. */
    exchange: z.int().positive(),
  })
  .readonly()
export type Variant = z.infer<typeof variantSchema>

/** What one look at a scenario finds; the same value may be found often. */
export type VariantFinder = (matter: Matter) => readonly Variant[]
