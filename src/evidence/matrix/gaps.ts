import { few } from '../few.ts'
import { isSimulated } from '../simulated.ts'
import { countOf } from '../summary.ts'
import type { Matrix, MatrixRow, MatrixRun } from './matrix.ts'

/** Something that was not verified: each is a row of its own, so that nothing missing is only a silence. */
export interface Gap {
  readonly kind: 'target' | 'rule' | 'scenario' | 'state' | 'transition' | 'pair'
  /** The run's name in the matrix, or `every target`. */
  readonly target: string
  /** What is missing: a target, the id of a rule, `uri:line name`, a status, or statuses with arrows. */
  readonly what: string
  /** Why, in one sentence. */
  readonly why: string
}

/** What a gap on all of them has for a target. */
export function everyOne(noun: Matrix['noun']): string {
  return `every ${noun}`
}

/** All that is missing, the widest gaps first. */
export function gapsOf(
  runs: readonly MatrixRun[],
  without: readonly string[],
  rows: readonly MatrixRow[],
  noun: Matrix['noun'],
  whyWithout: Matrix['why'],
): Gap[] {
  const silent = noun === 'provider' ? runs.filter(isSilent) : []
  const nothing = [
    ...without.map((target) => ({
      ...{ kind: 'target' as const, target, what: target },
      why: `No run on ${target} is at hand, so that nothing here says anything about it${reason(whyWithout[target])}.`,
    })),
    // One fact: each of its rules and statuses as a row would bury what others lack.
    ...silent.map(({ name, standing }) => ({
      ...{ kind: 'target' as const, target: name, what: name },
      why: `Its run says nothing of any rule: ${standing.sentence}`,
    })),
  ]
  const speaking = runs.filter((run) => !silent.includes(run))
  if (noun === 'provider' && speaking.length === 0) return nothing
  return [
    ...nothing,
    ...rows.filter(isUnverified).map(({ rule }) => ({
      ...{ kind: 'rule' as const, target: everyOne(noun), what: rule.id },
      why: noChance(rule.code),
    })),
    ...runs.flatMap((run, at) =>
      isSimulated(run.record.run.target) || silent.includes(run) ? [] : staged(runs, rows, at),
    ),
    ...(noun === 'provider'
      ? folded(speaking.flatMap(scenarioGaps), speaking.length, everyOne(noun))
      : speaking.flatMap(scenarioGaps)),
    ...speaking.flatMap(modelGaps),
  ]
}

function reason(why: string | undefined): string {
  return why === undefined ? '' : `: ${why.replace(/\.$/, '')}`
}

/** Whether no scenario was judged, and no rule. */
function isSilent({ record: { verdict } }: MatrixRun): boolean {
  const { passed, failed } = verdict.scenarios
  return passed + failed === 0 && verdict.rules.every(({ result }) => result === 'not-verified')
}

/** What is missing everywhere for one reason, once; where one run speaks, it keeps its name. */
function folded(gaps: readonly Gap[], runs: number, all: string): Gap[] {
  const groups = Map.groupBy(gaps, ({ what, why }) => JSON.stringify([what, why]))
  return [...groups.values()].flatMap(([first, ...more]) => {
    if (first === undefined) return []
    return runs > 1 && more.length + 1 === runs ? [{ ...first, target: all }] : [first, ...more]
  })
}

function isUnverified({ cells }: MatrixRow): boolean {
  return cells.every(({ result }) => result === 'not-verified')
}

function noChance(code: string | undefined): string {
  return code === undefined
    ? 'The step was not seen.'
    : 'Nothing that was seen could have contradicted it.'
}

/** Rules that a simulation showed and this endpoint did not: of the provider, nothing is known there. */
function staged(runs: readonly MatrixRun[], rows: readonly MatrixRow[], at: number): Gap[] {
  const run = runs[at]
  if (!run) return []
  return rows
    .filter((row) => row.cells[at]?.result === 'not-verified' && !isUnverified(row))
    .map((row) => ({
      ...{ kind: 'rule' as const, target: run.name, what: row.rule.id },
      why: `${noChance(row.rule.code)} ${elsewhere(runs, row, run)}`.trim(),
    }))
}

/** What became here of the scenarios that showed the rule on another target. */
function elsewhere(runs: readonly MatrixRun[], row: MatrixRow, here: MatrixRun): string {
  const at = row.cells.findIndex(({ scenarios }) => scenarios.length > 0)
  const [there, shown] = [runs[at], row.cells[at]]
  if (!there || !shown) return ''
  const names = new Set(shown.scenarios)
  const skipped = here.record.verdict.notVerified.filter(({ scenario }) => names.has(scenario))
  const reasons = [...new Set(skipped.map(({ reason }) => reason))]
  const seen = `On ${there.name}, ${countOf(shown.scenarios.length, 'scenario')} showed it`
  return skipped.length === 0
    ? `${seen}.`
    : `${seen}; ${skipped.length} of them could not be verified here: ${few(reasons)}.`
}

function scenarioGaps({ name, record }: MatrixRun): Gap[] {
  return record.verdict.notVerified.map(({ scenario, reason }) => ({
    ...{ kind: 'scenario' as const, target: name, what: scenario },
    why: reason,
  }))
}

function modelGaps({ name, record }: MatrixRun): Gap[] {
  return record.verdict.coverage.flatMap(({ lifecycle, states, transitions, pairs }) => {
    const gap = (kind: Gap['kind'], missing: readonly string[]) =>
      missing.map((what) => ({
        ...{ kind, target: name, what },
        why: `No ${lifecycle} order was seen so.`,
      }))
    return [
      ...gap('state', states.missing),
      ...gap('transition', transitions.missing),
      ...gap('pair', pairs.missing),
    ]
  })
}
