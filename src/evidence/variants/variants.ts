import type { OperationMatcher } from '../../api/contract/operation-matcher.ts'
import { byText } from '../by-text.ts'
import type { Exchange } from '../exchange.ts'
import { type Matter, matterOf } from '../reading/matter.ts'
import { marketVariants } from './market-variants.ts'
import { orderVariants } from './order-variants.ts'
import { progressVariants } from './progress-variants.ts'
import { sessionVariants } from './session-variants.ts'
import type { Variant, VariantFinder } from './variant.ts'

const finders: readonly VariantFinder[] = [
  sessionVariants,
  orderVariants,
  progressVariants,
  marketVariants,
]

/**
 * How the gaps of section 6 of the fact sheet were seen to be filled, each value once, with the first
 * exchange that shows it; by setting, then by exchange.
 *
 * @param exchanges - Whole, and in order.
 */
export function variantsOf(
  exchanges: readonly Exchange[],
  matches: OperationMatcher,
): readonly Variant[] {
  return variantsIn(matterOf(exchanges, matches))
}

/** @see variantsOf */
export function variantsIn(matter: Matter): readonly Variant[] {
  const found = finders
    .flatMap((find) => find(matter))
    .sort((one, other) => byText(one.setting, other.setting) || one.exchange - other.exchange)
  const first = new Map<string, Variant>()
  for (const variant of found) {
    const key = JSON.stringify([variant.setting, variant.value])
    if (!first.has(key)) first.set(key, variant)
  }
  return [...first.values()]
}
