import type { Lifecycle } from '../machines/lifecycle.ts'
import { eventsOf, loopedPaths, type Path, simplePaths, statusesOf } from '../machines/paths.ts'
import { given, type Scenario, type Step, then, when } from './gherkin-text.ts'
import { type Recipe, type Recipes, recipeKey, type Way } from './path-recipes.ts'
import { UsageError } from './usage-error.ts'

/** A path of a lifecycle, and how it is brought about. */
export interface Walk {
  readonly path: Path
  readonly recipe: Recipe
}

/**
 * Every path of a lifecycle with its recipe; first the simple ones, then those with a loop.
 *
 * @throws {UsageError} A path has no recipe, or a recipe has no path.
 */
export function walksOf(lifecycle: Lifecycle, recipes: Recipes): readonly Walk[] {
  const unused = new Set(Object.keys(recipes))
  const walks = [...simplePaths(lifecycle), ...loopedPaths(lifecycle)].map((path): Walk => {
    const key = recipeKey(eventsOf(path))
    const recipe = recipes[key]
    if (!recipe) {
      throw new UsageError(
        `Failed to make scenarios: no recipe says how a ${lifecycle.name} order goes by ${key}; add one to src/cli/path-recipes.ts.`,
      )
    }
    unused.delete(key)
    return { path, recipe }
  })
  const [stale] = unused
  if (stale === undefined) return walks
  throw new UsageError(
    `Failed to make scenarios: no ${lifecycle.name} order goes by ${stale}; take its recipe out of src/cli/path-recipes.ts.`,
  )
}

/** The scenarios of a path: every status seen where they can be held, and its end wherever it runs. */
export function pathScenarios({ path, recipe }: Walk): readonly Scenario[] {
  const title = titleOf(path)
  const way = [...new Set(statusesOf(path))].join(', ')
  const end = path.at(-1)?.to
  switch (recipe.kind) {
    case 'omitted':
      return []
    case 'refused':
      return [
        {
          title: 'refused, and so no order',
          isStaged: false,
          steps: [
            ...placing(recipe.way),
            ...then('the placing should be refused with an error object'),
            ...then('there should be no such order'),
          ],
        },
      ]
    case 'order': {
      const { staged, plain } = recipe
      const seen = {
        title,
        isStaged: true,
        steps: [
          ...placing(staged),
          ...when('Ada queries the order until it is final'),
          ...then(`the statuses seen should be ${way}`, ...staged.proof),
        ],
      }
      if (!plain) return [seen]
      const polled = {
        title: `${title}, as polling sees it`,
        isStaged: false,
        steps: [
          ...placing(plain),
          ...then(`the order should be ${end}`),
          ...then(`what was seen should lie on the way ${way}`, ...plain.proof),
        ],
      }
      return [seen, polled]
    }
  }
}

/** What a path passes, in words, e.g. `RECEIVED, NEW with a part dealt, FILLED`. */
export function titleOf(path: Path): string {
  const loops = new Map(path.filter(({ from, to }) => from === to).map((step) => [step.to, step]))
  return [...new Set(statusesOf(path))]
    .map((status) => {
      const loop = loops.get(status)
      if (!loop) return status
      const word = loop.event === 'market.dealtPart' ? 'with a part dealt' : `with ${loop.event}`
      return `${status} ${word}`
    })
    .join(', ')
}

/** Up to where the order ends by itself: what happens last is what the scenario is about. */
function placing({ before, order, placed = [], cause = [] }: Way): Step[] {
  if (placed.length === 0 && cause.length === 0) {
    return [...given(...before), ...when(`Ada places ${order}`)]
  }
  return [...given(...before, `Ada has placed ${order}`, ...placed), ...when(...cause)]
}

/** The same where the scenario is about what comes after. */
export function brought({ before, order, placed = [], cause = [] }: Way): Step[] {
  return given(...before, `Ada has placed ${order}`, ...placed, ...cause)
}
