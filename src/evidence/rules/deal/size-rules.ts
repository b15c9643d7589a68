import type { Rule } from '../rule.ts'
import {
  allOrNothingRule,
  filledWholeRule,
  neverMoreRule,
  rejectedRule,
} from './dealt-size-rules.ts'
import { addsUpRule, dealtGrowsRule, lastFillRule } from './quantity-rules.ts'
import { settledRule } from './settled-rule.ts'

/** How much of an order is dealt. */
export const sizeRules: readonly Rule[] = [
  neverMoreRule,
  allOrNothingRule,
  filledWholeRule,
  rejectedRule,
  addsUpRule,
  dealtGrowsRule,
  lastFillRule,
  settledRule,
]
