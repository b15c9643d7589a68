import { byText } from '../../evidence/by-text.ts'
import { catalogue } from '../../evidence/rules/catalogue.ts'
import { inFileOrder, labelOf, type ScenarioResult } from '../../evidence/verdict.ts'

/** What one rule found in one run of the scenarios. */
export interface Notice {
  readonly rule: string
  readonly findings: number
  /** Where it is shown first, as `uri:line name`. */
  readonly scenario: string
  /** What was seen there. */
  readonly detail: string
}

/** What a run of the scenarios came to. */
export interface TrialResult {
  readonly scenarios: number
  /** How many ended before their last step, or with a finding. */
  readonly failed: number
  /** How many left no evidence: they assume what cannot go with a varied setting. */
  readonly silent: number
  /** How many showed anything: they passed with evidence, or a rule held or was broken in them. */
  readonly showing: number
  /** In the order of the catalogue. */
  readonly notices: readonly Notice[]
}

export function trialResultOf(results: readonly ScenarioResult[]): TrialResult {
  const found = inFileOrder(results).flatMap((result) =>
    (result.evidence?.findings ?? []).map((finding) => ({ ...finding, scenario: labelOf(result) })),
  )
  const notices = [...Map.groupBy(found, ({ rule }) => rule)].map(([rule, ofRule]): Notice => {
    const [first] = ofRule
    return {
      ...{ rule, findings: ofRule.length },
      scenario: first?.scenario ?? '',
      detail: first?.detail ?? '',
    }
  })
  return {
    scenarios: results.length,
    failed: results.filter(({ status }) => status === 'failed').length,
    silent: results.filter(({ evidence }) => evidence === undefined).length,
    showing: results.filter(showsAnything).length,
    notices: notices.sort(
      (one, other) => placeOf(one.rule) - placeOf(other.rule) || byText(one.rule, other.rule),
    ),
  }
}

function showsAnything({ status, evidence }: ScenarioResult): boolean {
  if (evidence === undefined) return false
  return status === 'passed' || evidence.rulesHeld.length + evidence.findings.length > 0
}

const places = new Map(catalogue.map(({ id }, place) => [id, place]))

/** What the catalogue does not have comes last. */
function placeOf(rule: string): number {
  return places.get(rule) ?? places.size
}
