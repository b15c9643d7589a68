import { describe, it } from 'node:test'
import { assert } from 'chai'
import {
  createIntegralClient,
  type Integral,
  SettingsError,
  setupIntegral,
  VirtualClock,
} from '../../src/index.ts'
import { loggedIn, login } from './login.ts'

const order = {
  coId: 'my-order-1',
  side: 'Buy',
  symbol: 'EUR/USD',
  currency: 'EUR',
  size: 1_000_000,
}
const limit = { ...order, type: 'Limit', timeInForce: 'GTC', price: 1.2 }

async function place(integral: Pick<Integral, 'fetch' | 'baseUrl' | 'credentials'>, body: object) {
  const send = await loggedIn(integral.fetch, integral.baseUrl, integral.credentials)
  const { orderId } = await (await send('/v2/orders', body)).json()
  const query = async () => (await (await send(`/v2/orders/${orderId}`)).json())[0]
  return { send, query }
}

/** Everything a test could hold on to, told as text. */
async function transcript(integral: Integral): Promise<string> {
  const answer = await login(integral.fetch, integral.baseUrl, integral.credentials)
  const { send, query } = await place(integral, limit)
  const rate = await (await send('/v2/rates/spot?symbol=EUR/USD')).json()
  await query()
  const filled = await query()
  const trades = await (await send('/v2/trades/stp/messages')).json()
  const { password } = integral.enrol({ user: 'somebody' })
  const token = answer.headers.get('SSO_TOKEN')
  return JSON.stringify({ token, rate, filled, trades, password, now: integral.clock.now() })
}

describe('A simulation set up for a test suite', () => {
  it('knows the signature of its user, and of nobody else', async () => {
    const integral = setupIntegral({ settings: { 'auth.method': 'hmac' } })
    const { baseUrl, clock, credentials, fetch } = integral
    const statusWith = async (hmac: Integral['hmac']) => {
      const client = createIntegralClient({ baseUrl, clock, credentials, fetch, hmac })
      return (await client.spotRate('EUR/USD')).httpStatus
    }
    assert.equal(await statusWith(integral.hmac), 200)
    assert.equal(await statusWith({ ...integral.hmac, secret: 'another' }), 401)
  })

  it('plays the outcome scripted for an order', async () => {
    const integral = setupIntegral()
    integral.outcomes.script('my-order-1', { kind: 'reject before NEW', reason: 'Credit' })
    const { query } = await place(integral, limit)
    const { status, reason } = await query()
    assert.deepEqual({ status, reason }, { status: 'REJECTED', reason: 'Credit' })
  })

  it('plays the outcome staged for the next order that fits, and stands good across a reset', async () => {
    const integral = setupIntegral()
    const rule = { match: { side: 'Buy' }, outcome: { kind: 'reject before NEW' } } as const
    const { id } = integral.outcomes.stage(rule)
    integral.outcomes.stage({ ...rule, match: { side: 'Sell' } })
    assert.isTrue(integral.outcomes.remove(id))
    assert.lengthOf(integral.outcomes.staged, 1)
    integral.outcomes.clear()
    assert.lengthOf(integral.outcomes.staged, 0)
    integral.reset()
    integral.outcomes.stage(rule)
    const { query } = await place(integral, limit)
    assert.equal((await query()).status, 'REJECTED')
    assert.lengthOf(integral.outcomes.staged, 0)
  })

  it('fills a resting order when the market comes to it', async () => {
    const integral = setupIntegral()
    integral.market.set('EUR/USD', 1.1)
    integral.market.freeze()
    const { query } = await place(integral, { ...limit, price: 1.09 })
    await query()
    assert.equal((await query()).status, 'NEW')
    integral.market.move(-200, 'EUR/USD')
    assert.equal((await query()).status, 'FILLED')
    assert.deepEqual(
      integral.trades().map(({ coId, dealtAmount }) => ({ coId, dealtAmount })),
      [{ coId: 'my-order-1', dealtAmount: 1_000_000 }],
    )
  })

  it('shows the orders taken without moving them on', async () => {
    const integral = setupIntegral()
    await place(integral, limit)
    assert.deepEqual(
      [...integral.orders(), ...integral.orders()].map(({ status }) => status),
      ['RECEIVED', 'RECEIVED'],
    )
  })

  it('answers a staged server error once, and takes no order', async () => {
    const integral = setupIntegral()
    integral.faults.stage({ operation: 'placeOrder', status: 503 })
    const send = await loggedIn(integral.fetch, integral.baseUrl, integral.credentials)
    assert.equal((await send('/v2/orders', limit)).status, 503)
    assert.isEmpty(integral.orders())
    assert.equal((await send('/v2/orders', limit)).status, 202)
  })

  it('logs in the user that was asked for, and those enrolled', async () => {
    const credentials = { user: 'Ada', password: 'secret', org: 'Lovelace' }
    const integral = setupIntegral({ user: credentials })
    assert.deepEqual(integral.credentials, credentials)
    const mayNot = integral.enrol({ user: 'Bob', org: 'Lovelace', mayTrade: false })
    const send = await loggedIn(integral.fetch, integral.baseUrl, mayNot)
    assert.equal((await send('/v2/orders', limit)).status, 403)
  })

  it('serves the client of this package', async () => {
    const { baseUrl, fetch, clock, credentials } = setupIntegral()
    const client = createIntegralClient({ baseUrl, fetch, clock, credentials })
    assert.equal((await client.spotRate('EUR/USD')).kind, 'success')
  })

  it('ends a call whose signal was aborted', async () => {
    const { fetch, baseUrl } = setupIntegral()
    const failure = await fetch(baseUrl, { signal: AbortSignal.abort() }).catch(
      (thrown: unknown) => thrown,
    )
    assert.propertyVal(failure, 'name', 'AbortError')
  })
})

