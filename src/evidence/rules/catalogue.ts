import type { Source } from '../../api/contract/common.ts'
import { lifecycleRules } from '../../machines/lifecycle-rules.ts'
import { cancelRules } from './cancel/cancel-rules.ts'
import { priceRules } from './deal/price-rules.ts'
import { sizeRules } from './deal/size-rules.ts'
import { echoPlacingRule, echoQueryRule } from './echo/echo-rules.ts'
import { httpRules } from './http/http-rules.ts'
import { identityRules } from './identity/identity-rules.ts'
import { placingRules } from './placing/placing-rules.ts'
import { rateRules } from './rate/rate-rules.ts'
import { type Rule, type Severity, severityOf } from './rule.ts'
import { sessionRules } from './session/session-rules.ts'
import { shapeRules } from './shape/shape-rules.ts'
import { tradeRules } from './trade/trade-rules.ts'
import { waitingRules } from './waiting/waiting-rules.ts'

/** Every rule that is judged besides the lifecycles', in the order in which reports list them. */
export const rules: readonly Rule[] = [
  ...httpRules,
  ...shapeRules,
  ...sessionRules,
  ...rateRules,
  ...placingRules,
  echoPlacingRule,
  echoQueryRule,
  ...identityRules,
  ...priceRules,
  ...sizeRules,
  ...cancelRules,
  ...tradeRules,
  ...waitingRules,
]

/** One rule of the documentation, whoever judges it. */
export interface CatalogueEntry {
  readonly id: string
  readonly family: string
  /** What is promised, in one sentence. */
  readonly sentence: string
  readonly source: Source
  readonly severity: Severity
  /** The code of a finding against it; absent where it can only be observed, or not. */
  readonly code?: string
}

/** Every rule there is, those of the lifecycles first, in the order in which reports list them. */
export const catalogue: readonly CatalogueEntry[] = [
  ...lifecycleRules.map((rule) => entryOf({ ...rule, family: `${rule.lifecycle} lifecycle` })),
  ...rules.map(entryOf),
]

function entryOf(rule: Omit<CatalogueEntry, 'severity'>): CatalogueEntry {
  const { id, family, sentence, source, code } = rule
  const entry = { id, family, sentence, source, severity: severityOf(source) }
  return code === undefined ? entry : { ...entry, code }
}
