import { cpus } from 'node:os'
import { z } from 'zod'

const figure = z.number()

/** Whether a bar was reached; not where the measure has none, or could not be judged. */
const reachedSchema = z.enum(['aim', 'bar', 'no', '-', 'not verified'])
export type Reached = z.infer<typeof reachedSchema>

/** One line of the table, with every repetition it was made from. */
const measureSchema = z.strictObject({
  id: z.string(),
  title: z.string(),
  /** Of `value` and `reference`. */
  unit: z.string(),
  /** The median of the repetitions, as are the next two. */
  value: figure,
  /** What it is held against: mostly the bare server's. */
  reference: figure.optional(),
  ratio: figure.optional(),
  /** Bounds of the ratio, or of the value where there is none. */
  bar: figure.optional(),
  aim: figure.optional(),
  better: z.enum(['higher', 'lower']),
  reached: reachedSchema,
  /** Why it could not be judged. */
  why: z.string().optional(),
  repetitions: z
    .array(
      z.strictObject({ value: figure, reference: figure.optional(), ratio: figure.optional() }),
    )
    .min(1),
})
export type Measure = z.infer<typeof measureSchema>

/** One run of a suite. */
export const resultsSchema = z.strictObject({
  /** ISO 8601, in UTC: when the run ended. */
  date: z.iso.datetime(),
  seed: z.string(),
  quick: z.boolean(),
  machine: z.strictObject({
    cpu: z.string(),
    cores: z.int().positive(),
    node: z.string(),
    system: z.string(),
  }),
  /** Cores of server and driver, or why nothing was pinned. */
  pinned: z.string(),
  measures: z.array(measureSchema).min(1),
  /** What a reader needs to judge the figures by. */
  notes: z.array(z.string()),
})
export type Results = z.infer<typeof resultsSchema>

/** What `bench/results.json` holds: the last run of each suite, which are run apart. */
export const keptSchema = z.partialRecord(
  z.enum(['serve', 'soak', 'suite', 'workers']),
  resultsSchema,
)
export type Kept = z.infer<typeof keptSchema>
export type SuiteName = keyof Kept

export function describeMachine(): Results['machine'] {
  const all = cpus()
  return {
    cpu: all[0]?.model ?? 'unknown',
    cores: all.length,
    node: process.version,
    system: `${process.platform} ${process.arch}`,
  }
}
