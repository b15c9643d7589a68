import { describe, it } from 'node:test'
import { assert } from 'chai'
import { parse } from 'csv-parse/sync'
import { matrixCsv } from '../../src/cli/report/matrix-csv.ts'
import { sentenceOf } from '../../src/evidence/finding.ts'
import { matrixOf } from '../../src/evidence/matrix/matrix.ts'
import type { RunRecord } from '../../src/evidence/record/run-record.ts'
import { catalogue } from '../../src/evidence/rules/catalogue.ts'
import { goldenRun, recordOf } from './golden.ts'

const known = ['simulation', 'served', 'uat']

function csvOf(...records: readonly RunRecord[]): string {
  return matrixCsv(
    matrixOf(
      records.map((record) => ({ dir: 'reports/x', record })),
      known,
    ),
  )
}

const rowsOf = (csv: string): Record<string, string>[] =>
  parse(csv, { columns: true, record_delimiter: '\r\n' })

describe('the matrix as CSV', () => {
  it('has a row for each rule on each target, and says what the verdict says', async () => {
    const record = await goldenRun({
      deviation: 'limit.filled-turns-new',
      feature: 'features/orders/limit-orders.feature',
    })
    const { rules, findings } = record.verdict
    const rows = rowsOf(csvOf(record))
    const ofRules = rows.filter(({ kind }) => kind === 'rule')
    assert.equal(ofRules.length, catalogue.length * known.length)
    const own = ofRules.filter(({ target }) => target === 'simulation')
    assert.deepEqual<unknown>(
      own.map(({ what, result, severity, scenario_names = '' }) => ({
        ...{ id: what, severity, result },
        scenarios: scenario_names === '' ? [] : scenario_names.split('\n'),
      })),
      rules.map(({ id, severity, result, scenarios }) => ({
        ...{ id, severity, result },
        scenarios: [...scenarios],
      })),
    )
    assert.deepEqual(
      own
        .filter(({ findings: count }) => count !== '0')
        .map(({ what, findings: count }) => [what, count]),
      [['limit.filled-new', `${findings.length}`]],
    )
    const [first] = findings
    const told = own.find(({ what }) => what === 'limit.filled-new')?.first_finding
    assert.equal(told, first && sentenceOf(first))
    assert.deepEqual(
      new Set(own.map((row) => [row.run_id, row.started_at, row.seed, row.verdict].join())),
      new Set(['simulation-20261126T073012Z-9f3c1a,2026-11-26T07:30:12.345Z,golden,broken']),
    )
    assert.deepEqual(
      new Set(
        ofRules
          .filter(({ target }) => target === 'uat')
          .map(({ result, why }) => `${result} ${why}`),
      ),
      new Set(['not-verified There is no run.']),
    )
  })

  it('has a row for each gap', () => {
    const place = { uri: 'features/x.feature', line: 3, name: 'Never seen' }
    const skipped = {
      ...place,
      status: 'notVerified' as const,
      notVerified: 'it needs a staged outcome',
    }
    const rows = rowsOf(csvOf(recordOf([skipped], { target: 'uat' })))
    const gaps = (kind: string) => rows.filter((row) => row.kind === kind)
    assert.deepEqual(
      gaps('gap-target').map(({ target }) => target),
      ['simulation', 'served'],
    )
    assert.deepEqual(
      gaps('gap-rule').map(({ what }) => what),
      catalogue.map(({ id }) => id),
    )
    assert.deepEqual(
      gaps('gap-scenario').map(({ target, what, why }) => ({ target, what, why })),
      [
        {
          target: 'uat',
          what: 'features/x.feature:3 Never seen',
          why: 'it needs a staged outcome',
        },
      ],
    )
    assert.equal(gaps('gap-transition').length, 14)
    assert.include(
      gaps('gap-transition').map(({ what }) => what),
      'NEW → EXPIRED',
    )
  })

  it('follows RFC 4180: whole records, CRLF, one number of fields, no mark of byte order', () => {
    const csv = csvOf(recordOf([]))
    assert.match(csv, /^kind,target,/)
    assert.isTrue(csv.endsWith('\r\n'))
    const lengths = parse(csv, { record_delimiter: '\r\n' }).map((row: string[]) => row.length)
    assert.deepEqual(new Set(lengths), new Set([20]))
  })

  for (const evil of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1']) {
    it(`makes a formula of nothing: ${JSON.stringify(evil)}`, () => {
      const skipped = {
        ...{ uri: 'features/x.feature', line: 3, name: 'One' },
        ...{ status: 'notVerified' as const, notVerified: `${evil}, "quoted"\nand more` },
      }
      const [gap] = rowsOf(csvOf(recordOf([skipped]))).filter(({ kind }) => kind === 'gap-scenario')
      assert.equal(gap?.why, `'${evil}, "quoted"\nand more`)
    })
  }

  it('keeps every cell within what a spreadsheet can hold, and counts what it leaves out', () => {
    const evidence = {
      ...{ target: 'simulation', baseUrl: 'https://simulation.invalid', seed: 's' },
      ...{
        exchanges: [],
        orders: [],
        refused: [],
        findings: [],
        rulesHeld: ['http.login'],
        variants: [],
      },
    }
    const many = Array.from({ length: 2_000 }, (_, at) => {
      const place = { uri: 'features/x.feature', line: at + 1, name: `Scenario ${at}` }
      return { ...place, status: 'passed' as const, evidence: { ...evidence, scenario: place } }
    })
    const row = rowsOf(csvOf(recordOf(many))).find(({ what }) => what === 'http.login')
    const names = row?.scenario_names ?? ''
    assert.equal(row?.scenarios, '2000')
    assert.isBelow(names.length, 32_767)
    const more = Number(/… and (\d+) more, in verdict\.json$/.exec(names)?.[1])
    assert.equal(names.split('\n').length - 1 + more, 2_000)
  })
})
