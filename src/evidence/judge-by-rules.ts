import type { Finding } from './finding.ts'
import type { Matter } from './reading/matter.ts'
import { rules } from './rules/catalogue.ts'

/** What the catalogue says about a scenario, its lifecycles apart. */
export function judgeByRules(matter: Matter): {
  readonly rulesHeld: readonly string[]
  readonly findings: readonly Finding[]
} {
  const judged = rules.map((rule) => ({ ...rule, ...rule.check(matter) }))
  return {
    rulesHeld: judged.filter(({ held }) => held).map(({ id }) => id),
    findings: judged.flatMap(({ id, code, sentence, breaches }) =>
      breaches.map(({ orderId, detail, exchanges }) => ({
        ...{ code, rule: id, orderId, expected: sentence, detail, exchanges },
      })),
    ),
  }
}
