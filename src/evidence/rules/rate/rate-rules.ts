import type { Rule } from '../rule.ts'
import { setOfIdRule, setQueryRule } from './market-data-set-rules.ts'
import { parallelArraysRule } from './parallel-arrays-rule.ts'
import { idDistinctRule, rateIdRule } from './rate-id-rules.ts'
import { bookSidesRule, rateLimitsRule, rateSidesRule } from './rate-side-rules.ts'
import { rateOfSymbolRule, symbolNeededRule } from './rate-symbol-rules.ts'
import { rateTimeRule } from './rate-time-rule.ts'
import { topOfBookRule } from './top-of-book-rule.ts'

/** What a rate is like. */
export const rateRules: readonly Rule[] = [
  rateOfSymbolRule,
  symbolNeededRule,
  rateSidesRule,
  bookSidesRule,
  topOfBookRule,
  rateLimitsRule,
  parallelArraysRule,
  rateIdRule,
  idDistinctRule,
  rateTimeRule,
  setOfIdRule,
  setQueryRule,
]
