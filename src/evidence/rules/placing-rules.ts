import { errorObjectRule } from './error-object-rule.ts'
import type { Rule } from './rule.ts'

/** What a placing is answered with, and that what was refused is not there. */
export const placingRules: readonly Rule[] = [errorObjectRule]
