import type { Rule } from '../rule.ts'
import { absentRules } from './absent-rules.ts'
import { errorObjectRule } from './error-object-rule.ts'
import { illMadeRules } from './ill-made-rules.ts'
import { placingAnswerRules } from './placing-answer-rules.ts'
import { placingJsonRule } from './placing-json-rule.ts'

/** What a placing is answered with, and that what was refused is not there. */
export const placingRules: readonly Rule[] = [
  errorObjectRule,
  ...placingAnswerRules,
  ...illMadeRules,
  placingJsonRule,
  ...absentRules,
]
