import type { Rule } from './rule.ts'
import { tradeAgreesRule } from './trade-agrees-rule.ts'
import { onlyDealtRule, tradeAmountRule } from './trade-amount-rules.ts'
import { tradeOnceRule } from './trade-once-rule.ts'

/** What the trades of an order are like, and how often they come. */
export const tradeRules: readonly Rule[] = [
  tradeAgreesRule,
  tradeAmountRule,
  onlyDealtRule,
  tradeOnceRule,
]
