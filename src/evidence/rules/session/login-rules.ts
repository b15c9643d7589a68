import { isFields, type Reading } from '../../reading/reading.ts'
import { tokenCarriers } from '../../token-carriers.ts'
import { type Rule, resultOf, type Sight } from '../rule.ts'

const isLogin = ({ operation, isSuccess }: Reading) => operation === 'login' && isSuccess

export const tokenIssuedRule: Rule = {
  id: 'session.token-issued',
  family: 'Sessions',
  sentence: 'A login that succeeds hands out a token, in the header SSO_TOKEN or in a cookie.',
  source: { section: '1.2', mark: 'seed' },
  code: 'missing-token',
  check: ({ made }) =>
    resultOf(
      made.filter(isLogin).map(({ exchange, number }): Sight => {
        if (tokenCarriers(exchange).length > 0) return 'held'
        const detail = 'expected a token in header SSO_TOKEN or in a cookie, found none'
        return { orderId: '', detail, exchanges: [number] }
      }),
    ),
}

export const expiryRule: Rule = {
  id: 'session.expiry',
  family: 'Sessions',
  sentence: 'A login tells an expiryTime that lies after its serverUTCTime.',
  source: { section: '1.1', mark: 'reference' },
  code: 'session-without-life',
  check: ({ made }) => resultOf(made.filter(isLogin).map(expirySight)),
}

/** No field of the answer is marked required. */
function expirySight({ body, number }: Reading): Sight {
  const { expiryTime, serverUTCTime } = isFields(body) ? body : {}
  if (typeof expiryTime !== 'number' || typeof serverUTCTime !== 'number') return undefined
  if (expiryTime > serverUTCTime) return 'held'
  const detail = `expiryTime is ${expiryTime}, not after serverUTCTime ${serverUTCTime}`
  return { orderId: '', detail, exchanges: [number] }
}
