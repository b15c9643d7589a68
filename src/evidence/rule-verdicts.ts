import { byText } from './by-text.ts'
import { catalogue } from './rules/catalogue.ts'
import type { ScenarioEvidence } from './scenario-evidence.ts'
import type { RuleVerdict, VerdictFinding } from './verdict.ts'

/** Whoever saw something, by the name that the verdict has for it. */
export interface Witness {
  readonly label: string
  readonly evidence:
    | Pick<ScenarioEvidence, 'baseUrl' | 'findings' | 'rulesHeld' | 'variants' | 'deviation'>
    | undefined
}

/** What all witnesses together say of each rule; of those who showed it, in their order. */
export function ruleVerdicts(
  witnesses: readonly Witness[],
  findings: readonly VerdictFinding[],
): RuleVerdict[] {
  const known = new Set(catalogue.map(({ id }) => id))
  const stray = [...new Set(findings.map(({ rule }) => rule))].filter((id) => !known.has(id))
  // A finding is never lost, whatever it names.
  const all = [...catalogue, ...stray.sort(byText).map((id) => ({ id, severity: 'must' as const }))]
  const against = Map.groupBy(findings, ({ rule }) => rule)
  const holders = holdersOf(witnesses)
  return all.map(({ id, severity }) => {
    const broken = against.get(id)
    if (broken) {
      const scenarios = [...new Set(broken.map(({ scenario }) => scenario))]
      return { id, severity, result: 'broken', scenarios }
    }
    const held = holders.get(id) ?? []
    return { id, severity, result: held.length > 0 ? 'held' : 'not-verified', scenarios: held }
  })
}

/** Who saw a rule hold, by rule. */
function holdersOf(witnesses: readonly Witness[]): ReadonlyMap<string, readonly string[]> {
  const holders = new Map<string, string[]>()
  for (const { label, evidence } of witnesses) {
    for (const id of new Set(evidence?.rulesHeld)) {
      const others = holders.get(id)
      if (others) others.push(label)
      else holders.set(id, [label])
    }
  }
  return holders
}
