import type { Rule } from '../rule.ts'
import { tradeAgreesRule } from './trade-agrees-rule.ts'
import { onlyDealtRule, tradeAmountRule } from './trade-amount-rules.ts'
import { batchSizeRule, emptyIsEmptyRule } from './trade-batch-rules.ts'
import { firstNewRule, resentMarkRule } from './trade-event-rules.ts'
import { tradeExecutionRule } from './trade-execution-rule.ts'
import { tradeIdUniqueRule, tradeRateIdRule } from './trade-ids-rules.ts'
import { tradeOnceRule } from './trade-once-rule.ts'
import { tradeResentRule } from './trade-resent-rule.ts'
import { tradeSettledRule } from './trade-settled-rule.ts'
import { tradeUnchangedRule } from './trade-unchanged-rule.ts'
import { tradeVerifiedRule } from './trade-verified-rule.ts'
import { tradeDatesRule, tradeTypeRule } from './trade-written-rules.ts'

/** What the trades of an order are like, and how often they come. */
export const tradeRules: readonly Rule[] = [
  tradeAgreesRule,
  tradeVerifiedRule,
  tradeTypeRule,
  tradeDatesRule,
  tradeRateIdRule,
  tradeIdUniqueRule,
  tradeExecutionRule,
  tradeAmountRule,
  tradeSettledRule,
  onlyDealtRule,
  tradeOnceRule,
  firstNewRule,
  resentMarkRule,
  tradeResentRule,
  tradeUnchangedRule,
  batchSizeRule,
  emptyIsEmptyRule,
]
