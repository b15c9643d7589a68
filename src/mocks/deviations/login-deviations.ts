import { altering, isSuccess, successInstead, withHeaders } from './altering.ts'
import type { Answer, Deviation, Scene } from './deviation.ts'
import { mapped } from './retelling.ts'

/** Ways to get logins wrong. */
export const loginDeviations: readonly Deviation[] = [
  {
    id: 'login-without-token',
    sentence: 'A login succeeds, and hands out no token.',
    breaks: 'session.token-issued',
    begin: altering(['login'], (answer) =>
      withHeaders(answer, { SSO_TOKEN: undefined, 'Set-Cookie': undefined }),
    ),
  },
  {
    id: 'login-with-error-code',
    sentence: 'A login that succeeds tells an errorCode.',
    breaks: 'session.envelope',
    begin: altering(['login'], (answer) =>
      isSuccess(answer) ? mapped(answer, (fields) => ({ ...fields, errorCode: 'AUTH-1' })) : answer,
    ),
  },
  {
    id: 'renewal-with-status-error',
    sentence: 'A renewal that succeeds tells the status ERROR.',
    breaks: 'session.envelope',
    begin: altering(['renew'], (answer) =>
      isSuccess(answer) ? mapped(answer, (fields) => ({ ...fields, status: 'ERROR' })) : answer,
    ),
  },
  {
    id: 'session-without-life',
    sentence: 'A login tells an expiryTime that is its serverUTCTime.',
    breaks: 'session.expiry',
    begin: altering(['login'], (answer) =>
      isSuccess(answer)
        ? mapped(answer, (fields) => ({ ...fields, expiryTime: fields.serverUTCTime }))
        : answer,
    ),
  },
  {
    id: 'any-password-logs-in',
    sentence: 'A login with a wrong password succeeds.',
    breaks: 'session.wrong-password',
    begin: altering(['login'], (answer, { sent }, scene) =>
      isSuccess(answer) || !isWhole(sent) ? answer : loggedIn(answer, scene),
    ),
  },
  {
    id: 'login-without-org',
    sentence: 'A login that names no organisation succeeds.',
    breaks: 'session.incomplete-login',
    begin: altering(['login'], (answer, { sent }, scene) =>
      sent?.org === undefined ? loggedIn(answer, scene) : answer,
    ),
  },
]

function isWhole(sent: Readonly<Record<string, unknown>> = {}): boolean {
  return ['user', 'pass', 'org'].every((name) => sent[name] !== undefined)
}

function loggedIn(answer: Answer, scene: Scene): Answer {
  const now = scene.now()
  const envelope = { status: 'OK', errorCode: null, responseTuples: null }
  const body = { ...envelope, expiryTime: now + 60_000, serverUTCTime: now }
  return withHeaders(successInstead(answer, body), { SSO_TOKEN: 'a-token-for-everybody' })
}
