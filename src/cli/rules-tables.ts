import { isStaging } from '../backends/needs.ts'
import { type CatalogueEntry, catalogue } from '../evidence/rules/catalogue.ts'
import { pagesOf } from '../evidence/rules/source-pages.ts'
import type { ScenarioResult } from '../evidence/verdict.ts'
import { code, type Tables, table } from './document-tables.ts'
import type { NeedsByPlace } from './need-problems.ts'

/** Most scenarios that are named one by one. */
const MOST_NAMED = 2

/** A scenario that observed a rule, and whether an endpoint can run it. */
interface Witness {
  readonly result: ScenarioResult
  readonly isStaged: boolean
}

/**
 * The tables of `docs/rules.md`.
 *
 * @param results - Of a run of every scenario on the simulation: they tell which observe a rule.
 * @param needs - What scenarios need, by `uri:line`.
 */
export function rulesTables(results: readonly ScenarioResult[], needs: NeedsByPlace): Tables {
  const witnessesOf = (id: string): Witness[] =>
    results
      .filter(({ evidence }) => evidence?.rulesHeld.includes(id))
      .map((result) => ({
        result,
        isStaged: (needs[`${result.uri}:${result.line}`] ?? []).some(isStaging),
      }))
  const families = Map.groupBy(catalogue, ({ family }) => family)
  return {
    summary: () =>
      table(
        ['Family', 'Rules', 'must', 'should'],
        [...families].map(([family, rules]) => {
          const must = rules.filter(({ severity }) => severity === 'must').length
          return [family, rules.length, must, rules.length - must].map(String)
        }),
      ),
    rules: () =>
      [...families]
        .map(([family, rules]) => {
          const rows = rules.map((rule) => rowOf(rule, witnessesOf(rule.id)))
          return `## ${family}\n\n${table(HEAD, rows)}`
        })
        .join('\n\n'),
  }
}

const HEAD = [
  'Rule',
  'What is promised',
  'Source',
  'Weight',
  'Finding',
  'Scenarios that observe it',
  'Of these on an endpoint',
]

function rowOf(rule: CatalogueEntry, witnesses: readonly Witness[]): string[] {
  const { id, sentence, source, severity } = rule
  const pages = pagesOf(source.section)
  const own = witnesses.filter(({ isStaged }) => !isStaged)
  return [
    code(id),
    sentence,
    `${source.section} *${source.mark}*${pages === undefined ? '' : `: ${pages}`}`,
    severity,
    rule.code === undefined ? 'none: it is observed, or not' : code(rule.code),
    scenariosIn(witnesses),
    own.length === 0 ? 'none: it has to be staged' : `${own.length}`,
  ]
}

/** Each by its name where they are few, else how many there are in each feature. */
function scenariosIn(witnesses: readonly Witness[]): string {
  const names = witnesses.map(({ result }) => `*${result.name}* (${featureOf(result)})`)
  if (names.length <= MOST_NAMED) return names.length === 0 ? 'none' : names.join('; ')
  const byFeature = Map.groupBy(witnesses, ({ result }) => featureOf(result))
  return [...byFeature].map(([feature, of]) => `${feature} ${of.length}`).join(', ')
}

/** `features/orders/limit-orders.feature` is `orders/limit-orders`. */
function featureOf({ uri }: ScenarioResult): string {
  return uri.replace(/^features\//, '').replace(/\.feature$/, '')
}
