import type { Label, Link, Parameter } from 'allure-js-commons'
import { z } from 'zod'
import type { RunFacts } from '../../evidence/record/run-facts.ts'
import type { ScenarioRecord } from '../../evidence/record/scenario-record.ts'
import { type CatalogueEntry, catalogue } from '../../evidence/rules/catalogue.ts'
import { documentationOf } from '../../evidence/rules/documentation.ts'
import type { ScenarioEvidence } from '../../evidence/scenario-evidence.ts'
import { FINDING_LABEL } from './categories.ts'

/** The label by which a page tells its environments apart; one for each run. */
export const RUN_LABEL = 'run'

interface JudgedRule extends CatalogueEntry {
  readonly isBroken: boolean
}

/** What a scenario is found by, and grouped by. */
export function labelsOf(run: RunFacts, scenario: ScenarioRecord): Label[] {
  const { feature, rule, tags, evidence } = scenario
  const label = (name: string, value: string) => ({ name, value })
  return [
    label('epic', 'Integral FX REST API'),
    label('feature', feature),
    ...(rule === undefined ? [] : [label('story', rule), label('rule', rule)]),
    label(RUN_LABEL, run.id),
    ...tags.map((tag) => label('tag', tag.replace(/^@/, ''))),
    ...[...new Set(evidence?.findings.map(({ code }) => code))].map((code) =>
      label(FINDING_LABEL, code),
    ),
    ...[...new Set(evidence?.findings.map((finding) => finding.rule))].map((id) =>
      label('broken', id),
    ),
  ]
}

/** The page of the documentation for every rule that was held or broken; never loaded, only linked. */
export function linksOf({ evidence }: ScenarioRecord): Link[] {
  return judgedRules(evidence).map((entry) => ({
    name: entry.isBroken ? `${entry.id} (broken)` : entry.id,
    url: documentationOf(entry),
    type: 'rule',
  }))
}

/**
 * What a scenario ran with. Those that differ between runs of the same scenario are left out of what
 * Allure knows it by, or it would have no history.
 */
export function parametersOf(run: RunFacts, scenario: ScenarioRecord): Parameter[] {
  const symbols = symbolsOf(scenario.evidence)
  return [
    { name: 'target', value: run.target },
    { name: 'seed', value: run.seed, excluded: true },
    ...Object.entries(scenario.outline ?? {}).map(([name, value]) => ({ name, value })),
    ...(symbols.length === 0
      ? []
      : [{ name: 'symbol', value: symbols.join(', '), excluded: true }]),
  ]
}

/** Every rule of the catalogue that was held or broken, the broken ones first. */
export function judgedRules(evidence: ScenarioEvidence | undefined): JudgedRule[] {
  const held = new Set(evidence?.rulesHeld)
  const broken = new Set(evidence?.findings.map(({ rule }) => rule))
  return catalogue
    .filter(({ id }) => held.has(id) || broken.has(id))
    .map((entry) => ({ ...entry, isBroken: broken.has(entry.id) }))
    .sort((one, other) => Number(other.isBroken) - Number(one.isBroken))
}

/** What was traded: the symbols of the orders that were placed, each once. */
function symbolsOf(evidence: ScenarioEvidence | undefined): string[] {
  const sent = (evidence?.exchanges ?? [])
    .filter(({ operation }) => operation === 'placeOrder')
    .flatMap(({ request }) => symbolIn(request.body ?? ''))
  return [...new Set(sent)]
}

const sentSchema = z.object({ symbol: z.string() })

function symbolIn(body: string): string[] {
  try {
    return [sentSchema.parse(JSON.parse(body)).symbol]
  } catch {
    return []
  }
}
