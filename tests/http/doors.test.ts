import { describe, it } from 'node:test'
import { assert } from 'chai'
import { errorSchema } from '../../src/api/contract/error.ts'
import { loginAnswerSchema, renewAnswerSchema } from '../../src/api/contract/session.ts'
import { tradesSchema } from '../../src/api/contract/trades.ts'
import { VirtualClock } from '../../src/mocks/exchange/virtual-clock.ts'
import { createSimulation } from '../../src/mocks/http/simulation.ts'
import { type Answer, at, orderIdOf, START, Venue } from './driver.ts'

/** Code, error code and text of a refusal, which must have the shape of the error object. */
function refusal({ status, body }: Answer): readonly unknown[] {
  const error = errorSchema.parse(body)
  assert.deepEqual([error.status, error.responseTuples], ['ERROR', null])
  return [status, error.errorCode]
}

describe('the doors', () => {
  it('echo the request id of every answer, where one was sent', async () => {
    const trader = await new Venue().trader()
    for (const [method, path] of [
      ['GET', '/v2/orders'],
      ['GET', '/v2/nowhere'],
      ['GET', '/v2/orders/1'],
      ['GET', '/v2/trades/stp/messages'],
    ] as const) {
      const headers = { 'X-Request-ID': 'a-1' }
      assert.equal(
        (await trader.call(method, path, { headers })).headers.get('x-request-id'),
        'a-1',
      )
      assert.isNull((await trader.call(method, path)).headers.get('x-request-id'))
    }
  })

  it('answer in JSON, and say so', async () => {
    const trader = await new Venue().trader()
    const answer = await trader.askRate()
    assert.equal(answer.headers.get('content-type'), 'application/json')
  })

  it('want a token for everything but logging in', async () => {
    const venue = new Venue()
    const calls = [
      ['GET', '/v2/sso/token/renew'],
      ['GET', '/v2/rates/spot?symbol=EUR/USD'],
      ['GET', '/v2/rates/spot/TOB?symbol=EUR/USD'],
      ['GET', '/v2/rates/spot/TOB/Org?symbol=EUR/USD'],
      ['GET', '/marketdataset?id=4HProduct&symbol=EUR/USD'],
      ['POST', '/v2/orders'],
      ['GET', '/v2/orders/1'],
      ['GET', '/v2/orders'],
      ['DELETE', '/v2/orders/1'],
      ['GET', '/v2/trades/stp/messages'],
      ['POST', '/v2/trades/stp/resend'],
    ] as const
    for (const [method, path] of calls) {
      const answer = await venue.call(method, path, method === 'POST' ? { body: {} } : {})
      assert.deepEqual(refusal(answer), [401, 'NOT_AUTHENTICATED'], path)
    }
  })

  it('answer an address that does not exist with the error object', async () => {
    const trader = await new Venue().trader()
    for (const [method, path] of [
      ['GET', '/v2/sso/tokens/renew'],
      ['PUT', '/v2/orders'],
      ['GET', '/v2/rates'],
      ['DELETE', '/v2/orders'],
    ] as const) {
      assert.deepEqual(refusal(await trader.call(method, path)), [404, 'UNKNOWN_PATH'])
    }
  })

  it('take ids as they are, percent-encoded or not', async () => {
    const trader = await new Venue().trader()
    for (const id of ['%', '%25', '100%', 'a/b', '$&', 'ä', '%E0%A4%A', 'a b', '{code}']) {
      const answer = await trader.askOrder(id)
      assert.deepEqual(refusal(answer), [404, 'UNKNOWN_ORDER'])
      assert.equal(at(answer.body, 'errorMessage'), `There is no order ${id}.`)
    }
    assert.deepEqual(refusal(await trader.call('GET', '/v2/orders/%')), [404, 'UNKNOWN_ORDER'])
    for (const coId of ['%', 'a&b=c', '$$', '+1 %2B', '😀']) {
      assert.equal((await trader.placeLimit({ coId })).status, 202)
      assert.equal(at((await trader.askByCoId(coId)).body, 0, 'coId'), coId)
    }
  })

  it('stand below a base path, with or without a slash at its end', async () => {
    for (const baseUrl of ['https://a.invalid/base/path', 'https://a.invalid/base/path/']) {
      const clock = new VirtualClock(START)
      const { fetch } = createSimulation({ clock, seed: 'base', baseUrl })
      const call = async (path: string) =>
        (await fetch(new Request(`https://a.invalid${path}`))).status
      assert.equal(await call('/base/path/v2/orders?coId=1'), 401)
      assert.equal(await call('/base/path/v2/nowhere'), 404)
      const stray = await call('/v2/orders').catch((error: unknown) => error)
      assert.match(String(stray), /^Error: Failed to answer GET https:\/\/a\.invalid\/v2\/orders/)
    }
  })

  it('are those of the simulation that was asked, though others stand at the same address', async () => {
    const baseUrl = 'https://shared.invalid'
    const settings = { 'paths.queryByClient': '/v2/orders/client/{coId}' }
    const request = new Request(`${baseUrl}/v2/orders/client/1`)
    const open = (seed: string, own = {}) =>
      createSimulation({ clock: new VirtualClock(START), seed, baseUrl, settings: own })
    const [one, other] = [open('one'), open('other', settings)]
    const codes = [one, other, one].map(async ({ fetch }) => (await fetch(request)).status)
    assert.deepEqual(await Promise.all(codes), [404, 401, 404])

    const signedIn = [one, other].map(async ({ fetch, exchange }) => {
      const { name, password, org } = exchange.directory.enrol({ name: 'ada' })
      const session = exchange.sessions.login(name, password, org)
      const headers = { SSO_TOKEN: session.ok ? session.value.token : '' }
      return (await fetch(new Request(`${baseUrl}/v2/trades/stp/messages`, { headers }))).status
    })
    assert.deepEqual(await Promise.all(signedIn), [200, 200])
  })

  it('answer any host where they stand below none', async () => {
    const { fetch } = createSimulation({ clock: new VirtualClock(START), seed: 'any' })
    const answer = await fetch(new Request('https://elsewhere.invalid/v2/orders'))
    assert.equal(answer.status, 401)
  })
})

