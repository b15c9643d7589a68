import { createHash } from 'node:crypto'
import type { StepRecord } from '../record/scenario-record.ts'

/** Hex digits kept of a digest: enough to tell the versions of one scenario apart. */
const DIGITS = 10

/** What of a step is its words. */
export type StepWords = Pick<StepRecord, 'text' | 'argument'>

/**
 * The words of a scenario's steps as a short digest: a scenario that was reworded has not been validated
 * as it stands, and rows of an outline can have the same name.
 */
export function wordsOf(steps: readonly StepWords[]): string {
  const words = steps.map(({ text, argument }) => [text, argument ?? null])
  return createHash('sha256').update(JSON.stringify(words)).digest('hex').slice(0, DIGITS)
}
