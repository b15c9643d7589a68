import type { Rule } from '../rule.ts'
import { incompleteLoginRule, wrongPasswordRule } from './credential-rules.ts'
import { envelopeRule } from './envelope-rule.ts'
import { expiryRule, tokenIssuedRule } from './login-rules.ts'
import { renewExpiredRule, renewLiveRule } from './renewal-rules.ts'
import { expiredTokenRule, tokenNeededRule, unknownTokenRule } from './token-rules.ts'
import { unknownRenewRule } from './unknown-renew-rule.ts'

/** What a session is, and what there is without one. */
export const sessionRules: readonly Rule[] = [
  tokenIssuedRule,
  envelopeRule,
  expiryRule,
  wrongPasswordRule,
  incompleteLoginRule,
  tokenNeededRule,
  unknownTokenRule,
  expiredTokenRule,
  renewLiveRule,
  renewExpiredRule,
  unknownRenewRule,
]
