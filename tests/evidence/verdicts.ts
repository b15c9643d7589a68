import { assert } from 'chai'
import type { Finding } from '../../src/evidence/finding.ts'
import type { Bounds } from '../../src/evidence/reading/matter.ts'
import { rules } from '../../src/evidence/rules/catalogue.ts'
import type { Talk } from './talk.ts'

/** The rule was seen to hold, and nothing at all is wrong. */
export function assertHeld(talk: Talk, rule: string, bounds?: Partial<Bounds>): void {
  const { rulesHeld, findings } = talk.evidence(bounds)
  assert.deepEqual(findings, [])
  assert.include(rulesHeld, rule)
}

/** Nothing is wrong, and the rule has not been seen to hold either. */
export function assertNotVerified(talk: Talk, rule: string, bounds?: Partial<Bounds>): void {
  const { rulesHeld, findings } = talk.evidence(bounds)
  assert.include(
    rules.map(({ id }) => id),
    rule,
  )
  assert.deepEqual(findings, [])
  assert.notInclude(rulesHeld, rule)
}

/** The rule says nothing, whatever others say. */
export function assertSilent(talk: Talk, rule: string, bounds?: Partial<Bounds>): void {
  const { rulesHeld, findings } = talk.evidence(bounds)
  assert.include(
    rules.map(({ id }) => id),
    rule,
  )
  assert.notInclude(
    findings.map((finding) => finding.rule),
    rule,
  )
  assert.notInclude(rulesHeld, rule)
}

/** A finding without what follows from its rule and its exchanges. */
export type ToldFinding = Omit<Finding, 'expected' | 'contradicts'>

/** These findings and no others, in the order of the catalogue. */
export function assertFindings(
  talk: Talk,
  expected: readonly ToldFinding[],
  bounds?: Partial<Bounds>,
): void {
  assert.deepEqual(talk.evidence(bounds).findings.map(toldOf), expected)
}

export function toldOf({ code, rule, orderId, detail, exchanges }: Finding): ToldFinding {
  return { code, rule, orderId, detail, exchanges }
}
