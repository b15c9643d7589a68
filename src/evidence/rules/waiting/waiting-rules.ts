import type { Rule } from '../rule.ts'
import { finalInTimeRule } from './final-in-time-rule.ts'
import { gtcStaysRule, gttEndsRule, gttNotEarlyRule } from './time-in-force-rules.ts'
import { tradeInTimeRule } from './trade-in-time-rule.ts'

/** How long things may take. */
export const waitingRules: readonly Rule[] = [
  finalInTimeRule,
  gttEndsRule,
  gttNotEarlyRule,
  gtcStaysRule,
  tradeInTimeRule,
]
