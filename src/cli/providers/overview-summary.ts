import { countOf } from '../../evidence/summary.ts'
import type { ExitCode } from '../exit-code.ts'
import type { ProviderResult } from './provider-result.ts'

/** How all of them stand, in one sentence: `1 of 3 held, 2 not judged; no finding; exit code 2.` */
export function overviewSummary(results: readonly ProviderResult[], code: ExitCode): string {
  const having = (word: ProviderResult['standing']['word']) =>
    results.filter(({ standing }) => standing.word === word).length
  const others = (['broken', 'failed', 'not judged'] as const).flatMap((word) =>
    having(word) === 0 ? [] : [`${having(word)} ${word}`],
  )
  const held = [`${having('held')} of ${results.length} held`, ...others].join(', ')
  return `${held}; ${findings(results)}; exit code ${code}.`
}

function findings(results: readonly ProviderResult[]): string {
  const all = sum(results.map(({ read }) => read?.record.verdict.findings.length ?? 0))
  const waived = all - sum(results.map(({ open }) => open.length))
  const counted = all === 0 ? 'no finding' : countOf(all, 'finding')
  return waived === 0 ? counted : `${counted}, ${waived} of them waived`
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, each) => total + each, 0)
}
