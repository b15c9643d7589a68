import { createHash } from 'node:crypto'
import type { ScenarioHead } from '../../evidence/record/scenario-head.ts'

/**
 * What tells the scenarios of a run apart, in their order, and finds each again in a later run and on
 * another target: its words, not its line. Where two have the same, they are numbered.
 */
export function identitiesOf(scenarios: readonly ScenarioHead[]): string[] {
  const times = new Map<string, number>()
  return scenarios.map(({ uri, rule, name, steps }) => {
    const words = JSON.stringify([uri, rule ?? '', name, steps.map(({ text }) => text)])
    const time = (times.get(words) ?? 0) + 1
    times.set(words, time)
    return createHash('sha256').update(`${words} ${time}`).digest('hex').slice(0, 32)
  })
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
