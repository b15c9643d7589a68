import type { GherkinDocument, Message, PickleStep } from '../cucumber-message.ts'

/** Where a scenario stands in its feature file. */
export interface Standing {
  readonly feature: string
  /** The Gherkin rule that it stands below. */
  readonly rule?: string
  /** The values of its row in an outline, by column. */
  readonly outline?: Readonly<Record<string, string>>
}

type Children = NonNullable<GherkinDocument['feature']>['children']
type Examples = NonNullable<Children[number]['scenario']>['examples'][number]

/** What the feature files say that no pickle repeats: titles of features and rules, and keywords. */
export class FeatureIndex {
  readonly #standings = new Map<string, Standing>()
  readonly #rows = new Map<string, Readonly<Record<string, string>>>()
  readonly #keywords = new Map<string, string>()

  receive({ gherkinDocument }: Message): void {
    const feature = gherkinDocument?.feature
    if (feature) this.#take(feature.children, { feature: feature.name })
  }

  /** @param astNodeIds - Those of a pickle: of its scenario, and of its row in an outline. */
  standingOf(astNodeIds: readonly string[]): Standing {
    const [found] = astNodeIds.flatMap((id) => this.#standings.get(id) ?? [])
    const outline = astNodeIds.map((id) => this.#rows.get(id)).find((row) => row !== undefined)
    return { ...(found ?? { feature: '' }), ...(outline && { outline }) }
  }

  /** The keyword as written, e.g. `And`. */
  keywordOf({ astNodeIds }: PickleStep): string {
    const [found] = astNodeIds.flatMap((id) => this.#keywords.get(id) ?? [])
    return found ?? '*'
  }

  #take(children: Children, standing: Standing): void {
    for (const { background, scenario, ...child } of children) {
      for (const { id, keyword } of [...(background?.steps ?? []), ...(scenario?.steps ?? [])]) {
        this.#keywords.set(id, keyword.trim())
      }
      if (scenario) this.#standings.set(scenario.id, standing)
      for (const table of scenario?.examples ?? []) this.#takeRows(table)
      const rule = 'rule' in child ? child.rule : undefined
      if (rule) this.#take(rule.children, { ...standing, rule: rule.name })
    }
  }

  #takeRows({ tableHeader, tableBody }: Examples): void {
    const columns = tableHeader?.cells.map(({ value }) => value) ?? []
    for (const { id, cells } of tableBody) {
      const values = cells.map(({ value }, at) => [columns[at] ?? '', value])
      this.#rows.set(id, Object.fromEntries(values))
    }
  }
}
