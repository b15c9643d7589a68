import type { ClientRule, ClientSight } from '../client-rule.ts'
import { type Call, headerOf, requestOf } from '../reading/call.ts'
import { numbersOf } from '../reading/runs.ts'

export const requestIdRule: ClientRule = {
  id: 'client.request-id',
  family: 'HTTP',
  sentence: 'Different requests have different X-Request-IDs, so that each can be found again.',
  source: { section: '0', mark: 'own' },
  weight: 'should',
  unseen: 'no two requests of a session had an X-Request-ID',
  toSee: 'let the client send X-Request-ID, if it can',
  check: ({ calls }) => {
    const named = calls.filter((call) => idIn(call) !== undefined)
    return [...Map.groupBy(named, ({ session }) => session).values()].flatMap(sessionSights)
  },
}

const idIn = ({ exchange }: Call) => headerOf(exchange.request, 'x-request-id')?.trim() || undefined

/** The same request may be sent again under its id. */
function sessionSights(calls: readonly Call[]): readonly ClientSight[] {
  if (calls.length < 2) return []
  const reused = [...Map.groupBy(calls, idIn)].filter(
    ([, all]) => new Set(all.map(requestOf)).size > 1,
  )
  if (reused.length === 0) return ['held']
  return reused.map(([id, all]) => ({
    detail: `${all.length} requests, not all the same, had X-Request-ID ${id}`,
    exchanges: numbersOf(all),
    user: all[0]?.user ?? '',
  }))
}