describe('a request without a valid token', () => {
  it('is told what is wrong with it', async () => {
    const venue = new Venue()
    const trader = await venue.trader()
    const why = async (headers: Readonly<Record<string, string>>) => {
      const { body } = await venue.call('GET', '/v2/orders', { headers })
      return at(body, 'errorMessage')
    }
    assert.equal(await why({}), 'The request carries no SSO_TOKEN.')
    assert.equal(await why({ SSO_TOKEN: 'x' }), 'The SSO_TOKEN is unknown.')
    venue.clock.advance(60_000)
    const expired = await why({ SSO_TOKEN: trader.token })
    assert.equal(expired, 'The SSO_TOKEN has expired: renew it or log in.')
    const renewed = await venue.call('GET', '/v2/sso/token/renew')
    assert.equal(at(renewed.body, 'errorMessage'), 'The request carries no SSO_TOKEN.')
  })
})

describe('logging in', () => {
  it('tells when the session starts and ends', async () => {
    const { body } = await new Venue().enrol('ada').login()
    assert.deepEqual(loginAnswerSchema.parse(body), {
      status: 'OK',
      errorCode: null,
      responseTuples: null,
      expiryTime: START + 60_000,
      serverUTCTime: START,
    })
  })

  const MALFORMED: readonly (readonly [string, unknown, string])[] = [
    ['no JSON', 'user=ada', 'MALFORMED_BODY'],
    ['nothing', '', 'MALFORMED_BODY'],
    ['no user', { pass: 'x', org: 'y' }, 'MALFORMED_BODY'],
    ['an empty password', { user: 'ada', pass: '', org: 'y' }, 'MALFORMED_BODY'],
    ['a number for an organisation', { user: 'ada', pass: 'x', org: 5 }, 'MALFORMED_BODY'],
    ['a list', [], 'MALFORMED_BODY'],
  ]
  for (const [what, body, code] of MALFORMED) {
    it(`with ${what} is malformed`, async () => {
      const answer = await new Venue().call('POST', '/v2/sso/login', { body })
      assert.deepEqual(refusal(answer), [400, code])
    })
  }

  it('fails with the wrong password, and gives no token then', async () => {
    const trader = new Venue().enrol('ada')
    const answer = await trader.login('wrong')
    assert.deepEqual(refusal(answer), [401, 'BAD_CREDENTIALS'])
    assert.isNull(answer.headers.get('SSO_TOKEN'))
    assert.isEmpty(answer.headers.getSetCookie())
  })

  it('locks out one user, not his colleague', async () => {
    const venue = new Venue({ settings: { 'login.maxFailures': 1 } })
    const trader = venue.enrol('ada')
    await trader.login('wrong')
    assert.deepEqual(refusal(await trader.login()), [401, 'LOCKED_OUT'])
    assert.equal((await venue.enrol('ben').login()).status, 200)
  })
})

