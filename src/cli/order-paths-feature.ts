import { type Lifecycle, type LifecycleName, lifecycles } from '../machines/lifecycle.ts'
import { forbiddenScenarios } from './forbidden-scenarios.ts'
import { type Rule, ruleText, type Scenario } from './gherkin-text.ts'
import { pathRecipes } from './path-recipes.ts'
import { pathScenarios, titleOf, type Walk, walksOf } from './path-scenarios.ts'

const HEAD = `# Made by "npm run paths-feature" from the order models (src/machines) and the recipes for their paths
# (src/cli/path-recipes.ts). Do not edit it here: a test fails while it is not what they give.
@orders @paths
Feature: An order takes every way that its model has, and no other

  Every path of the order models is walked here, from placing to the end. Where each status can be
  held until a query sees it, all of them must be seen. Where the other side sets the pace, polling
  may miss one: then nothing off the way may be seen, and the end must come. And what a trader may
  try that the model has no arrow for must lead nowhere.

  Background:
    Given Ada is signed in`

interface OrderWords {
  /** At the beginning of a rule. */
  readonly name: string
  /** At the beginning of a scenario's title, which stands alone in reports. */
  readonly label: string
}

const words: Readonly<Record<LifecycleName, OrderWords>> = {
  PQ: { name: 'A previously quoted order', label: 'PQ order' },
  Limit: { name: 'A limit order', label: 'Limit order' },
}

/**
 * The feature of all paths, and of the steps that the models forbid.
 *
 * @throws {UsageError} A path has no recipe, or a recipe has no path.
 */
export function orderPathsFeature(): string {
  const rules = lifecycles.flatMap(rulesOf)
  return `${[HEAD, ...rules.map(ruleText)].join('\n\n')}\n`
}

function rulesOf(lifecycle: Lifecycle): readonly Rule[] {
  const { name, label } = words[lifecycle.name]
  const walks = walksOf(lifecycle, pathRecipes('buy')[lifecycle.name])
  // What the one half of the scenarios deals on an endpoint, the other half deals back.
  const others = walksOf(lifecycle, pathRecipes('sell')[lifecycle.name])
  const titled = (scenario: Scenario) => ({ ...scenario, title: `${label}: ${scenario.title}` })
  return [
    {
      title: `${name} takes every way of its model`,
      description: walks.flatMap(omission),
      scenarios: walks.flatMap(pathScenarios).map(titled),
    },
    {
      title: `${name} takes no way that its model lacks`,
      description: [],
      scenarios: forbiddenScenarios(lifecycle, others).map(titled),
    },
  ]
}

function omission({ path, recipe }: Walk): readonly string[] {
  return recipe.kind === 'omitted' ? [`Not taken is ${titleOf(path)}:`, `${recipe.why}.`] : []
}
