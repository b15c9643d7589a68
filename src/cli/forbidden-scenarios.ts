import type { Lifecycle, LifecycleName } from '../machines/lifecycle.ts'
import { given, type Scenario, type Step, then, when } from './gherkin-text.ts'
import type { Recipe, Way } from './path-recipes.ts'
import { brought, type Walk } from './path-scenarios.ts'
import { UsageError } from './usage-error.ts'

/** An order for the lifecycle's steps that come before it ends, and before it begins. */
interface Example {
  /** One that works for a while. */
  readonly working: Way
  /** How it comes to its end. */
  readonly ends: readonly Step[]
  /** One to be queried before it is placed. */
  readonly queried: Way
  /** Whether the two need a simulation: an endpoint is given no order that is dealt for this. */
  readonly isStaged: boolean
}

const RATE = 'Ada has a rate for the agreed pair'
const SOLD = 'a previously quoted order to sell a small amount at that rate'
const AWAY = 'a limit order to sell a small amount 200 pips above the market'

const examples: Readonly<Record<LifecycleName, Example>> = {
  PQ: {
    working: {
      before: [RATE, 'the next order will stay RECEIVED for 0 queries and NEW for 5'],
      order: SOLD,
      proof: [],
    },
    ends: then('the order should be FILLED'),
    queried: { before: [RATE, 'the next order will be filled'], order: SOLD, proof: [] },
    isStaged: true,
  },
  Limit: {
    working: { before: [], order: `${AWAY}, good for 60 seconds`, proof: [] },
    ends: [...when('Ada cancels the order'), ...then('the order should be CANCELED')],
    queried: { before: [], order: `${AWAY}, immediate or cancel`, proof: [] },
    isStaged: false,
  },
}

/** What a trader may try and the model has no arrow for: it must lead nowhere. */
export function forbiddenScenarios(
  lifecycle: Lifecycle,
  walks: readonly Walk[],
): readonly Scenario[] {
  const ends = lifecycle.statuses.filter((status) => lifecycle.isFinal(status))
  const orders = ends.map((end) => [end, orderOf(end, walks)] as const)
  const example = examples[lifecycle.name]
  return [
    queriedBefore(example),
    ...orders.map(([end, recipe]) => cancelled(end, recipe)),
    placedAgainWorking(example),
    ...orders.map(([end, recipe]) => placedAgain(end, recipe)),
  ]
}

type OrderRecipe = Recipe & { readonly kind: 'order' }

/** The first way that ends so; the one that an endpoint can walk, if there is one. */
function orderOf(end: string, walks: readonly Walk[]): OrderRecipe {
  const recipes = walks
    .filter(({ path }) => path.at(-1)?.to === end)
    .flatMap(({ recipe }) => (recipe.kind === 'order' ? [recipe] : []))
  const recipe = recipes.find(({ plain }) => plain) ?? recipes[0]
  if (recipe) return recipe
  throw new UsageError(
    `Failed to make scenarios: no recipe in src/cli/path-recipes.ts leads to ${end}; add one.`,
  )
}

function queriedBefore({ queried, isStaged }: Example): Scenario {
  const { before, order } = queried
  return {
    title: 'queried before it is placed',
    isStaged,
    steps: [
      ...given(...before, 'Ada has chosen a client id for the next order'),
      ...when('Ada queries that client id'),
      ...then('there should be no answer about any order'),
      ...when('Ada queries an order that was never placed'),
      ...then('there should be no answer about any order'),
      ...when(`Ada places ${order}`, 'Ada queries the order until it is final'),
      ...then('the client id should lead to the same order'),
    ],
  }
}

function cancelled(end: string, { staged, plain }: OrderRecipe): Scenario {
  return {
    title: `cancelled when it is ${end}`,
    isStaged: !plain,
    steps: [
      ...brought(plain ?? staged),
      ...given(`the order should be ${end}`),
      ...when('Ada cancels the order'),
      ...then(`the order should still be ${end}`),
    ],
  }
}

function placedAgainWorking({ working, ends, isStaged }: Example): Scenario {
  return {
    title: 'placed again while it works',
    isStaged,
    steps: [
      ...brought(working),
      ...given('the order should be NEW'),
      ...when('Ada places the very same order again'),
      ...then('no second order should have come of it'),
      ...ends,
    ],
  }
}

/** On an endpoint only what would not be dealt the second time either: the replay may be taken. */
function placedAgain(end: string, { staged, plain, isHarmless = false }: OrderRecipe): Scenario {
  const way = isHarmless ? plain : undefined
  return {
    title: `placed again when it is ${end}`,
    isStaged: way === undefined,
    steps: [
      ...brought(way ?? staged),
      ...given(`the order should be ${end}`),
      ...when('Ada places the very same order again'),
      ...then('no second order should have come of it', `the order should be ${end}`),
    ],
  }
}
