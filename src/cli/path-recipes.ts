import type { LifecycleName } from '../machines/lifecycle.ts'
import type { PathEvent } from '../machines/paths.ts'

export type SideWord = 'buy' | 'sell'

/** Steps that bring an order to the end of a path. */
export interface Way {
  /** Before it is placed. */
  readonly before: readonly string[]
  /** What is placed, as it stands after "Ada places". */
  readonly order: string
  /** Once it is placed, and before anything happens to it. */
  readonly placed?: readonly string[]
  /** What happens to it then, where its placing alone does not settle that. */
  readonly cause?: readonly string[]
  /** What holds in the end, besides the statuses. */
  readonly proof: readonly string[]
}

/** How a path is brought about. */
export type Recipe =
  | {
      readonly kind: 'order'
      /** With every status held until a query sees it; only a simulation can be made to. */
      readonly staged: Way
      /** Where the other side plays as it likes; absent where nobody outside can bring it about. */
      readonly plain?: Way
      /** Whether the plain order is too far from the market to be dealt, however often it is placed. */
      readonly isHarmless?: boolean
    }
  | { readonly kind: 'refused'; readonly way: Way }
  /** Neither side can bring it about. */
  | { readonly kind: 'omitted'; readonly why: string }

/** Recipes by the events of their paths, as {@link recipeKey} spells them. */
export type Recipes = Readonly<Record<string, Recipe>>

/** How a path is looked up. */
export function recipeKey(events: readonly PathEvent[]): string {
  return events.join(', ')
}

const RATE = 'Ada has a rate for the agreed pair'
const STILL = 'the market stands still'
const PART = 'the market is good for 60% of a small amount'
const REJECT_NEW = 'the provider will reject the next order after NEW'
const REJECT_RECEIVED = 'the desk will reject the next order before NEW'
const QUERY = 'Ada queries the order'
const CANCEL = 'Ada cancels the order'
const WHOLE = 'the whole size should be dealt'
const NOTHING = 'nothing should be dealt'
const SIXTY = '60% of the size should be dealt'

/** Every path of the models, and how to walk it with an order to buy or to sell. */
export function pathRecipes(side: SideWord): Readonly<Record<LifecycleName, Recipes>> {
  return { PQ: pqRecipes(side), Limit: limitRecipes(side) }
}

function pqRecipes(side: SideWord): Recipes {
  const order = `a previously quoted order to ${side} a small amount at that rate`
  const rejected = { order, proof: [NOTHING] }
  return {
    'order.received, desk.accepted, market.dealtWhole': {
      kind: 'order',
      staged: { before: [RATE, 'the next order will be filled'], order, proof: [WHOLE] },
      plain: { before: [RATE], order, proof: [WHOLE] },
    },
    'order.received, desk.accepted, desk.rejected': {
      kind: 'order',
      staged: { before: [RATE, REJECT_NEW], ...rejected },
    },
    'order.received, desk.rejected': {
      kind: 'order',
      staged: { before: [RATE, REJECT_RECEIVED], ...rejected },
    },
    'order.refused': {
      kind: 'refused',
      way: { before: [RATE], order: `${order}, without price`, proof: [] },
    },
  }
}

function limitRecipes(side: SideWord): Recipes {
  const [through, away] = side === 'buy' ? ['above', 'below'] : ['below', 'above']
  const limit = (pips: string, life: string) =>
    `a limit order to ${side} a small amount ${pips} the market, ${life}`
  const marketable = limit(`20 pips ${through}`, 'immediate or cancel')
  const resting = (life: string) => limit(`200 pips ${away}`, life)
  const rejected = { order: limit('at', 'good till cancelled'), proof: [NOTHING] }
  /** Dealt in part as soon as it is NEW, and no further. */
  const dealtInPart = (life: string) => ({
    before: [STILL, PART],
    order: limit('at', life),
    placed: [QUERY, QUERY, SIXTY],
    proof: [SIXTY],
  })
  return {
    'order.received, desk.accepted, market.dealtWhole': {
      kind: 'order',
      staged: { before: ['the next order will be filled'], order: marketable, proof: [WHOLE] },
      plain: { before: [], order: marketable, proof: [WHOLE] },
    },
    'order.received, desk.accepted, desk.rejected': {
      kind: 'order',
      staged: { before: [REJECT_NEW], ...rejected },
    },
    'order.received, desk.accepted, timeInForce.ended': {
      kind: 'order',
      staged: {
        before: [STILL],
        order: resting('good for 30 seconds'),
        placed: [QUERY],
        cause: ['30 seconds pass'],
        proof: [NOTHING],
      },
      plain: { before: [], order: resting('good for 2 seconds'), proof: [NOTHING] },
      isHarmless: true,
    },
    'order.received, desk.accepted, cancel.confirmed': {
      kind: 'order',
      staged: {
        before: [STILL],
        order: resting('good till cancelled'),
        placed: [QUERY],
        cause: [CANCEL],
        proof: [NOTHING],
      },
      plain: {
        before: [],
        order: resting('good for 60 seconds'),
        placed: ['the order should be NEW'],
        cause: [CANCEL],
        proof: [NOTHING],
      },
      isHarmless: true,
    },
    'order.received, desk.rejected': {
      kind: 'order',
      staged: { before: [REJECT_RECEIVED], ...rejected },
    },
    'order.refused': {
      kind: 'refused',
      way: { before: [], order: 'a limit order without price', proof: [] },
    },
    'order.received, desk.accepted, market.dealtPart, market.dealtWhole': {
      kind: 'order',
      staged: { ...dealtInPart('good till cancelled'), cause: [marketComes(side)], proof: [WHOLE] },
    },
    'order.received, desk.accepted, market.dealtPart, timeInForce.ended': {
      kind: 'order',
      staged: { ...dealtInPart('good for 30 seconds'), cause: ['30 seconds pass'] },
    },
    'order.received, desk.accepted, market.dealtPart, cancel.confirmed': {
      kind: 'order',
      staged: { ...dealtInPart('good till cancelled'), cause: [CANCEL] },
    },
    'order.received, desk.accepted, market.dealtPart, desk.rejected': {
      kind: 'omitted',
      why: 'a rejection turns down the whole order, and one that was dealt counts as a finding',
    },
  }
}

/** What brings new amounts to an order that waits at the market. */
function marketComes(side: SideWord): string {
  return `the market ${side === 'buy' ? 'falls' : 'rises'} 1 pips`
}
