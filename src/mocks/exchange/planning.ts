import { Big } from 'big.js'
import type { Lifecycle } from '../../machines/lifecycle.ts'
import type { Ending, Plan, Rejection } from './desk-order.ts'
import type { OrderTerms } from './order-terms.ts'
import type { Outcome } from './outcome.ts'
import { listed, type Pace } from './pace.ts'
import { minorUnits } from './pairs.ts'
import { type Result, refuse, success } from './refusal.ts'
import type { Settings } from './settings/settings.ts'

/** Whether the order's time in force lets it end without being dealt. */
export function canExpire(lifecycle: Lifecycle, terms: OrderTerms): boolean {
  return lifecycle.statuses.includes('EXPIRED') && terms.timeInForce !== 'GTC'
}

/** Whether the order may be dealt in parts: not where it is all or nothing. */
export function canFillInParts(terms: OrderTerms): boolean {
  return terms.type === 'Limit' && terms.timeInForce !== 'FOK'
}

/** Whether an order ends so that nobody was willing to deal, whatever else is wrong with it. */
export function turnsDown({ kind }: Outcome): boolean {
  return kind === 'refuse' || kind === 'reject before NEW' || kind === 'reject after NEW'
}

/** The plan that an outcome makes for an order, or why it cannot happen to such an order. */
export function planOutcome(
  outcome: Outcome,
  lifecycle: Lifecycle,
  terms: OrderTerms,
  settings: Settings,
): Result<Plan> {
  if (outcome.kind === 'refuse') {
    return refuse('refused-as-staged', outcome.reason ?? 'Refused, as staged.', outcome.code)
  }
  const paces = defaultPaces(settings)
  const plan = (ending: Ending): Result<Plan> =>
    success({
      ending,
      received: outcome.received ?? paces.received,
      new: listed(outcome.new ?? paces.new),
      ...(outcome.cancel !== undefined && { cancel: outcome.cancel }),
      ...(outcome.outlasts && { outlasts: true }),
      ...('lapsesAs' in outcome && { lapsesAs: outcome.lapsesAs }),
    })
  if ('lapsesAs' in outcome && !lifecycle.statuses.includes(outcome.lapsesAs)) {
    return impossible(outcome, terms, `it is never ${outcome.lapsesAs}`)
  }
  switch (outcome.kind) {
    case 'business':
      return plan({ kind: 'business' })
    case 'fill':
      return plan({ kind: 'deal whole' })
    case 'reject before NEW':
      return plan({ kind: 'reject', when: 'RECEIVED', ...rejectionOf(outcome) })
    case 'reject after NEW':
      return plan({ kind: 'reject', when: 'NEW', ...rejectionOf(outcome) })
    case 'expire':
      return outcome.lapsesAs !== undefined || canExpire(lifecycle, terms)
        ? plan({ kind: 'deal nothing' })
        : impossible(outcome, terms, 'it never expires')
    case 'fill in parts':
      return planParts(
        outcome,
        terms,
        outcome.parts.map((part) => new Big(part)),
        plan,
      )
    case 'fill in shares':
      return planParts(outcome, terms, partsOf(outcome.shares, terms), plan)
  }
}

/** The plan of an order that is placed and then rejected for a reason of its own. */
export function planRejection(code: Plan['ending'] & { kind: 'reject' }, settings: Settings): Plan {
  const paces = defaultPaces(settings)
  return { ending: code, received: paces.received, new: [paces.new] }
}

function rejectionOf({
  reason,
  code,
}: {
  readonly reason?: string
  readonly code?: string | null
}): { readonly rejection?: Rejection } {
  if (reason === undefined && code === undefined) return {}
  return {
    rejection: {
      code: 'last-look',
      ...(reason !== undefined && { text: reason }),
      ...(code !== undefined && { told: code }),
    },
  }
}

function planParts(
  outcome: Outcome,
  terms: OrderTerms,
  parts: readonly Big[],
  plan: (ending: Ending) => Result<Plan>,
): Result<Plan> {
  const total = parts.reduce((sum, part) => sum.plus(part), new Big(0))
  if (total.gt(terms.size)) return impossible(outcome, terms, 'the parts are more than its size')
  if (!canFillInParts(terms) && !(parts.length === 1 && total.eq(terms.size))) {
    return impossible(outcome, terms, 'it is all or nothing')
  }
  return plan({ kind: 'deal parts', parts: parts.map(String) })
}

/** Shares of the size in whole minor units, such that together they are the share they add up to. */
function partsOf(shares: readonly number[], { size, dealsBase, pair }: OrderTerms): readonly Big[] {
  const decimals = minorUnits(dealsBase ? pair.base : pair.term)
  let share = new Big(0)
  let dealt = new Big(0)
  const parts = shares.map((each) => {
    share = share.plus(each)
    const rounded = size.times(share).round(decimals)
    const upTo = share.gte(1) || rounded.gt(size) ? size : rounded
    const part = upTo.minus(dealt)
    dealt = upTo
    return part
  })
  return parts.filter((part) => part.gt(0))
}

function impossible(outcome: Outcome, terms: OrderTerms, why: string): Result<never> {
  return refuse(
    'impossible-outcome',
    `Outcome "${outcome.kind}" cannot happen to a ${terms.type} ${terms.timeInForce} order: ${why}. Stage another outcome.`,
  )
}

/** How long a stage lasts where the outcome does not say. Fact sheet 6, rows 25 and 26. */
function defaultPaces(settings: Settings): { readonly received: Pace; readonly new: Pace } {
  const perStep = settings['advance.queriesPerStep']
  const received: Pace = { polls: settings['advance.receivedQueries'] + perStep - 1 }
  const next: Pace = { polls: perStep }
  const byMode = {
    perQuery: { received, new: next },
    afterMs: {
      received: { ms: settings['advance.afterMs'] },
      new: { ms: settings['advance.afterMs'] },
    },
    scripted: { received: 'held', new: 'held' },
  } as const
  const paces = byMode[settings.advance]
  return settings['advance.skipNew'] ? { ...paces, new: { polls: 0 } } : paces
}
