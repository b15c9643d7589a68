import { isFields } from '../../reading/reading.ts'
import { secondsOf } from '../../rules/seconds.ts'
import type { ClientBounds } from '../client-bounds.ts'
import { type ClientRule, type ClientSight, NO_CLOCK } from '../client-rule.ts'
import { type Call, elapsed, isGuarded, requestOf } from '../reading/call.ts'
import type { ClientMatter } from '../reading/client-matter.ts'
import { numbersOf } from '../reading/runs.ts'
import { unlessSigned } from './signed.ts'

export const renewInTimeRule: ClientRule = {
  id: 'client.renew-in-time',
  family: 'Sessions',
  sentence: 'The client renews its token, or logs in anew, before the token expires.',
  source: { section: '5', mark: 'reference' },
  weight: 'must',
  unseen: 'no session lasted longer than its first token',
  toSee: 'keep the client busy for longer than a token lives, e.g. with setting tokenTtlMs at 5000',
  check: (matter) => {
    const issues = matter.calls.filter(
      ({ isSuccess, exchange }) => isSuccess && exchange.issuedToken !== undefined,
    )
    const sights = matter.calls
      .filter(isGuarded)
      .map((call) => timelySight(call, issues, matter.bounds))
    return unlessSigned(matter, firstOfEach(sights))
  },
}

/**
 * A token that was used up by the client's own time. Where the venue's clock was moved or its tokens were made
 * to expire, less than its life has passed, and nobody is to blame.
 */
function timelySight(
  call: Call,
  issues: readonly Call[],
  { tokenSlackMs }: ClientBounds,
): ClientSight {
  const { exchange, isSuccess, status, number, user } = call
  const issue = issueOf(call, issues)
  if (!issue) return undefined
  const lifeMs = lifeOf(issue)
  const ageMs = elapsed(issue, call)
  if (lifeMs === undefined) return undefined
  const isRefused = status === 401 && call.isWhole && exchange.fault === undefined
  if (ageMs === undefined) return isRefused ? { unjudged: NO_CLOCK } : undefined
  if (isRefused && ageMs > lifeMs + tokenSlackMs) {
    const detail = `a token was used ${secondsOf(ageMs - lifeMs)} after its end, and refused`
    return { detail, exchanges: [issue.number, number], user }
  }
  return isSuccess && ageMs < lifeMs && isOutlived(call, issue, issues) ? 'held' : undefined
}

/** One token that is used on and on is one breach. */
function firstOfEach(sights: readonly ClientSight[]): readonly ClientSight[] {
  const issueOfSight = (sight: ClientSight) =>
    typeof sight === 'object' && 'detail' in sight ? sight.exchanges[0] : undefined
  const told = new Set<number>()
  return sights.filter((sight) => {
    const issue = issueOfSight(sight)
    if (issue === undefined) return true
    const isFirst = !told.has(issue)
    told.add(issue)
    return isFirst
  })
}

/** Whether what the user had before would be over by now, had the token not been got in time. */
function isOutlived(call: Call, issue: Call, issues: readonly Call[]): boolean {
  return issues.some((earlier) => {
    if (earlier.number >= issue.number || earlier.user !== call.user) return false
    const [lifeMs, oldMs, nowMs] = [
      lifeOf(earlier),
      elapsed(earlier, issue),
      elapsed(earlier, call),
    ]
    if (lifeMs === undefined || oldMs === undefined || nowMs === undefined) return false
    return oldMs < lifeMs && lifeMs < nowMs
  })
}

/** The answer that told of the token last. */
function issueOf({ exchange, number }: Call, issues: readonly Call[]): Call | undefined {
  const asked = exchange.token?.number
  return issues.findLast(
    (each) => each.number < number && asked !== undefined && each.exchange.issuedToken === asked,
  )
}

/** Milliseconds that a token had to live when its answer left; both times are the server's. */
function lifeOf({ body, exchange }: Call): number | undefined {
  const { expiryTime, serverUTCTime } = isFields(body) ? body : {}
  if (typeof expiryTime !== 'number') return undefined
  const from = typeof serverUTCTime === 'number' ? serverUTCTime : exchange.at
  return expiryTime > from ? expiryTime - from : undefined
}

export const refusedTokenRule: ClientRule = {
  id: 'client.refused-token',
  family: 'Sessions',
  sentence:
    'After a 401 the client gets a new token, and does not repeat the request with the old one.',
  source: { section: '1.4', mark: 'reference' },
  weight: 'must',
  unseen: 'no token was refused',
  toSee: 'expire the tokens while the client is at work',
  check: (matter) => {
    const refused = matter.calls.filter(
      (call) => isGuarded(call) && call.isWhole && call.status === 401 && call.exchange.token,
    )
    const threads = Map.groupBy(refused, (call) => `${call.session} ${requestOf(call)}`)
    const sights = [...threads.values()].flatMap((thread) => refusedSights(thread, matter))
    return unlessSigned(matter, sights)
  },
}

function refusedSights(thread: readonly Call[], { calls, bounds }: ClientMatter) {
  const renewals = (from: Call, to: Call | undefined) =>
    calls.filter(
      (call) =>
        (call.operation === 'login' || call.operation === 'renew') &&
        call.user === from.user &&
        call.number > from.number &&
        call.number < (to?.number ?? Number.POSITIVE_INFINITY),
    )
  const stretches: Call[][] = []
  for (const call of thread) {
    const before = stretches.at(-1)?.at(-1)
    if (before && renewals(before, call).length === 0) stretches.at(-1)?.push(call)
    else stretches.push([call])
  }
  return stretches.map((stretch): ClientSight => {
    const [first] = stretch
    if (!first) return undefined
    if (stretch.length - 1 > bounds.mostSameToken) {
      const detail = `${stretch.length} times the same request with a token that had been refused`
      return { detail, exchanges: numbersOf(stretch), user: first.user }
    }
    const isRenewed = renewals(first, undefined).some(({ isSuccess }) => isSuccess)
    return isRenewed ? 'held' : { unjudged: 'a token was refused, and the client did not go on' }
  })
}
