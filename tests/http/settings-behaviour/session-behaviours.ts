import { type Answer, at, START, type Venue } from '../driver.ts'
import { callSigned, httpDate, type SignedCall, secretOf } from '../hmac-signing.ts'
import { behaviour, fate, type Open } from './behaviour.ts'

const DAY_MS = 86_400_000

const login = (venue: Venue, user: string, org: string, pass = 'wrong') =>
  venue.call('POST', '/v2/sso/login', { body: { user, pass, org } })

const cookiesOf = ({ headers }: Answer) =>
  headers.getSetCookie().map((cookie) => cookie.replace(/=[\w-]{62};/, '=TOKEN;'))

/** The codes that signed calls of an enrolled user get. */
async function signedCodes(
  open: Open,
  calls: readonly (SignedCall | ((secret: string) => SignedCall))[],
): Promise<readonly number[]> {
  const venue = open()
  const ada = venue.enrol('ada')
  const made = calls.map((call) => (typeof call === 'function' ? call(secretOf(venue, ada)) : call))
  return Promise.all(made.map(async (call) => (await callSigned(venue, ada, call)).status))
}

/** Fact sheet 6, rows 1 to 10, 12, 51 and 53. */
export const sessionBehaviours = [
  behaviour('tokenTtlMs', {
    probe: async (open) => {
      const venue = open()
      const trader = venue.enrol('ada')
      const { body } = await trader.login()
      venue.clock.advance(59_999)
      const late = await trader.probe()
      venue.clock.advance(1)
      const life = Number(at(body, 'expiryTime')) - Number(at(body, 'serverUTCTime'))
      return [life, late, await trader.probe()]
    },
    byDefault: [60_000, 200, 401],
    otherwise: [
      [5_000, [5_000, 401, 401]],
      [60_001, [60_001, 200, 200]],
    ],
  }),
  behaviour('tokenSliding', {
    probe: async (open) => {
      const venue = open()
      const trader = await venue.trader()
      const codes: number[] = []
      for (let call = 0; call < 3; call++) {
        venue.clock.advance(40_000)
        codes.push(await trader.probe())
      }
      return codes
    },
    byDefault: [200, 401, 401],
    otherwise: [[true, [200, 200, 200]]],
  }),
  behaviour('renew.live', {
    probe: async (open) => {
      const venue = open()
      const trader = await venue.trader()
      venue.clock.advance(30_000)
      const renewed = await trader.renew()
      const token = renewed.headers.get('SSO_TOKEN') ?? ''
      const life = Number(at(renewed.body, 'expiryTime')) - venue.clock.now()
      const codes = [await trader.probe(), await trader.probe(token)]
      return { same: token === trader.token, life, expired: at(renewed.body, 'expired'), codes }
    },
    byDefault: { same: true, life: 60_000, expired: false, codes: [200, 200] },
    otherwise: [['rotate', { same: false, life: 60_000, expired: false, codes: [401, 200] }]],
  }),
  behaviour('renew.oldTokenGraceMs', {
    given: { 'renew.live': 'rotate' },
    probe: async (open) => {
      const venue = open()
      const trader = await venue.trader()
      await trader.renew()
      const codes = [await trader.probe()]
      for (const ms of [999, 1]) {
        venue.clock.advance(ms)
        codes.push(await trader.probe())
      }
      return codes
    },
    byDefault: [401, 401, 401],
    otherwise: [
      [1_000, [200, 200, 401]],
      [999, [200, 401, 401]],
    ],
  }),
  behaviour('renew.maxExpiredMs', {
    probe: async (open) => {
      const codes: unknown[] = []
      for (const afterExpiry of [0, 1_000, 1_001, 365 * DAY_MS]) {
        const venue = open()
        const trader = await venue.trader()
        venue.clock.advance(60_000 + afterExpiry)
        const { status, body } = await trader.renew()
        codes.push(status === 200 ? at(body, 'expired') : at(body, 'errorCode'))
      }
      return codes
    },
    byDefault: [true, true, true, true],
    otherwise: [
      [1_000, [true, true, 'TOKEN_TOO_OLD', 'TOKEN_TOO_OLD']],
      [0, [true, 'TOKEN_TOO_OLD', 'TOKEN_TOO_OLD', 'TOKEN_TOO_OLD']],
    ],
  }),
  behaviour('renew.unknown', {
    probe: async (open) => {
      const { status, body, headers } = await open().enrol('ada').renew('nobody-has-this')
      return [status, at(body, 'valid'), headers.get('SSO_TOKEN')]
    },
    byDefault: [401, undefined, null],
    otherwise: [[200, [200, false, null]]],
  }),
  behaviour('login.concurrent', {
    probe: async (open) => {
      const venue = open()
      const trader = await venue.trader()
      const colleague = await venue.trader('ben')
      const first = trader.token
      await trader.login()
      return [await trader.probe(first), await trader.probe(), await colleague.probe()]
    },
    byDefault: [200, 200, 200],
    otherwise: [['invalidatePrevious', [401, 200, 200]]],
  }),
  behaviour('auth.accept', {
    probe: async (open) => {
      const venue = open()
      const { token } = await venue.trader()
      const codes = [{ SSO_TOKEN: token }, { Cookie: `a=b; SSO_TOKEN=${token}; c=d` }, {}].map(
        async (headers: Record<string, string>) =>
          (await venue.call('GET', '/v2/orders', { headers })).status,
      )
      return Promise.all(codes)
    },
    byDefault: [200, 200, 401],
    otherwise: [
      ['header', [200, 401, 401]],
      ['cookie', [401, 200, 401]],
    ],
  }),
  behaviour('auth.emit', {
    probe: async (open) => {
      const answer = await open().enrol('ada').login()
      return [answer.headers.get('SSO_TOKEN')?.length, cookiesOf(answer)]
    },
    byDefault: [62, ['SSO_TOKEN=TOKEN; Domain=.integral.com; Path=/', 'SSO_TOKEN=TOKEN; Path=/']],
    otherwise: [
      [['header'], [62, []]],
      [['cookieDomain'], [undefined, ['SSO_TOKEN=TOKEN; Domain=.integral.com; Path=/']]],
      [['cookieHost'], [undefined, ['SSO_TOKEN=TOKEN; Path=/']]],
    ],
  }),
  behaviour('auth.failureStatus', {
    probe: async (open) => {
      const venue = open()
      const trader = await venue.trader()
      const missing = (await venue.call('GET', '/v2/orders')).status
      const unknown = await trader.probe('nobody-has-this')
      venue.clock.advance(60_000)
      return [missing, unknown, await trader.probe()]
    },
    byDefault: [401, 401, 401],
    otherwise: [[403, [403, 403, 403]]],
  }),
  behaviour('login.unknownStatus', {
    probe: async (open) => {
      const venue = open()
      const { user } = venue.enrol('ada')
      const answers = [
        await login(venue, 'nobody', user.org),
        await login(venue, user.name, 'NowhereOrg', user.password),
        await login(venue, user.name, user.org),
        await venue.call('POST', '/v2/sso/login', { body: { user: 'ada' } }),
      ]
      return answers.map(({ status }) => status)
    },
    byDefault: [401, 401, 401, 400],
    otherwise: [[404, [404, 404, 401, 400]]],
  }),
  behaviour('login.maxFailures', {
    probe: async (open) => {
      const trader = open().enrol('ada')
      const failTimes = async (times: number) => {
        for (let failure = 0; failure < times; failure++) await trader.login('wrong')
        return (await trader.login()).status
      }
      // A login that succeeds forgives the failures before it.
      return [await failTimes(2), await failTimes(2), await failTimes(3), await failTimes(20)]
    },
    byDefault: [200, 200, 200, 200],
    otherwise: [
      [3, [200, 200, 401, 401]],
      [4, [200, 200, 200, 401]],
    ],
  }),
  behaviour('auth.method', {
    given: { 'hmac.failureStatus': 418 },
    probe: async (open) => {
      const venue = open()
      const ada = await venue.trader()
      const both = { SSO_TOKEN: ada.token }
      return [
        await ada.probe(),
        await ada.probe('nobody-has-this'),
        (await callSigned(venue, ada)).status,
        (await callSigned(venue, ada, { secret: 'wrong' })).status,
        (await callSigned(venue, ada, { headers: both, secret: 'wrong' })).status,
        (await venue.call('GET', '/v2/orders')).status,
        (await ada.login()).status,
        (await ada.renew()).status,
      ]
    },
    byDefault: [200, 401, 200, 418, 418, 401, 200, 200],
    otherwise: [
      ['token', [200, 401, 401, 401, 200, 401, 200, 200]],
      ['hmac', [418, 418, 200, 418, 418, 418, 401, 401]],
    ],
  }),
  behaviour('hmac.required', {
    probe: (open) =>
      signedCodes(open, [
        { names: ['date', 'request-line', 'digest'] },
        { names: ['request-line', 'digest'] },
        { names: ['date', 'digest'] },
        { names: ['date', 'request-line'] },
        { names: ['type'] },
      ]),
    byDefault: [200, 401, 401, 401, 401],
    otherwise: [
      [
        ['date', 'request-line'],
        [200, 401, 401, 200, 401],
      ],
      [['digest'], [200, 200, 200, 401, 401]],
      [[], [200, 200, 200, 200, 200]],
    ],
  }),
  behaviour('hmac.skewMs', {
    probe: (open) =>
      signedCodes(
        open,
        [0, 60_000, 61_000, 300_000, 301_000]
          .flatMap((ms) => [START - ms, START + ms])
          .map((time) => ({ headers: { Date: httpDate(time) } })),
      ),
    byDefault: [200, 200, 200, 200, 200, 200, 200, 200, 401, 401],
    otherwise: [
      [60_000, [200, 200, 200, 200, 401, 401, 401, 401, 401, 401]],
      [0, [200, 200, 401, 401, 401, 401, 401, 401, 401, 401]],
    ],
  }),
  behaviour('hmac.failureStatus', {
    probe: (open) => signedCodes(open, [{}, { secret: 'wrong' }, { written: () => 'junk' }]),
    byDefault: [200, 401, 401],
    otherwise: [[403, [200, 403, 403]]],
  }),
  behaviour('hmac.requireTypeHeader', {
    probe: (open) =>
      signedCodes(
        open,
        ['hmac', undefined, 'token'].map((type) => ({ headers: { type } })),
      ),
    byDefault: [200, 401, 401],
    otherwise: [[false, [200, 200, 200]]],
  }),
  behaviour('hmac.secretEncoding', {
    probe: (open) =>
      signedCodes(open, [
        (secret) => ({ secret }),
        (secret) => ({ secret: Buffer.from(secret, 'base64') }),
      ]),
    byDefault: [200, 401],
    otherwise: [['base64', [401, 200]]],
  }),
  behaviour('perm.missing', {
    probe: async (open) => {
      const trader = await open().trader('ada', { mayTrade: false })
      return fate(trader, await trader.placeLimit())
    },
    byDefault: [403, 'NO_PERMISSION'],
    otherwise: [
      ['http400', [400, 'NO_PERMISSION']],
      ['reject', [202, 'REJECTED', 'NO_PERMISSION']],
    ],
  }),
  behaviour('provider.missing', {
    probe: async (open) => {
      const venue = open()
      const trader = await venue.trader()
      venue.market.withdraw('EUR/USD')
      return fate(trader, await trader.placeLimit())
    },
    byDefault: [202, 'REJECTED', 'NO_PROVIDER'],
    otherwise: [
      ['http400', [400, 'NO_PROVIDER']],
      ['http403', [403, 'NO_PROVIDER']],
    ],
  }),
  behaviour('apiVersion', {
    probe: async (open) => at((await (await open().trader()).renew()).body, 'apiVersion'),
    byDefault: '1.0.1',
    otherwise: [['2.7', '2.7']],
  }),
]
