import type { Reading } from '../../reading/reading.ts'
import { isRefused } from '../refused.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'

export const wrongPasswordRule: Rule = {
  id: 'session.wrong-password',
  family: 'Sessions',
  sentence: 'Of two passwords for the same user and organisation, at most one logs in.',
  source: { section: '1.1', mark: 'reference' },
  code: 'wrong-password-accepted',
  check: ({ made }) => {
    const logins = made.filter(
      ({ operation, exchange }) => operation === 'login' && exchange.password,
    )
    const byUser = Map.groupBy(logins, ({ sent }) => JSON.stringify([sent?.user, sent?.org]))
    return resultOf([...byUser.values()].flatMap(passwordSights))
  },
}

function passwordSights(logins: readonly Reading[]): Sight[] {
  const right = logins.find(({ isSuccess }) => isSuccess)
  if (!right) return []
  return logins
    .filter(({ exchange }) => exchange.password !== right.exchange.password)
    .map((other): Sight => {
      if (!other.isSuccess) return isRefused(other) ? 'held' : undefined
      const detail = 'a user logged in with one password, and then with another'
      return { orderId: '', detail, exchanges: [right.number, other.number] }
    })
}

export const incompleteLoginRule: Rule = {
  id: 'session.incomplete-login',
  family: 'Sessions',
  sentence: 'A login without user, pass or org is refused.',
  source: { section: '1.1', mark: 'reference' },
  code: 'incomplete-login-accepted',
  check: ({ made }) =>
    resultOf(
      made
        .filter(({ operation }) => operation === 'login')
        .map((reading): Sight => {
          const missing = missingIn(reading)
          if (missing.length === 0) return undefined
          if (!reading.isSuccess) return isRefused(reading) ? 'held' : undefined
          const detail = `a login without ${missing.join(' and ')} was answered with ${reading.status}`
          return { orderId: '', detail, exchanges: [reading.number] }
        }),
    ),
}

/** What is not there, is null or empty. Whether other types are taken for text is setting 48. */
function missingIn({ sent }: Reading): readonly string[] {
  if (!sent) return []
  return ['user', 'pass', 'org'].filter((name) => (sent[name] ?? '') === '')
}
