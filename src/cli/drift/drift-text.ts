import type { ComparedScenario } from '../../evidence/drift/drift.ts'
import {
  countUnlikeFirst,
  type DifferenceGroup,
  type DriftReport,
  type Occurrence,
} from '../../evidence/drift/drift-report.ts'
import { type DriftRule, driftRules } from '../../evidence/drift/drift-rules.ts'
import { few } from '../../evidence/few.ts'
import { countOf } from '../../evidence/summary.ts'
import { align } from '../../evidence/timeline-text.ts'
import { driftSum, headline } from './drift-sum.ts'
import { namesOf, runLine } from './names.ts'
import { exchangesText, sideBySide } from './side-by-side.ts'

/** What two runs came to, for a terminal. */
export function driftText(report: DriftReport): string {
  const names = namesOf(report)
  const { groups } = report
  const open = groups.filter((group) => group.open.length > 0)
  return [
    `Drift of ${names.simulation} from ${names.endpoint}`,
    `  ${runLine(names.simulation, report.simulation)}`,
    `  ${runLine(names.endpoint, report.endpoint)}`,
    '',
    headline(report),
    ...[...Map.groupBy(open, ({ rule }) => rule)].flatMap(([rule, same]) =>
      ruleSection(rule, same, report),
    ),
    ...waiverSection(report),
    ...unseenSection(report),
    ...notComparedSection(report),
  ].join('\n')
}

function ruleSection(
  rule: DriftRule,
  groups: readonly DifferenceGroup[],
  report: DriftReport,
): string[] {
  const names = namesOf(report)
  const head = [rule, names.simulation, names.endpoint, 'scenarios']
  const rows = groups.map(({ subject, open: [first], open }) => [
    subject,
    first?.simulation.value ?? '',
    first?.endpoint.value ?? '',
    `${open.length}${unlikeText(open)}`,
  ])
  const example = groups[0]?.open[0]
  return [
    '',
    `${driftRules[rule]}: not so`,
    ...align([head, ...rows]).map((line) => `  ${line}`),
    ...(example ? exampleOf(example, report) : []),
  ]
}

/** Says of values that they are an example, where they are. */
function unlikeText(open: readonly Occurrence[]): string {
  const unlike = countUnlikeFirst(open)
  return unlike === 0
    ? ''
    : ` (the values are an example: ${unlike} of them differ, see drift.json)`
}

/** The two timelines, where the first of them shows it. */
function exampleOf({ scenario, simulation, endpoint }: Occurrence, report: DriftReport): string[] {
  const names = namesOf(report)
  const compared = report.compared.find((each) => each.scenario === scenario)
  return [
    `  e.g. ${scenario}, ${names.simulation} exchange ${exchangesText(simulation.exchanges)}, ${names.endpoint} exchange ${exchangesText(endpoint.exchanges)}`,
    ...linesOf(compared, simulation.exchanges, endpoint.exchanges).map((line) => `    ${line}`),
  ]
}

function linesOf(
  compared: ComparedScenario | undefined,
  here: readonly number[],
  there: readonly number[],
): string[] {
  if (!compared?.stories) return []
  const isCited = (cited: readonly number[], exchanges: readonly number[] = []) =>
    exchanges.some((number) => cited.includes(number))
  const rows = sideBySide(compared.stories)
    .flatMap((step) => step.rows)
    .filter(([one, other]) => isCited(here, one?.exchanges) || isCited(there, other?.exchanges))
    .map((row) =>
      row.flatMap((line) => [
        line ? exchangesText(line.exchanges) : '',
        line?.when ?? '',
        line?.text ?? '',
      ]),
    )
  return align(rows)
}

function waiverSection({ waivers }: DriftReport): string[] {
  if (waivers.length === 0) return []
  return [
    '',
    'Waivers',
    ...waivers.map(({ waiver, state, about }) => {
      const { rule, owner, reason, expires, scenario } = waiver
      const where = scenario === undefined ? '' : ` in ${scenario}`
      const counts = state === 'in force' ? '' : ` [${state}: it counts for nothing]`
      return `  ${rule}${where}: ${reason} (${owner}, until ${expires})${counts}, ${countOf(about.length, 'difference')}`
    }),
  ]
}

function unseenSection(report: DriftReport): string[] {
  const { unseen } = driftSum(report)
  if (unseen.length === 0) return []
  const names = namesOf(report)
  return [
    '',
    'Seen on one side only, which polling allows: no difference',
    ...unseen.map(
      ({ what, side, scenarios }) => `  ${what} not seen on ${names[side]}: ${few(scenarios)}`,
    ),
  ]
}

function notComparedSection({ notCompared }: DriftReport): string[] {
  if (notCompared.length === 0) return []
  const byReason = [...Map.groupBy(notCompared, ({ why }) => why)].sort(
    ([, one], [, other]) => other.length - one.length,
  )
  return [
    '',
    `Not compared: ${countOf(notCompared.length, 'scenario')}, of which nothing is known`,
    ...byReason.map(([why, same]) => `  ${countOf(same.length, 'scenario')}: ${why}`),
  ]
}
