import { sentenceOf } from './finding.ts'
import { hasOtherShards } from './parts/shard-of.ts'
import { isSimulated } from './simulated.ts'
import {
  coverageLines,
  foreignTradeLines,
  inDoubtLines,
  leftWorkingLines,
  orderLine,
  ruleLines,
  variantLines,
} from './summary-sections.ts'
import { align } from './timeline-text.ts'
import type { Verdict } from './verdict.ts'

export interface SummaryFacts {
  readonly verdict: Verdict
  readonly tookMs: number
  /** What changed since the last run. */
  readonly changes?: readonly string[]
  /** Where the reports are, and what they are. */
  readonly reports: readonly { readonly path: string; readonly about: string }[]
}

/** What a run against the simulation shows, and what it does not. */
export const SIMULATION_SCOPE =
  'Judged on a simulation written from the documentation: no provider was tested.'

/** A shard that held says little: what it does not show, others may, or none. */
const ONE_OF_SHARDS =
  'A shard: "report --merge" with the directories of all of them judges the whole.'

/** What a run came to, for a person at a terminal. */
export function summaryText(facts: SummaryFacts): string {
  const { verdict, tookMs, reports, changes = [] } = facts
  const { passed, failed, notVerified } = verdict.scenarios
  const seconds = (tookMs / 1_000).toFixed(1)
  return [
    `${countOf(passed + failed + notVerified, 'scenario')} on ${verdict.target} (seed ${verdict.seed}): ` +
      `${passed} passed, ${failed} failed, ${notVerified} not verified, in ${seconds} s`,
    ...runLine(verdict),
    ...scopeLines(verdict),
    // Where nothing was run, no rule had a chance.
    ...(passed + failed + notVerified === 0
      ? []
      : [
          '',
          ...ruleLines(verdict),
          ...section('Observed of the order models', coverageLines(verdict)),
        ]),
    ...section('Findings', findingLines(verdict)),
    ...section('Failed', failures(verdict)),
    ...section('Not verified here', reasons(verdict)),
    ...endpointSections(verdict),
    ...(changes.length === 0 ? [] : ['', ...changes]),
    '',
    'Reports',
    ...indented(align(reports.map(({ path, about }) => [path, about]))),
  ].join('\n')
}

/** What everything else that the run wrote calls it. */
function runLine({ run, startedAt }: Verdict): string[] {
  if (run === undefined) return []
  return [`Run ${run}, begun at ${startedAt.replace(/^(.{10})T(.{8}).*$/, '$1 $2 UTC')}`]
}

/** What a reader must know before believing the numbers. */
function scopeLines(verdict: Verdict): string[] {
  const { target, settings, selection, deviation } = verdict
  const changed = Object.entries(settings).map(
    ([name, value]) => `${name}=${JSON.stringify(value)}`,
  )
  return [
    ...(deviation === undefined
      ? []
      : [`The simulation deviates on purpose, to prove the judge: ${deviation}`]),
    ...(selection.length === 0 ? [] : [`Not all scenarios: ${selection.join(' ')}`]),
    ...(hasOtherShards(verdict) ? [ONE_OF_SHARDS] : []),
    ...(changed.length === 0 ? [] : [`${whatChanged(target)}: ${changed.join(', ')}`]),
    ...(isSimulated(target) ? [SIMULATION_SCOPE] : orderLine(verdict)),
  ]
}

/** Settings of a simulation are assumptions about Integral; those of a run are its own. */
function whatChanged(target: string): string {
  return isSimulated(target) ? 'Changed assumptions' : 'Changed settings'
}

/** `1 scenario`, `2 scenarios`. */
export function countOf(count: number, noun: string): string {
  return `${count} ${noun}${count === 1 ? '' : 's'}`
}

/** What only a real endpoint can surprise with. */
function endpointSections(verdict: Verdict): string[] {
  if (isSimulated(verdict.target)) return []
  return [
    ...section('Observed variants', variantLines(verdict)),
    ...section('Orders left working', leftWorkingLines(verdict)),
    ...section('Orders in doubt', inDoubtLines(verdict)),
    ...section('Trades of others that were downloaded', foreignTradeLines(verdict)),
  ]
}

/** One cause makes many findings: by rule, the first few of each. */
function findingLines({ findings }: Verdict): string[] {
  return [...Map.groupBy(findings, ({ rule }) => rule)].flatMap(([rule, ofRule]) => {
    const shown = ofRule.slice(0, MOST_OF_A_RULE).map(findingLine)
    const more = ofRule.length - shown.length
    return more === 0 ? shown : [...shown, `… and ${more} more against ${rule}, in verdict.json`]
  })
}

const MOST_OF_A_RULE = 5

function findingLine(finding: Verdict['findings'][number]): string {
  return `${finding.scenario}: ${sentenceOf(finding)}`
}

function failures(verdict: Verdict): string[] {
  return verdict.failures.flatMap(({ scenario, step, message }) => [
    scenario,
    `  ${step}`,
    ...message.split('\n').map((line) => `    ${line}`),
  ])
}

/** Grouped, because one missing capability can cost many scenarios. */
function reasons({ notVerified }: Verdict): string[] {
  return [...Map.groupBy(notVerified, ({ reason }) => reason)].flatMap(([reason, group]) => [
    `${group.length} because ${reason}:`,
    ...group.map(({ scenario }) => `  ${scenario}`),
  ])
}

function section(title: string, lines: readonly string[]): string[] {
  return lines.length === 0 ? [] : ['', title, ...indented(lines)]
}

function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`.trimEnd())
}
