import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { jsonIn } from '../../evidence/bundle/json-in.ts'
import { runFactsSchema } from '../../evidence/record/run-facts.ts'
import { reportFiles } from '../report-files.ts'
import type { RoundsResult } from './rounds-tally.ts'

/** What is needed to go on with rounds. */
const progressSchema = z.object({
  /** As typed. */
  limit: z.string(),
  /** Time in which rounds were under way, in milliseconds. */
  activeMs: z.number().nonnegative(),
  state: z.enum(['under way', 'interrupted', 'complete']),
  /** How all rounds are made: the head of the first, with the seed that theirs are derived from. */
  of: runFactsSchema,
})
export type RepeatProgress = z.infer<typeof progressSchema>

/**
 * Writes the verdict on all rounds so far: whole or not at all, and at once, because the process may be about to
 * end.
 */
export function writeOverview(
  dir: string,
  repeat: RepeatProgress,
  result: RoundsResult,
  notJudged: string | undefined,
): void {
  const { id, target, baseUrl, startedAt, seed, settings, selection } = repeat.of
  const overview = {
    ...{ run: id, target, baseUrl: baseUrl ?? '', startedAt, seed, repeat, ...result },
    ...{ settings, selection, ...(notJudged !== undefined && { notJudged }) },
  }
  const { verdict } = reportFiles(dir)
  const half = `${verdict}.${process.pid}.tmp`
  writeFileSync(half, `${JSON.stringify(overview, null, 2)}\n`)
  renameSync(half, verdict)
}

/** How far rounds have come that were written to a directory; nothing where there were none. */
export function readProgress(dir: string): RepeatProgress | undefined {
  const file = join(dir, 'verdict.json')
  if (!existsSync(file)) return undefined
  const { repeat } = Object(jsonIn(readFileSync(file, 'utf8')))
  return progressSchema.safeParse(repeat).data
}
