import { stringify } from 'csv-stringify/sync'
import { sentenceOf } from '../../evidence/finding.ts'
import { everyOne } from '../../evidence/matrix/gaps.ts'
import type { Matrix, MatrixCell, MatrixRow, MatrixRun } from '../../evidence/matrix/matrix.ts'
import { countOf } from '../../evidence/summary.ts'
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
  const { runs, without, why, noun, rows, gaps } = matrix
  const byName = new Map(runs.map((run) => [run.name, run]))
  const records: Row[] = [
    ...rows.flatMap((row) => [
      ...row.cells.flatMap((cell, at) => {
        const run = runs[at]
        return run ? [{ ...ruleCells(row), ...resultCells(cell), ...runCells(run) }] : []
      }),
      ...without.map((target) => ({
        ...ruleCells(row),
        ...{ target, result: 'not-verified', scenarios: 0, findings: 0 },
        why: why[target] ?? 'There is no run.',
      })),
    ]),
    ...gaps.map(({ kind, target, what, why: reason }) => {
      const run = byName.get(target)
      const rule = kind === 'rule' ? rows.find((row) => row.rule.id === what) : undefined
      return {
        ...(rule && ruleCells(rule)),
        ...{ kind: `gap-${kind}`, what, why: reason, result: 'not-verified' },
        ...(run ? runCells(run) : { target: target === everyOne(noun) ? '' : target }),
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

function resultCells({ result, scenarios, findings, waived = 0 }: MatrixCell): Row {
  const [first] = findings
  return {
    ...(waived > 0 && { why: `Waived: ${waived} of ${countOf(findings.length, 'finding')}.` }),
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
