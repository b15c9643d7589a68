import type { ClientRule } from './client-rule.ts'
import { knownPathsRule, secretsRule } from './http/address-rules.ts'
import { requestIdRule } from './http/request-id-rule.ts'
import { retryAfterRule } from './http/retry-after-rule.ts'
import { coIdRule } from './placing/co-id-rule.ts'
import { lostPlacingRule } from './placing/lost-placing-rule.ts'
import { quotedPriceRule, rateFreshRule } from './placing/quote-rules.ts'
import { wellFormedRule } from './placing/well-formed-rule.ts'
import { cancelFinishedRule, pollFinalRule } from './polling/final-rules.ts'
import { overlapRule } from './polling/overlap-rule.ts'
import { backOffRule, emptyPaceRule, pollPaceRule } from './polling/pace-rules.ts'
import { loginRefusedRule, tokenKeptRule } from './session/login-rules.ts'
import { refusedTokenRule, renewInTimeRule } from './session/renewal-rules.ts'
import { lostDownloadRule, tradesLeftRule, untilEmptyRule } from './trading/download-rules.ts'
import { followedRule } from './trading/followed-rule.ts'

/** Every rule of the client, in the order in which reports list them. */
export const clientRules: readonly ClientRule[] = [
  ...[renewInTimeRule, refusedTokenRule, tokenKeptRule, loginRefusedRule],
  ...[quotedPriceRule, rateFreshRule],
  ...[lostPlacingRule, coIdRule],
  ...[pollPaceRule, overlapRule, pollFinalRule, followedRule, cancelFinishedRule],
  ...[untilEmptyRule, tradesLeftRule, lostDownloadRule, emptyPaceRule],
  ...[wellFormedRule, knownPathsRule, secretsRule, backOffRule, retryAfterRule, requestIdRule],
]
