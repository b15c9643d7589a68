import type { z } from 'zod'

/**
 * One assumption of the simulation: what the documentation leaves open, as a value.
 *
 * `gap` is the number of its row in section 6 of the fact sheet, or `own` where the setting belongs
 * to the simulation alone (how it chooses outcomes).
 */
export interface SettingRow<Schema extends z.ZodType = z.ZodType> {
  readonly gap: number | 'own'
  readonly schema: Schema
  readonly default: z.infer<Schema>
  readonly about: string
}

export function row<const Schema extends z.ZodType>(
  gap: number | 'own',
  schema: Schema,
  byDefault: z.infer<Schema>,
  about: string,
): SettingRow<Schema> {
  return { gap, schema, default: byDefault, about }
}
