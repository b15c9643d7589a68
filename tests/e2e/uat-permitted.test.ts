import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { Verdict } from '../../src/evidence/verdict.ts'
import type { Behaviour } from '../stand-in/behaviour.ts'
import { assertClean, notVerified, observed } from './uat/clean.ts'
import { scenarioEvidences } from './uat/evidence.ts'
import type { Ended } from './uat/run-command.ts'
import { atUat, type RunOptions, type Uat } from './uat/uat.ts'

/*
 * What the documentation permits, or is silent about, is no finding: whole runs against a stand-in that
 * makes use of all of it, in a few combinations.
 */

interface Variation {
  readonly title: string
  readonly behaviour: Partial<Behaviour>
  readonly args?: readonly string[]
  readonly options?: RunOptions
  readonly tls?: boolean
  /** What shows that it was there. */
  readonly check: (verdict: Verdict, uat: Uat, ended: Ended) => Promise<void> | void
}

const NO_PASSWORD = 'a login without a password might count as a failed one'
const NO_RESEND =
  'INTEGRAL_ALLOW_RESEND is not set: a resend redelivers the trades of an organisation to all its consumers'
const NOT_TAKEN = 'the token is not taken so: HTTP 401, refused: The token is missing or unknown.'
const UNUSED = 'a second login ends the session of the first, so that no token can be left unused'
const PASSED_OVER =
  'the price that was asked for was passed over: the order was filled at the quote'
const CANCELED = 'Order … should have become EXPIRED; seen was RECEIVED → CANCELED.'

/** Logins that reached the stand-in, as their HTTP status and whether their password was right. */
async function logins({ standIn }: Uat) {
  const requests = await standIn.admin.requests()
  return requests
    .filter(({ path }) => path === '/v2/sso/login')
    .map(({ status, body }) => ({
      status,
      isRight: JSON.parse(body).pass === standIn.credentials.password,
    }))
}

