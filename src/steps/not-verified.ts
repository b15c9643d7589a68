import { NOT_VERIFIED } from '../evidence/not-verified.ts'
import type { TradingWorld } from './world.ts'

/**
 * Notes why the rest of a scenario is not verified. Cucumber's `skipped` carries no reason, so that it
 * goes along as an attachment, which the reports show where the result stands.
 *
 * @returns What a step or hook returns to have the rest skipped.
 */
export function notVerified(world: TradingWorld, why: string): 'skipped' {
  const reason = world.redact(why)
  world.notVerifiedHere = reason
  world.attach(reason, { mediaType: NOT_VERIFIED, fileName: 'Why this is not verified.txt' })
  return 'skipped'
}