describe('Resetting a simulation', () => {
  it('gives the same ids, prices and passwords again', async () => {
    const integral = setupIntegral({ seed: 'again' })
    const first = await transcript(integral)
    integral.clock.advance(3_600_000)
    integral.market.move(50)
    integral.reset()
    assert.equal(await transcript(integral), first)
    assert.notEqual(await transcript(setupIntegral({ seed: 'otherwise' })), first)
  })

  it('leaves nothing scripted, staged, enrolled, placed or due', async () => {
    const integral = setupIntegral()
    const { clock, market, outcomes, faults } = integral
    let rang = false
    clock.setTimer(1_000, () => {
      rang = true
    })
    outcomes.script('my-order-1', { kind: 'reject before NEW' })
    faults.stage({ operation: 'login', status: 500 })
    market.withdraw()
    const enrolled = integral.enrol({ user: 'Bob' })
    integral.reset()
    clock.advance(2_000)
    assert.isFalse(rang)
    assert.isDefined(market.top('EUR/USD'))
    assert.equal((await login(integral.fetch, integral.baseUrl, enrolled)).status, 401)
    const { query } = await place(integral, limit)
    await query()
    assert.equal((await query()).status, 'FILLED')
  })

  it('leaves another clock as it is, but for its own timers', async () => {
    const clock = new VirtualClock(Date.UTC(2030, 0, 1))
    const integral = setupIntegral({ clock })
    const send = await loggedIn(integral.fetch, integral.baseUrl, integral.credentials)
    await send('/v2/orders', { ...limit, timeInForce: 'GTT', expiryTime: 30, price: 0.5 })
    clock.advance(10_000)
    integral.reset()
    assert.equal(clock.now(), Date.UTC(2030, 0, 1) + 10_000)
    assert.doesNotThrow(() => clock.advance(60_000))
    assert.isEmpty(integral.orders())
  })
})

describe('Closing a simulation', () => {
  it('leaves no timer on a clock that was lent', async () => {
    const timers = new Set<() => void>()
    const clock = {
      now: () => Date.now(),
      sleep: async () => {},
      setTimer: (_ms: number, callback: () => void) => {
        timers.add(callback)
        return () => timers.delete(callback)
      },
    }
    const integral = setupIntegral({ clock })
    await place(integral, { ...limit, timeInForce: 'DAY', price: 0.5 })
    assert.isNotEmpty(timers)
    integral.close()
    assert.isEmpty(timers)
  })

  it('has it start over, timers and all', async () => {
    const integral = setupIntegral()
    await place(integral, { ...limit, timeInForce: 'GTT', expiryTime: 30, price: 0.5 })
    integral.close()
    const again = { ...limit, timeInForce: 'GTT', expiryTime: 30, price: 0.5 }
    const { query } = await place(integral, again)
    integral.clock.advance(30_000)
    assert.equal((await query()).status, 'EXPIRED')
  })
})

describe('Options that cannot be', () => {
  const refused: readonly (readonly [unknown, string])[] = [
    [{ sed: 'x' }, 'Failed to set up the simulation: Unrecognized key: "sed".'],
    [{ seed: 7 }, 'option "seed" is wrong'],
    [{ baseUrl: 'uat' }, 'it is not an absolute http or https URL'],
    [{ baseUrl: 'https://me:secret@uat.fxinside.net' }, 'it contains credentials'],
    [{ clock: 'real' }, 'Expected "virtual", or an object with now, sleep and setTimer'],
    [{ user: { password: 7 } }, 'option "user.password" is wrong'],
    [null, 'expected object'],
  ]
  for (const [options, sentence] of refused) {
    it(`are refused with a sentence: ${JSON.stringify(options)}`, () => {
      assert.throws(() => setupIntegral(options as object), TypeError, sentence)
    })
  }

  it('name the setting that is wrong', () => {
    const settings = (given: object) => () => setupIntegral({ settings: given })
    assert.throws(settings({ tokenTtl: 1 }), SettingsError, 'did you mean "tokenTtlMs"?')
    assert.throws(settings({ tokenTtlMs: 'long' }), SettingsError, 'Setting "tokenTtlMs"')
    assert.throws(settings({ 'renew.oldTokenGraceMs': 5 }), SettingsError, '"rotate"')
  })

  it('are refused when enrolling, too, without quoting a password', () => {
    const wrong = { user: '', password: 'hidden' }
    assert.throws(() => setupIntegral().enrol(wrong), TypeError, /^(?!.*hidden).*"user"/)
  })

  it('are refused when staging the market', () => {
    const { market } = setupIntegral()
    assert.throws(() => market.move(Number.NaN), RangeError, 'pips is NaN')
    assert.throws(() => market.set('EUR/USD', 0), RangeError, 'mid is 0, not above 0')
    assert.throws(() => market.offerSize('EUR/USD', -1), RangeError, 'amount is -1')
    assert.throws(() => market.move(1, 'EUR/XXX'), RangeError, 'unknown symbol')
  })
})
