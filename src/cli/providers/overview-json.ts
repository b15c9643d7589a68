import type { Overview } from './overview-page.ts'
import { overviewSummary } from './overview-summary.ts'
import type { ProviderResult } from './provider-result.ts'

/** The overview for scripts: field names are stable. */
export function overviewJson({ matrix, results, code, interruption, writtenAt }: Overview): string {
  const rulesOf = ({ planned }: ProviderResult) => {
    const at = matrix.runs.findIndex(({ name }) => name === planned.name)
    return matrix.rows.flatMap(({ rule, cells }) => {
      const cell = cells[at]
      if (cell === undefined) return []
      const { result, scenarios, findings, waived } = cell
      const counts = { scenarios: scenarios.length, findings: findings.length }
      return [{ id: rule.id, result, ...counts, ...(waived !== undefined && { waived }) }]
    })
  }
  const written = {
    writtenAt: writtenAt.toISOString(),
    exitCode: code,
    summary: overviewSummary(results, code),
    ...(interruption !== undefined && { interrupted: interruption }),
    providers: results.map((result) => ({ ...factsOf(result), rules: rulesOf(result) })),
  }
  return `${JSON.stringify(written, null, 2)}\n`
}

function factsOf({
  planned,
  dir,
  code,
  standing,
  read,
  expectations,
  waivers,
  open,
}: ProviderResult) {
  const { name, provider, symbol, config } = planned
  const verdict = read?.record.verdict
  return {
    ...{ name, provider, symbol, baseUrl: config.baseUrl, dir, exitCode: code },
    ...{ verdict: standing.word, why: standing.sentence },
    ...(read && { run: read.record.run.id, scenarios: read.record.verdict.scenarios }),
    variants: verdict?.variants.map(({ setting, values }) => ({
      setting,
      values: values.map(({ value, scenarios }) => ({ value, scenarios })),
    })),
    findings: verdict?.findings.length ?? 0,
    openFindings: open.length,
    expectations,
    waivers: waivers.map(({ waiver, state, about }) => ({
      ...{ rule: waiver.rule, scenario: waiver.scenario, owner: waiver.owner },
      ...{ expires: waiver.expires, state, findings: about.length },
    })),
  }
}
