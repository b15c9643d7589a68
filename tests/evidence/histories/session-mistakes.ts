import { type Entry, type History, SESSION } from './history.ts'
import { type MistakeKind, queried } from './mistake.ts'

/** Longer than any session lives here, also when it was renewed each time that it could be. */
const DAY_MS = 86_400_000

/** Every request that an answer about an order came to, made otherwise. */
function asked(name: string, rule: string, how: Partial<Entry>): MistakeKind {
  return {
    name,
    placesIn: (history) =>
      queried(history).map(({ at, ...entry }) => ({
        rule,
        history: history.with(name, at, 1, { ...entry, ...how }),
      })),
  }
}

const LOGIN: Entry = {
  method: 'POST',
  path: '/v2/sso/login',
  sent: { user: 'Ada', pass: 'pass-word', org: 'o' },
  status: 200,
  body: SESSION,
  token: null,
  brings: 'token-of-another-session',
  about: { kind: 'session' },
}

/** One more login, after all. */
function login(name: string, rule: string, otherwise: (entry: Entry) => Entry): MistakeKind {
  return {
    name,
    placesIn: (history) => [
      { rule, history: history.with(name, history.entries.length, 0, otherwise(LOGIN)) },
    ],
  }
}

function renewal(name: string, otherwise: Partial<Entry>): MistakeKind {
  return {
    name,
    placesIn: (history: History) =>
      history.entries.flatMap((entry, at) =>
        entry.about.kind === 'renewal' && isTaken(history.entries.slice(0, at))
          ? [
              {
                rule: 'session.renew-live',
                history: history.with(name, at, 1, { ...entry, ...otherwise }),
              },
            ]
          : [],
      ),
  }
}

/** Whether the token was seen to be carried as it has to be. */
function isTaken(entries: readonly Entry[]): boolean {
  return entries.some(({ about, status }) => about.kind !== 'renewal' && status < 300)
}

/** What a session is, and what there is without one. */
export const sessionMistakes: readonly MistakeKind[] = [
  asked('a request without a token is answered', 'session.token-needed', { token: null }),
  asked('a request with a made-up token is answered', 'session.unknown-token', {
    token: 'token-of-nobody',
  }),
  asked('a request with an expired token is answered', 'session.expired-token', {
    afterMs: DAY_MS,
  }),
  login('a login brings no token', 'session.token-issued', ({ brings: _, ...entry }) => entry),
  login('a login is over before it begins', 'session.expiry', (entry) => ({
    ...entry,
    body: { ...SESSION, expiryTime: SESSION.serverUTCTime - 1 },
  })),
  login('another password logs in too', 'session.wrong-password', (entry) => ({
    ...entry,
    sent: { ...entry.sent, pass: 'another-word' },
  })),
  login('a login without a password succeeds', 'session.incomplete-login', (entry) => ({
    ...entry,
    sent: { user: 'Ada', org: 'o' },
  })),
  renewal('a renewal shortens the life of a session', {
    body: { status: 'OK', valid: true, expiryTime: SESSION.serverUTCTime + 1_000 },
  }),
  renewal('the renewal of a live token is refused', { status: 401, body: { errorCode: 'NO' } }),
]
