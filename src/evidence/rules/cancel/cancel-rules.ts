import type { Rule } from '../rule.ts'
import { cancelInTimeRule } from './cancel-in-time-rule.ts'
import { finishedUnchangedRule } from './finished-unchanged-rule.ts'
import { nothingAfterRule } from './nothing-after-rule.ts'

/** What a cancellation does. */
export const cancelRules: readonly Rule[] = [
  cancelInTimeRule,
  nothingAfterRule,
  finishedUnchangedRule,
]
