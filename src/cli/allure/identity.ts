import { createHash } from 'node:crypto'
import type { ScenarioRecord } from '../../evidence/record/scenario-record.ts'

/** What a scenario says, and in which feature: its words, not its line. */
export function wordsOf({
  uri,
  rule,
  name,
  steps,
}: Pick<ScenarioRecord, 'uri' | 'rule' | 'name' | 'steps'>): string {
  return JSON.stringify([uri, rule ?? '', name, steps.map(({ text }) => text)])
}

/**
 * What tells the scenarios of a run apart, and finds each again in a later run and on another target. Where
 * two have the same words, they are numbered in the order in which they are asked for.
 */
export class Identities {
  readonly #times = new Map<string, number>()

  next(words: string): string {
    const time = (this.#times.get(words) ?? 0) + 1
    this.#times.set(words, time)
    return createHash('sha256').update(`${words} ${time}`).digest('hex').slice(0, 32)
  }
}

/** An id in the form that Allure's files are named by; the same for the same text. */
export function uuidOf(text: string): string {
  const hex = createHash('sha256').update(text).digest('hex')
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20, 32),
  ].join('-')
}