const variations: readonly Variation[] = [
  {
    title: 'orders as bare objects, tokens in headers only, NEW never seen, statuses late',
    behaviour: {
      queryShape: 'object',
      emit: ['header'],
      accept: 'header',
      skipNew: true,
      receivedAgain: 1,
      extraFields: true,
      reverseLists: true,
      unknownOrder: 200,
      cancelStatus: 200,
      stpEmpty: '204',
      pqAltered: 'refused',
      lastLook: 1,
      missIoc: 1,
      latencyMs: 2,
    },
    check: async (verdict, uat) => {
      assert.deepEqual(observed(verdict, 'query.shape'), ['object'])
      assert.deepEqual(observed(verdict, 'query.unknown'), [200])
      assert.deepEqual(observed(verdict, 'auth.emit'), [['header']])
      assert.deepEqual(observed(verdict, 'cancel.successStatus'), [200])
      assert.deepEqual(observed(verdict, 'stp.empty'), ['204'])
      // What was declined or missed once was tried again, and passed.
      assert.deepEqual(
        notVerified(verdict),
        new Map([
          [NOT_TAKEN, 1],
          [NO_PASSWORD, 1],
          [NO_RESEND, 1],
        ]),
      )
      const orders = await uat.standIn.admin.orders()
      assert.isAbove(orders.filter(({ status }) => status === 'REJECTED').length, 0)
      const wrong = (await logins(uat)).filter(({ status }) => status === 401)
      assert.deepEqual(wrong, [{ status: 401, isRight: false }])
    },
  },
  {
    title: 'tokens in cookies only, short-lived and replaced, CANCELED for EXPIRED, trades late',
    behaviour: {
      emit: ['cookieHost'],
      accept: 'cookie',
      tokenTtlMs: 3_000,
      renewLive: 'rotate',
      concurrentLogin: 'invalidatePrevious',
      iocUnfilled: 'CANCELED',
      stpEmpty: 'blank',
      cancelStatus: 204,
      omitEvent: true,
      tradeDelayMs: 150,
      pqAltered: 'filledAtQuote',
    },
    options: { settings: { 'trade.withinMs': 2_000 } },
    check: async (verdict, uat) => {
      assert.deepEqual(observed(verdict, 'auth.emit'), [['cookieHost']])
      assert.deepEqual(observed(verdict, 'ioc.unfilledStatus'), ['CANCELED'])
      assert.deepEqual(observed(verdict, 'stp.omitEvent'), [true])
      assert.deepEqual(observed(verdict, 'stp.empty'), ['blank'])
      assert.deepEqual(observed(verdict, 'cancel.successStatus'), [204])
      assert.deepEqual(
        notVerified(verdict),
        new Map([
          [CANCELED, 7],
          [PASSED_OVER, 2],
          [NOT_TAKEN, 1],
          [NO_PASSWORD, 1],
          [UNUSED, 1],
          [NO_RESEND, 1],
        ]),
      )
      assert.isAbove((await uat.standIn.admin.tokens()).length, 3)
    },
  },
  {
    title: 'others that trade, a moving market, a gateway with trouble, from two threads',
    behaviour: {
      othersOrders: true,
      othersTrades: true,
      movingMarketPips: 5,
      gatewayErrors: 7,
      tradeDelayMs: 300,
      latencyMs: 5,
    },
    args: ['--parallel', '2'],
    options: {
      env: { INTEGRAL_ALLOW_RESEND: '1' },
      settings: { 'trade.withinMs': 2_000 },
    },
    check: async (verdict, uat, { stdout }) => {
      assert.deepEqual(notVerified(verdict), new Map([[NO_PASSWORD, 1]]))
      const { foreignTrades = [] } = verdict
      assert.isAtLeast(foreignTrades.length, 2)
      for (const { coId, tradeId } of foreignTrades) {
        assert.match(coId, /^theirs-/)
        assert.include(stdout, tradeId)
      }
      const resends = (await uat.standIn.admin.requests()).filter(
        ({ path }) => path === '/v2/trades/stp/resend',
      )
      assert.lengthOf(resends, 1)
      // A trade that the other thread's download consumed came to its scenario, which passed.
      const evidences = await scenarioEvidences(uat)
      const given = evidences.filter(({ exchanges }) =>
        exchanges.some(({ sharedFrom }) => sharedFrom !== undefined),
      )
      assert.isNotEmpty(given)
      const gateway = (await uat.standIn.admin.requests()).filter(({ status }) => status === 502)
      assert.isAbove(gateway.length, 5)
      assert.isAbove((await uat.standIn.admin.peak()).concurrentRequests, 1)
    },
  },
  {
    title: 'signed requests instead of tokens',
    behaviour: { hmac: { secret: 'hmac-SECRET/of+qa==', skewMs: 5_000 } },
    options: {
      env: {
        INTEGRAL_AUTH: 'hmac',
        INTEGRAL_HMAC_SECRET: 'hmac-SECRET/of+qa==',
        INTEGRAL_PASSWORD: '',
      },
    },
    check: async (verdict, uat) => {
      const unsigned = 'requests are signed (INTEGRAL_AUTH=hmac), so there is no token'
      assert.equal(notVerified(verdict).get(unsigned), 11)
      assert.isEmpty(await logins(uat))
      const requests = await uat.standIn.admin.requests()
      const unsignedOnes = requests.filter(({ headers }) => headers.authorization === undefined)
      assert.isTrue(unsignedOnes.every(({ status }) => status === 401))
      assert.isAtMost(unsignedOnes.length, 2)
    },
  },
  {
    title: 'TLS with an authority of its own, and no login that must fail',
    behaviour: { emit: ['cookieDomain'], accept: 'either' },
    tls: true,
    options: { env: { INTEGRAL_PROBE_LOGIN: 'off' } },
    check: async (verdict, uat) => {
      assert.match(verdict.baseUrl, /^https:/)
      const off = 'INTEGRAL_PROBE_LOGIN is off: no login is tried that must fail'
      assert.equal(notVerified(verdict).get(off), 4)
      const all = await logins(uat)
      assert.isNotEmpty(all)
      for (const login of all) assert.deepEqual(login, { status: 200, isRight: true })
    },
  },
]

describe('a whole run on an endpoint that makes use of what is permitted', {
  concurrency: 2,
}, () => {
  for (const { title, behaviour, args = [], options = {}, tls = false, check } of variations) {
    it(title, () =>
      atUat(
        behaviour,
        async (uat) => {
          const ended = await uat.verify(args, options)
          const verdict = await assertClean(uat, ended)
          assert.isAtLeast(verdict.scenarios.passed, 60)
          await check(verdict, uat, ended)
        },
        { tls },
      ),
    )
  }
})

describe('what an endpoint makes of an order', { concurrency: 2 }, () => {
  it('is not verified, and no failure, where every order is declined at the last look', () =>
    atUat({ lastLook: 1_000 }, async (uat) => {
      const ended = await uat.verify(['features/trade-esp-spot.feature'])
      const verdict = await assertClean(uat, ended)
      const declined = [...notVerified(verdict).keys()].filter((reason) =>
        reason.endsWith('It says: Last look: the provider declined'),
      )
      assert.isNotEmpty(declined)
      // Once, and twice again: no scenario gave it more tries.
      const orders = await uat.standIn.admin.orders()
      assert.isAtMost(orders.length, 3 * 7 + 1)
    }))

  it('is not verified where an invalid order is taken on, and REJECTED later', () =>
    atUat({ rejectInvalid: 'rejectOnQuery' }, async (uat) => {
      const ended = await uat.verify(['features/orders/placement-errors.feature'])
      const verdict = await assertClean(uat, ended)
      const later = 'the order was taken on (202), and REJECTED when it was queried'
      assert.isAtLeast(notVerified(verdict).get(later) ?? 0, 20)
    }))
})
