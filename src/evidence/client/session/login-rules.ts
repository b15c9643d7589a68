import type { ClientRule, ClientSight } from '../client-rule.ts'
import { type Call, isGuarded } from '../reading/call.ts'
import type { ClientMatter } from '../reading/client-matter.ts'
import { numbersOf } from '../reading/runs.ts'
import { unlessSigned } from './signed.ts'

export const tokenKeptRule: ClientRule = {
  id: 'client.token-kept',
  family: 'Sessions',
  sentence: 'The client uses the token of a login for many requests, and does not log in for each.',
  source: { section: '1.3', mark: 'seed' },
  weight: 'should',
  unseen: 'no token was used twice',
  toSee: 'let the client get a rate, place an order and query it',
  check: (matter) => {
    const logins = matter.calls.filter(
      ({ operation, isSuccess }) => operation === 'login' && isSuccess,
    )
    const byUser = Map.groupBy(logins, ({ user }) => user)
    return unlessSigned(
      matter,
      [...byUser.values()].map((all) => keptSight(all, matter)),
    )
  },
}

function keptSight(logins: readonly Call[], { calls, bounds }: ClientMatter): ClientSight {
  const usesOf = ({ session }: Call) =>
    calls.filter((call) => call.session === session && isGuarded(call)).length
  const wasted = logins.filter((login) => usesOf(login) <= 1)
  if (wasted.length > bounds.mostSingleUse) {
    const detail = `logged in ${logins.length} times, ${wasted.length} of them for one request or none`
    return { detail, exchanges: numbersOf(wasted), user: logins[0]?.user ?? '' }
  }
  return logins.some((login) => usesOf(login) > 1) ? 'held' : undefined
}

export const loginRefusedRule: ClientRule = {
  id: 'client.login-refused',
  family: 'Sessions',
  sentence: 'The client does not go on logging in with a password that was refused.',
  source: { section: '1.1', mark: 'own' },
  weight: 'should',
  unseen: 'no login was refused',
  toSee: 'give the client a wrong password',
  check: ({ calls, bounds }) => {
    const logins = calls.filter(
      ({ operation, exchange }) => operation === 'login' && !exchange.fault,
    )
    const byUser = Map.groupBy(logins, ({ user, exchange }) =>
      JSON.stringify([user, exchange.password]),
    )
    return [...byUser.values()].flatMap(stretchesOf).map((refused): ClientSight => {
      if (refused.length - 1 <= bounds.mostRefusedLogins) return 'held'
      const detail = `logged in ${refused.length} times in a row with a password that was refused`
      return { detail, exchanges: numbersOf(refused), user: refused[0]?.user ?? '' }
    })
  },
}

/** Refusals in a row, until a login succeeds or gets no refusal. */
function stretchesOf(logins: readonly Call[]): readonly Call[][] {
  const stretches: Call[][] = [[]]
  for (const login of logins) {
    if (isRefused(login)) stretches.at(-1)?.push(login)
    else stretches.push([])
  }
  return stretches.filter(({ length }) => length > 0)
}

const isRefused = ({ isWhole, status = 0 }: Call) =>
  isWhole && status >= 400 && status < 500 && status !== 429