describe('renewing', () => {
  it('gives an expired token a new one, and leaves the old one expired', async () => {
    const venue = new Venue()
    const trader = await venue.trader()
    venue.clock.advance(60_000)
    const answer = await trader.renew()
    const token = answer.headers.get('SSO_TOKEN') ?? ''
    assert.deepEqual(renewAnswerSchema.parse(answer.body), {
      status: 'OK',
      errorCode: null,
      responseTuples: null,
      valid: true,
      expired: true,
      apiVersion: '1.0.1',
      expiryTime: venue.clock.now() + 60_000,
    })
    assert.notEqual(token, trader.token)
    assert.deepEqual([await trader.probe(token), await trader.probe()], [200, 401])
  })

  it('extends a live token from now', async () => {
    const venue = new Venue()
    const trader = await venue.trader()
    venue.clock.advance(59_999)
    await trader.renew()
    venue.clock.advance(59_999)
    assert.equal(await trader.probe(), 200)
    venue.clock.advance(1)
    assert.equal(await trader.probe(), 401)
  })

  it('never lengthens the life of a token that was rotated away', async () => {
    const settings = { 'renew.live': 'rotate', 'renew.oldTokenGraceMs': 50_000 } as const
    const venue = new Venue({ settings })
    const trader = await venue.trader()
    venue.clock.advance(30_000)
    await trader.renew()
    venue.clock.advance(29_999)
    assert.equal(await trader.probe(), 200)
    venue.clock.advance(1)
    assert.equal(await trader.probe(), 401)
  })

  it('leaves its grace to a token rotated away, and ends the other sessions of its user', async () => {
    const settings = {
      'renew.live': 'rotate',
      'renew.oldTokenGraceMs': 1_000,
      'login.concurrent': 'invalidatePrevious',
    } as const
    const venue = new Venue({ settings })
    const trader = await venue.trader()
    const old = trader.token
    const token = (await trader.renew()).headers.get('SSO_TOKEN') ?? ''
    assert.deepEqual([await trader.probe(old), await trader.probe(token)], [200, 200])
    await trader.login()
    const codes = [old, token, trader.token].map((each) => trader.probe(each))
    assert.deepEqual(await Promise.all(codes), [401, 401, 200])
  })

  it('ends every token at once, on demand, without lengthening any', async () => {
    const venue = new Venue()
    const [ada, ben] = [await venue.trader('ada'), await venue.trader('ben')]
    venue.exchange.sessions.expireAll()
    assert.deepEqual([await ada.probe(), await ben.probe()], [401, 401])
    assert.equal(at((await ada.renew()).body, 'expired'), true)
    venue.clock.advance(60_000)
    venue.exchange.sessions.expireAll()
    assert.equal((await ben.renew()).status, 200)
  })
})

