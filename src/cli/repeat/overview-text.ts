import { few } from '../../evidence/few.ts'
import { countOf } from '../../evidence/summary.ts'
import type { InRounds, RoundsResult } from './rounds-tally.ts'

/** What all rounds came to, for a person at a terminal. */
export function overviewText({ rounds, scenarios, ...result }: RoundsResult): string {
  const { passed, failed, notVerified } = scenarios
  const { rules, findings, failures, notJudgedFor } = result
  const broken = rules.filter((rule) => rule.result === 'broken')
  const held = rules.filter((rule) => rule.result === 'held')
  return [
    `${countOf(rounds.ended, 'round')}: ${rounds.held} held, ${rounds.broken} broken, ${rounds.notJudged} not judged`,
    `Scenarios of all rounds: ${passed} passed, ${failed} failed, ${notVerified} not verified`,
    `${held.length} of ${countOf(rules.length, 'rule')} held in every round that showed them; ${broken.length} broken`,
    ...listed(
      'Broken',
      broken.map(({ id, broken: by, held: times, isFlaky }) => {
        return `${id}: ${where(by)}${isFlaky ? `; flaky, since it held in ${times}` : ''}`
      }),
    ),
    ...listed(
      'Findings',
      findings.map((each) => `${each.scenario}: ${each.code}, ${where(each)}`),
    ),
    ...listed(
      'Failed',
      failures.map((each) => `${each.scenario}: ${where(each)}`),
    ),
    ...listed(
      'Not judged',
      notJudgedFor.map((each) => `${each.why}: ${where(each)}`),
    ),
  ].join('\n')
}

function listed(title: string, lines: readonly string[]): string[] {
  const more = lines.length - MOST
  const rest = more > 0 ? [`  … and ${more} more, in verdict.json`] : []
  return lines.length === 0
    ? []
    : ['', title, ...lines.slice(0, MOST).map((line) => `  ${line}`), ...rest]
}

/** Lines of one section. */
const MOST = 20

function where({ rounds, first }: InRounds): string {
  return `in ${countOf(rounds, 'round')}, first ${few(first.map(String))}`
}
