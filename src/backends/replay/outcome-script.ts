import { z } from 'zod'
import { flawOf, outcomeSchema } from '../../mocks/exchange/outcome.ts'
import { matchSchema } from '../../mocks/exchange/outcome-rule.ts'
import { parseSettings, SettingsError } from '../../mocks/exchange/settings/parse-settings.ts'
import type { Settings } from '../../mocks/exchange/settings/settings.ts'
import { ReplayError } from './replay-error.ts'

/** By what a script is known from a recording. */
export const SCRIPT_KIND = 'integral-harness outcome script'

const text = z.string().min(1)
const which = {
  /** Which placing of the recording it was, from 1; all placings count. */
  call: z.int().positive(),
  coId: text.max(255).exactOptional(),
  /** What a placing looks like that takes its place. */
  match: matchSchema,
}

const scriptSchema = z.strictObject({
  kind: z.literal(SCRIPT_KIND),
  version: z.literal(1),
  /** What it was made from. */
  source: z.strictObject({ file: text, format: z.enum(['transcript', 'HAR']) }).exactOptional(),
  /** Settings that the recording speaks for, where they are not the defaults. */
  settings: z.record(z.string(), z.unknown()).default({}),
  /** In the order of placing. */
  orders: z
    .array(
      z.strictObject({
        ...which,
        /** What was seen of it, for whoever edits this. */
        note: z.string().exactOptional(),
        outcome: outcomeSchema,
      }),
    )
    .default([]),
  /** Placings that were answered with an error; `taken` where there was an order all the same. */
  refusals: z
    .array(
      z.strictObject({
        ...which,
        status: z.int().min(100).max(599),
        contentType: text.exactOptional(),
        body: z.string().exactOptional(),
        taken: z.boolean(),
      }),
    )
    .default([]),
  /** Placings that had no answer; `taken` where there was an order all the same. */
  unanswered: z.array(z.strictObject({ ...which, taken: z.boolean() })).default([]),
  /** What a replay does not do as it was, and why. */
  notReproduced: z.array(z.strictObject({ what: text, why: text })).default([]),
})

/** Outcomes that reproduce a recording: JSON that can be kept and edited. */
export type OutcomeScript = Omit<z.infer<typeof scriptSchema>, 'settings'> & {
  readonly settings: Partial<Settings>
}

/**
 * Reads a script that was kept.
 *
 * @throws {ReplayError} One sentence that names the file and the path of what is wrong.
 */
export function parseScript(value: unknown, file: string): OutcomeScript {
  const script = scriptSchema.safeParse(value)
  if (!script.success) throw new ReplayError(file, `${flawOf(script.error, 'script')}.`)
  try {
    parseSettings(script.data.settings)
  } catch (error) {
    if (error instanceof SettingsError) throw new ReplayError(file, error.message)
    throw error
  }
  return script.data as OutcomeScript
}

/** A script as it is kept, for people to edit. */
export function renderScript(script: OutcomeScript): string {
  return `${JSON.stringify(script, null, 2)}\n`
}
