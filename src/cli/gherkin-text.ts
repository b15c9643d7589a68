import { SIMULATION_ONLY } from '../backends/needs.ts'

/** A step with the keyword it reads by; Gherkin does not tell them apart. */
export type Step = readonly [keyword: 'Given' | 'When' | 'Then', text: string]

export interface Scenario {
  readonly title: string
  /** Whether it stages what no endpoint can be made to do. */
  readonly isStaged: boolean
  readonly steps: readonly Step[]
}

export interface Rule {
  readonly title: string
  /** Lines of prose. */
  readonly description: readonly string[]
  readonly scenarios: readonly Scenario[]
}

/** Steps that read by one keyword. */
export function given(...texts: readonly string[]): Step[] {
  return texts.map((text): Step => ['Given', text])
}
export function when(...texts: readonly string[]): Step[] {
  return texts.map((text): Step => ['When', text])
}
export function then(...texts: readonly string[]): Step[] {
  return texts.map((text): Step => ['Then', text])
}

/** A rule as it stands in a feature, laid out as by hand. */
export function ruleText({ title, description, scenarios }: Rule): string {
  const prose = description.length === 0 ? [] : [description.map(indented(4)).join('\n')]
  return [`  Rule: ${title}`, ...prose, ...scenarios.map(scenarioText)].join('\n\n')
}

function scenarioText({ title, isStaged, steps }: Scenario): string {
  return [
    ...(isStaged ? [indented(4)(SIMULATION_ONLY)] : []),
    indented(4)(`Scenario: ${title}`),
    ...steps.map(([keyword, text], at) => {
      const isMore = keyword === steps[at - 1]?.[0]
      return indented(6)(`${isMore ? 'And' : keyword} ${text}`)
    }),
  ].join('\n')
}

function indented(by: number): (line: string) => string {
  return (line) => `${' '.repeat(by)}${line}`
}
