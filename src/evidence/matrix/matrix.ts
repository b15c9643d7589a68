import type { RecordOf } from '../bundle/exchange-records.ts'
import type { Exchange } from '../exchange.ts'
import type { RunRecord } from '../record/run-record.ts'
import { type CatalogueEntry, catalogue } from '../rules/catalogue.ts'
import { labelOf, THE_RUN_ITSELF, type VerdictFinding } from '../verdict.ts'
import { type Gap, gapsOf } from './gaps.ts'
import { type Standing, standingOf } from './standing.ts'

/** A run that the matrix has a column for. */
export interface MatrixRun {
  /** The target's name; with the run's id where two runs have the same target. */
  readonly name: string
  /** Where it was read from, as readers are to be told. */
  readonly dir: string
  readonly record: RunRecord
  readonly standing: Standing
  /** What its evidence says of itself, in one sentence; absent where nobody asked. */
  readonly evidence?: string
  /** Where in its transcript an exchange is; absent where nobody looked. */
  readonly recordOf?: RecordOf
}

/** What a run says about a rule. */
export interface MatrixCell {
  readonly result: 'held' | 'broken' | 'not-verified'
  /** Those that show it, as `uri:line name`. */
  readonly scenarios: readonly string[]
  readonly findings: readonly VerdictFinding[]
  /** How many of the findings somebody answers for; absent where nobody was asked. They stay findings. */
  readonly waived?: number
}

export interface MatrixRow {
  readonly rule: CatalogueEntry
  /** One for each run, in their order. */
  readonly cells: readonly MatrixCell[]
}

/** Every rule on every target, and what is missing. */
export interface Matrix {
  readonly runs: readonly MatrixRun[]
  /** Targets that have no run. */
  readonly without: readonly string[]
  /** Why one of those has none, in a sentence, by its name; where nobody said, it is absent. */
  readonly why: Readonly<Record<string, string>>
  /** What its columns are. */
  readonly noun: 'target' | 'provider'
  readonly rows: readonly MatrixRow[]
  readonly gaps: readonly Gap[]
}

/** A run for the matrix, as it was read. */
export type ReadRun = Pick<MatrixRun, 'dir' | 'record' | 'evidence' | 'recordOf'>

/** @param known - Targets that a reader would ask about, whether they have a run or not. */
export function matrixOf(records: readonly ReadRun[], known: readonly string[]): Matrix {
  const targets = records.map(({ record }) => record.run.target)
  const runs = records.map((read) => {
    const { record } = read
    const { target, id } = record.run
    const isAlone = targets.filter((each) => each === target).length === 1
    const name = isAlone ? target : `${target}, ${id}`
    return { ...read, name, standing: standingOf(record) }
  })
  const without = known.filter((target) => !targets.includes(target))
  return matrixWith(runs, without, {}, 'target')
}

/** @param why - Why some have no run, in a sentence, by their names. */
export function matrixWith(
  runs: readonly MatrixRun[],
  without: readonly string[],
  why: Matrix['why'],
  noun: Matrix['noun'],
): Matrix {
  const columns = runs.map(({ record }) => cellsOf(record))
  const rows = [...catalogue, ...strayOf(runs)].map((rule) => ({
    rule,
    cells: columns.map((cells) => cells.get(rule.id) ?? NOT_VERIFIED),
  }))
  return { runs, without, why, noun, rows, gaps: gapsOf(runs, without, rows, noun, why) }
}

const NOT_VERIFIED: MatrixCell = { result: 'not-verified', scenarios: [], findings: [] }

function cellsOf({ verdict }: RunRecord): ReadonlyMap<string, MatrixCell> {
  const findings = Map.groupBy(verdict.findings, ({ rule }) => rule)
  return new Map(
    verdict.rules.map(({ id, result, scenarios }) => [
      id,
      { result, scenarios, findings: findings.get(id) ?? [] },
    ]),
  )
}

/** Rules that only a verdict names, not the catalogue of today: what they say is not lost. */
function strayOf(runs: readonly MatrixRun[]): CatalogueEntry[] {
  const known = new Set(catalogue.map(({ id }) => id))
  const all = runs.flatMap(({ record: { verdict } }) =>
    verdict.rules
      .filter(({ id }) => !known.has(id))
      .map(({ id, severity }): CatalogueEntry => {
        const finding = verdict.findings.find(({ rule }) => rule === id)
        return {
          ...{ id, severity, family: 'Rules of another catalogue' },
          sentence: finding?.expected ?? 'The catalogue of today does not have this rule.',
          source: { section: '–', mark: 'inferred' },
          ...(finding && { code: finding.code }),
        }
      }),
  )
  return [...new Map(all.map((rule) => [rule.id, rule])).values()]
}

/** The exchanges that a finding names, as they were recorded; those that are not there are left out. */
export function exchangesOf({ record }: MatrixRun, finding: VerdictFinding): readonly Exchange[] {
  const evidence =
    finding.scenario === THE_RUN_ITSELF
      ? record.own
      : record.scenarios.find((scenario) => labelOf(scenario) === finding.scenario)?.evidence
  return finding.exchanges.flatMap(
    (number) => evidence?.exchanges.find((exchange) => exchange.number === number) ?? [],
  )
}