describe('placing', () => {
  const REFUSED: readonly (readonly [string, unknown, string])[] = [
    ['no JSON', '{', 'MALFORMED_BODY'],
    ['a list', [], 'ILL_TYPED'],
    ['nothing at all', 'null', 'ILL_TYPED'],
    ['a text', '"Limit"', 'ILL_TYPED'],
    ['a number', '5', 'ILL_TYPED'],
    ['no fields', {}, 'MISSING_FIELD'],
    ['an unknown type', { type: 'Iceberg' }, 'BAD_VALUE'],
    ['no type but a number', { type: 5 }, 'ILL_TYPED'],
  ]
  for (const [what, body, code] of REFUSED) {
    it(`${what} is refused`, async () => {
      const trader = await new Venue().trader()
      assert.deepEqual(refusal(await trader.place(body)), [400, code])
      assert.deepEqual((await trader.active()).body, [])
    })
  }

  for (const type of ['Market', 'Stop', 'StopLimit', 'Pegged', 'Algo']) {
    it(`a ${type} order is refused: the simulation has none`, async () => {
      const trader = await new Venue().trader()
      const answer = await trader.placeLimit({ type })
      assert.deepEqual(refusal(answer), [400, 'UNSUPPORTED_TYPE'])
    })
  }

  const TERMS: readonly (readonly [Readonly<Record<string, unknown>>, string | undefined])[] = [
    [{ coId: '' }, 'MISSING_FIELD'],
    [{ coId: undefined }, 'MISSING_FIELD'],
    [{ coId: 5 }, 'ILL_TYPED'],
    [{ coId: 'x'.repeat(255) }, undefined],
    [{ coId: 'x'.repeat(256) }, 'BAD_VALUE'],
    [{ side: 'buy' }, 'BAD_VALUE'],
    [{ side: 5 }, 'ILL_TYPED'],
    [{ symbol: '' }, 'MISSING_FIELD'],
    [{ symbol: 'EURUSD' }, 'UNKNOWN_SYMBOL'],
    [{ size: null }, 'ILL_TYPED'],
    [{ size: 0.01 }, undefined],
    [{ size: 1e12 }, undefined],
    [{ size: 1e12 + 1 }, 'BAD_NUMBER'],
    [{ price: 1e6 }, undefined],
    [{ price: 1e6 + 1 }, 'BAD_NUMBER'],
    [{ minQty: 1_000_000 }, undefined],
    [{ minQty: 1_000_000.01 }, 'BAD_NUMBER'],
    [{ type: 'AtBest', timeInForce: 'FOK', valueDate: '2025-06-13', price: undefined }, undefined],
    [{ type: 'AtBest', timeInForce: 'FOK', valueDate: '2025-02-30' }, 'BAD_VALUE'],
    [{ price: 0 }, 'BAD_NUMBER'],
    [{ price: [] }, 'ILL_TYPED'],
    [{ expiryTime: 1.5 }, 'BAD_NUMBER'],
    [{ expiryTime: 0 }, 'BAD_NUMBER'],
    [{ minQty: 0 }, 'BAD_NUMBER'],
    [{ execFlags: 'BidTrigger' }, 'ILL_TYPED'],
    [{ clientOrderTime: '2025-06-11' }, 'BAD_VALUE'],
    [{ clientOrderTime: '2023-06-02 18:31:01,301 +0000' }, undefined],
    [{ type: 'PQ', rateId: '' }, 'MISSING_FIELD'],
    [{ type: 'PQ' }, 'MISSING_FIELD'],
    [{ type: 'AtBest', timeInForce: 'FOK' }, 'MISSING_FIELD'],
  ]
  for (const [terms, code] of TERMS) {
    const name = JSON.stringify(terms).slice(0, 60)
    it(`an order with ${name} is ${code ?? 'taken'}`, async () => {
      const trader = await new Venue().trader()
      const answer = await trader.placeLimit(terms)
      if (code === undefined) assert.equal(answer.status, 202)
      else assert.deepEqual(refusal(answer), [400, code])
    })
  }

  it('is refused while a rule that is checked at once is broken, whatever is checked later', async () => {
    const venue = new Venue({ settings: { 'credit.maxOrderSize': 5, 'perm.missing': 'reject' } })
    const trader = await venue.trader('ada', { mayTrade: false })
    assert.deepEqual(refusal(await trader.placeLimit({ currency: 'GBP' })), [400, 'BAD_CURRENCY'])
    const orderId = orderIdOf(await trader.placeLimit())
    assert.equal((await trader.finish(orderId)).reasonCode, 'NO_PERMISSION')
  })

  it('cannot be left for later where the order cannot be told from others', async () => {
    const venue = new Venue({ settings: { 'validation.missingField': 'rejectOnQuery' } })
    const trader = await venue.trader()
    for (const terms of [{ coId: undefined }, { coId: '' }, { type: undefined }]) {
      assert.deepEqual(refusal(await trader.placeLimit(terms)), [400, 'MISSING_FIELD'])
    }
  })
})

describe('a staged server error', () => {
  it('hits the calls it was staged for, in turn, and then no more', async () => {
    const venue = new Venue()
    const trader = await venue.trader()
    const { faults } = venue.simulation
    faults.stage({ operation: 'placeOrder', status: 500, times: 2 })
    faults.stage({ operation: 'placeOrder', status: 503 })
    assert.equal((await trader.askRate()).status, 200)
    const answers = [1, 2, 3].map(async () => refusal(await trader.placeLimit({ coId: 'one' })))
    assert.deepEqual(await Promise.all(answers), [
      [500, 'SERVER_ERROR'],
      [500, 'SERVER_ERROR'],
      [503, 'UNAVAILABLE'],
    ])
    assert.equal((await trader.placeLimit({ coId: 'one' })).status, 202)
  })

  it('hits any operation, and can be called off', async () => {
    const venue = new Venue()
    const trader = await venue.trader()
    const { faults } = venue.simulation
    faults.stage({ operation: 'spotRate', status: 503 })
    faults.stage({ operation: 'downloadTrades', status: 500 })
    assert.equal((await trader.askRate()).status, 503)
    faults.clear()
    assert.equal((await trader.download()).status, 200)
  })

  it('loses nothing that a download would have brought', async () => {
    const venue = new Venue()
    const trader = await venue.trader()
    await trader.fill()
    venue.simulation.faults.stage({ operation: 'downloadTrades', status: 500 })
    assert.equal((await trader.download()).status, 500)
    assert.lengthOf(await trader.trades(), 1)
  })
})

