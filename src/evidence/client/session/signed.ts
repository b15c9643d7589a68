import type { ClientSight } from '../client-rule.ts'
import { isGuarded, isSigned } from '../reading/call.ts'
import type { ClientMatter } from '../reading/client-matter.ts'

/** What is seen of tokens, unless the client uses none because it signs its requests. Fact sheet 1.5. */
export function unlessSigned(
  { calls }: ClientMatter,
  sights: readonly ClientSight[],
): readonly ClientSight[] {
  const guarded = calls.filter(isGuarded)
  if (guarded.length === 0 || !guarded.every(isSigned)) return sights
  return [{ unjudged: 'the client signs its requests, and uses no tokens', isNeedless: true }]
}
