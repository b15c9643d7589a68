import type { Exchange } from '../../evidence/exchange.ts'
import type { ScenarioRecord, StepRecord } from '../../evidence/record/scenario-record.ts'
import { THE_RUN_ITSELF } from '../../evidence/verdict.ts'
import { type PageScenario, PageScenarios, type PageStory } from './page-story.ts'

/**
 * What a run did of itself (preflight, clean-up, a last look), as one more scenario: its findings are
 * findings. It was judged on all that its scenarios did; shown are its own exchanges and those that a
 * finding cites, since the others stand where they were made.
 */
export function runItself({ own, findings, steps: told }: PageStory): readonly PageScenario[] {
  if (own === undefined) return []
  const cited = new Set(findings.flatMap(({ exchanges }) => exchanges))
  const exchanges = own.exchanges.filter(
    ({ number, step, sharedFrom }) =>
      cited.has(number) || (sharedFrom === undefined && !told.has(step ?? '')),
  )
  const record: ScenarioRecord = {
    uri: '',
    line: 1,
    name: THE_RUN_ITSELF,
    feature: 'What the run did of itself',
    tags: [],
    status: findings.length > 0 ? 'failed' : 'passed',
    steps: stepsOf(exchanges),
    evidence: { ...own, exchanges, findings, orders: [], refused: [] },
  }
  return [new PageScenarios().add(record, () => record)]
}

/** What it was doing, each time that it did something else. */
function stepsOf(exchanges: readonly Exchange[]): StepRecord[] {
  return exchanges
    .flatMap(({ step }) => step ?? [])
    .filter((text, at, all) => text !== all[at - 1])
    .map((text) => ({ keyword: '', kind: 'action', text, status: 'passed' }))
}
