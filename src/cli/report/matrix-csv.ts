import { stringify } from 'csv-stringify/sync'
import { sentenceOf } from '../../evidence/finding.ts'
import { EVERY_TARGET } from '../../evidence/matrix/gaps.ts'
import type { Matrix, MatrixCell, MatrixRow, MatrixRun } from '../../evidence/matrix/matrix.ts'
import { pageOf } from './rule-source.ts'

/** Longest list of names in a cell, in characters: spreadsheets break cells above 32,767. */
const MOST_NAMES = 30_000

/** Column names, stable: scripts rely on them. */
const COLUMNS = [
  'kind',
  'target',
  'what',
  'result',
  'why',
  'severity',
  'family',
  'sentence',
  'section',
  'mark',
  'page',
  'code',
  'scenarios',
  'scenario_names',
  'findings',
  'first_finding',
  'run_id',
  'started_at',
  'seed',
  'verdict',
] as const
type Row = Partial<Record<(typeof COLUMNS)[number], string | number>>

/**
 * The matrix for spreadsheets and scripts: RFC 4180, UTF-8, a row for each rule on each target
 * (`rule`), then one for each gap (`gap-target`, `gap-rule`, …). What a spreadsheet would take for a
 * formula begins with an apostrophe.
 */
export function matrixCsv(matrix: Matrix): string {
  const { runs, without, rows, gaps } = matrix
  const byName = new Map(runs.map((run) => [run.name, run]))
  const records: Row[] = [
    ...rows.flatMap((row) => [
      ...row.cells.flatMap((cell, at) => {
        const run = runs[at]
        return run ? [{ ...ruleCells(row), ...resultCells(cell), ...runCells(run) }] : []
      }),
      ...without.map((target) => ({
        ...ruleCells(row),
        ...{ target, result: 'not-verified', why: 'There is no run.', scenarios: 0, findings: 0 },
      })),
    ]),
    ...gaps.map(({ kind, target, what, why }) => {
      const run = byName.get(target)
      const rule = kind === 'rule' ? rows.find((row) => row.rule.id === what) : undefined
      return {
        ...(rule && ruleCells(rule)),
        ...{ kind: `gap-${kind}`, what, why, result: 'not-verified' },
        ...(run ? runCells(run) : { target: target === EVERY_TARGET ? '' : target }),
      }
    }),
  ]
  return stringify(records, {
    columns: [...COLUMNS],
    header: true,
    escape_formulas: true,
    record_delimiter: 'windows',
  })
}

function ruleCells({ rule }: MatrixRow): Row {
  const { id, severity, family, sentence, source, code } = rule
  return {
    kind: 'rule',
    ...{ what: id, severity, family, sentence, ...source, page: pageOf(rule) },
    ...(code !== undefined && { code }),
  }
}

function resultCells({ result, scenarios, findings }: MatrixCell): Row {
  const [first] = findings
  return {
    ...{ result, scenarios: scenarios.length, scenario_names: names(scenarios) },
    findings: findings.length,
    ...(first && { first_finding: sentenceOf(first) }),
  }
}

function runCells({ name, record: { run }, standing }: MatrixRun): Row {
  return {
    ...{ target: name, run_id: run.id, started_at: run.startedAt, seed: run.seed },
    verdict: standing.word,
  }
}

/** One a line, as many as fit. */
function names(scenarios: readonly string[]): string {
  const whole = scenarios.join('\n')
  if (whole.length <= MOST_NAMES) return whole
  const kept = whole.slice(0, whole.lastIndexOf('\n', MOST_NAMES)).split('\n')
  return `${kept.join('\n')}\n… and ${scenarios.length - kept.length} more, in verdict.json`
}
