import { refusalInstead, successInstead, withHeaders } from './altering.ts'
import type { Answer, Call, Deviation, Scene } from './deviation.ts'
import { mapped } from './retelling.ts'
import { TokenBook, type TokenState } from './token-book.ts'

/** Ways to get wrong what a token is good for. */
export const tokenDeviations: readonly Deviation[] = [
  {
    id: 'rate-without-token',
    sentence: 'A rate is given to a request without a token.',
    breaks: 'session.token-needed',
    begin: withToken('none', 'spotRate', rateAnyway),
  },
  {
    id: 'rate-for-made-up-token',
    sentence: 'A rate is given to a request with a token that nobody issued.',
    breaks: 'session.unknown-token',
    begin: withToken('unknown', 'spotRate', rateAnyway),
  },
  {
    id: 'rate-for-expired-token',
    sentence: 'A rate is given to a request with a token that has expired.',
    breaks: 'session.expired-token',
    begin: withToken('expired', 'spotRate', rateAnyway),
  },
  {
    id: 'live-token-not-renewed',
    sentence: 'The renewal of a live token is refused.',
    breaks: 'session.renew-live',
    begin: withToken('live', 'renew', (answer) => refusalInstead(answer, 401)),
  },
  {
    id: 'renewal-shortens-session',
    sentence: 'The renewal of a live token tells an end half a minute nearer than it is.',
    breaks: 'session.renew-live',
    begin: withToken('live', 'renew', (answer) =>
      mapped(answer, (fields) => ({ ...fields, expiryTime: Number(fields.expiryTime) - 30_000 })),
    ),
  },
  {
    id: 'live-token-called-expired',
    sentence: 'The renewal of a live token says that it has expired.',
    breaks: 'session.renew-live',
    begin: withToken('live', 'renew', (answer) =>
      mapped(answer, (fields) => ({ ...fields, expired: true })),
    ),
  },
  {
    id: 'expired-token-not-renewed',
    sentence: 'The renewal of a token that has expired is refused.',
    breaks: 'session.renew-expired',
    begin: withToken('expired', 'renew', (answer) => refusalInstead(answer, 401)),
  },
  {
    id: 'expired-token-kept',
    sentence: 'The renewal of a token that has expired is answered well, and brings no new one.',
    breaks: 'session.renew-expired',
    begin: withToken('expired', 'renew', (answer) =>
      withHeaders(answer, { SSO_TOKEN: undefined, 'Set-Cookie': undefined }),
    ),
  },
  {
    id: 'made-up-token-renewed',
    sentence: 'The renewal of a token that nobody issued brings a new one.',
    breaks: 'session.unknown-renew',
    begin: withToken('unknown', 'renew', (answer, _call, scene) => {
      const body = { status: 'OK', errorCode: null, valid: true, expired: false }
      const renewed = successInstead(answer, { ...body, expiryTime: scene.now() + 60_000 })
      return withHeaders(renewed, { SSO_TOKEN: 'a-token-for-somebody' })
    }),
  },
]

/** Alters the answer to requests whose token is in some state, as far as anybody was told. */
function withToken(
  state: TokenState,
  operation: 'spotRate' | 'renew',
  change: (answer: Answer, call: Call, scene: Scene) => Answer,
): Deviation['begin'] {
  return (scene) => {
    const book = new TokenBook()
    return {
      alter(call, answer) {
        const isMeant = call.operation === operation && book.stateIn(call, scene.now()) === state
        const told = isMeant ? change(answer, call, scene) : answer
        book.learn(call, told)
        return told
      },
    }
  }
}

function rateAnyway(answer: Answer, { url }: Call, scene: Scene): Answer {
  const symbol = url.searchParams.get('symbol') ?? ''
  return successInstead(answer, {
    ...{ symbol, bid: 1.0999, offer: 1.1001, bidLimit: 1_000_000, offerLimit: 1_000_000 },
    ...{ time: scene.now(), rateId: 'a-rate-for-everybody' },
  })
}
