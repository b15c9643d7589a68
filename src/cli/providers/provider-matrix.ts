import { type Matrix, type MatrixRun, matrixWith } from '../../evidence/matrix/matrix.ts'
import type { ProviderResult } from './provider-result.ts'
import { inFields } from './provider-variables.ts'

/** Provider × rule: the matrix of all reports, with what is waived marked. */
export function providerMatrix(results: readonly ProviderResult[]): Matrix {
  const withRun = results.flatMap(({ planned, standing, read, open }) => {
    if (read === undefined) return []
    const run: MatrixRun = { ...read, name: planned.name, standing }
    return [{ run, open: new Set(open) }]
  })
  const silent = results.filter(({ read }) => read === undefined)
  const matrix = matrixWith(
    withRun.map(({ run }) => run),
    silent.map(({ planned }) => planned.name),
    Object.fromEntries(silent.map(({ planned, standing }) => [planned.name, standing.sentence])),
    'provider',
  )
  const rows = matrix.rows.map((row) => ({
    ...row,
    cells: row.cells.map((cell, at) => {
      const waived = cell.findings.filter((finding) => !withRun[at]?.open.has(finding)).length
      return waived === 0 ? cell : { ...cell, waived }
    }),
  }))
  const gaps = matrix.gaps.map((gap) => ({ ...gap, why: inFields(gap.why) }))
  return { ...matrix, rows, gaps }
}
