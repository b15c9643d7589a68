import { secondsOf } from '../../rules/seconds.ts'
import { type ClientRule, type ClientSight, NO_CLOCK } from '../client-rule.ts'
import { type Call, elapsed, headerOf, requestOf } from '../reading/call.ts'
import type { ClientMatter } from '../reading/client-matter.ts'

export const retryAfterRule: ClientRule = {
  id: 'client.retry-after',
  family: 'HTTP',
  sentence:
    'After a 429 or a 503 with Retry-After the client waits so long before it asks the same again.',
  source: { mark: 'own' },
  weight: 'should',
  unseen: 'no answer said Retry-After',
  toSee: 'stage the fault "rate limited", e.g. on queryOrder',
  check: (matter) => matter.calls.map((call) => sightOf(call, matter)),
}

function sightOf(call: Call, { calls, bounds }: ClientMatter): ClientSight {
  const { status, exchange, number, user } = call
  const seconds = Number(headerOf(exchange.response, 'retry-after') || Number.NaN)
  if ((status !== 429 && status !== 503) || !(seconds > 0)) return undefined
  const next = calls.find(
    (each) =>
      each.number > number && each.session === call.session && requestOf(each) === requestOf(call),
  )
  if (!next) return undefined
  const waitedMs = elapsed(call, next)
  if (waitedMs === undefined) return { unjudged: NO_CLOCK }
  if (waitedMs >= seconds * 1_000 - bounds.retrySlackMs) return 'held'
  const { method, url } = exchange.request
  const what = `${method} ${URL.parse(url)?.pathname ?? url}`
  const detail = `${what} came again ${secondsOf(waitedMs)} after ${status}, told to wait ${secondsOf(seconds * 1_000)}`
  return { detail, exchanges: [number, next.number], user }
}
