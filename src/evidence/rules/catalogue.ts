import type { Finding } from '../finding.ts'
import type { Matter } from '../reading/matter.ts'
import { echoPlacingRule, echoQueryRule } from './echo-rules.ts'
import { errorObjectRule } from './error-object-rule.ts'
import { finalInTimeRule } from './final-in-time-rule.ts'
import { httpRules } from './http-rules.ts'
import {
  byClientIdRule,
  byServerIdRule,
  idStableRule,
  knownOrderRule,
  oneOrderRule,
  rateOfSymbolRule,
} from './identity-rules.ts'
import type { Rule } from './rule.ts'
import { shapeRules } from './shape-rules.ts'
import { tradeAgreesRule } from './trade-agrees-rule.ts'
import { onlyDealtRule, tradeAmountRule } from './trade-amount-rules.ts'
import { tradeInTimeRule } from './trade-in-time-rule.ts'
import { tradeOnceRule } from './trade-once-rule.ts'

/** Every rule that is judged besides the lifecycles', in the order in which reports list them. */
export const rules: readonly Rule[] = [
  ...httpRules,
  errorObjectRule,
  ...shapeRules,
  echoPlacingRule,
  echoQueryRule,
  rateOfSymbolRule,
  byServerIdRule,
  oneOrderRule,
  knownOrderRule,
  byClientIdRule,
  idStableRule,
  tradeAgreesRule,
  tradeAmountRule,
  onlyDealtRule,
  tradeOnceRule,
  finalInTimeRule,
  tradeInTimeRule,
]

/** What the catalogue says about a scenario. */
export function judgeByRules(matter: Matter): {
  readonly rulesHeld: readonly string[]
  readonly findings: readonly Finding[]
} {
  const judged = rules.map((rule) => ({ ...rule, ...rule.check(matter) }))
  return {
    rulesHeld: judged.filter(({ held }) => held).map(({ id }) => id),
    findings: judged.flatMap(({ id, code, breaches }) =>
      breaches.map(({ orderId, detail, exchanges }) => ({
        code,
        rule: id,
        orderId,
        detail,
        exchanges,
      })),
    ),
  }
}