describe('a downloaded trade', () => {
  it('says what the page says, in its shapes', async () => {
    const venue = new Venue()
    venue.market.freeze()
    const trader = await venue.trader()
    venue.clock.advance(1_301)
    const order = await trader.fill({ coId: 'one', size: 1_000 })
    const { body } = await trader.download()
    const { broker } = venue.exchange.directory
    const { org } = trader.user
    assert.deepEqual(tradesSchema.parse(body), [
      {
        orderId: order.orderId,
        tradeId: order.execId ?? '',
        coId: 'one',
        event: 'NEW',
        tradeType: 'Spot',
        tradeDate: '2025-06-11',
        valueDate: '2025-06-13',
        maker: false,
        side: 'Buy',
        status: 'Verified',
        symbol: 'EUR/USD',
        currency: 'EUR',
        customerAccount: `${org}LE1`,
        customerOrg: org,
        user: `ada@${org}`,
        counterparty: broker.org,
        counterpartyLongName: broker.longName,
        counterpartyAccount: broker.account,
        channel: 'API/REST/ESP',
        executionTime: '2025-06-11 13:00:01,301 +0000',
        dealtAmount: 1_000,
        settledAmount: 1_086.36,
        spotRate: 1.08636,
        rate: 1.08636,
      },
    ])
  })

  it('of a sale is a sale', async () => {
    const trader = await new Venue().trader()
    await trader.fill({ side: 'Sell', price: 1 })
    assert.equal((await trader.trades())[0]?.side, 'Sell')
  })
})

describe('a rate', () => {
  it('of any type has levels, providers and an id to place on', async () => {
    const venue = new Venue()
    venue.market.freeze()
    const trader = await venue.trader()
    const { body } = await trader.askRate('EUR/USD', '/FULL')
    const { rateId, ...rest } = Object(body)
    assert.match(rateId, /^2025-06-11-EURUSD-SPOT-[0-9a-f]{10}$/)
    assert.deepEqual(rest, {
      symbol: 'EUR/USD',
      bid: [1.08632, 1.08628, 1.08624],
      offer: [1.08636, 1.0864, 1.08644],
      bidLimit: [5_000_000, 10_000_000, 15_000_000],
      offerLimit: [5_000_000, 10_000_000, 15_000_000],
      bidProviders: ['LP1', 'LP2', 'LP3'],
      offerProviders: ['LP1', 'LP2', 'LP3'],
      time: START,
    })
    const rate = { ...(await trader.rate()), rateId }
    assert.equal((await trader.finish(orderIdOf(await trader.placePq(rate)))).status, 'FILLED')
  })

  it('in levels says the same, level by level', async () => {
    const venue = new Venue({ settings: { 'rates.fullShape': 'objects' } })
    venue.market.freeze()
    const { body } = await (await venue.trader()).askRate('EUR/USD', '/RAW')
    assert.deepInclude(Object(at(body, 1)), {
      symbol: 'EUR/USD',
      bid: 1.08628,
      offer: 1.0864,
      bidLimit: 10_000_000,
      offerLimit: 10_000_000,
      provider: 'LP2',
      time: START,
    })
  })

  it('of no known type is refused', async () => {
    const trader = await new Venue().trader()
    for (const type of ['/VWAP', '/tob', '/VWAP/Org']) {
      assert.deepEqual(refusal(await trader.askRate('EUR/USD', type)), [400, 'BAD_VALUE'])
    }
  })

  it('of no symbol is unknown', async () => {
    const trader = await new Venue().trader()
    const answer = await trader.call('GET', '/v2/rates/spot')
    assert.deepEqual(refusal(answer), [404, 'UNKNOWN_SYMBOL'])
  })
})
