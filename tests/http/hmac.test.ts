import { describe, it } from 'node:test'
import { assert } from 'chai'
import { createIntegralClient } from '../../src/api/client/create-integral-client.ts'
import { defaultSettings } from '../../src/mocks/exchange/settings/settings.ts'
import { VirtualClock } from '../../src/mocks/exchange/virtual-clock.ts'
import { hmacAuthentication } from '../../src/mocks/http/hmac-authentication.ts'
import { createSimulation } from '../../src/mocks/http/simulation.ts'
import { at, type OpenOptions, START, Venue } from './driver.ts'
import { callSigned, httpDate, RATE_TARGET, type SignedCall, secretOf } from './hmac-signing.ts'

const SKEW_MS = 300_000

const open = (options: OpenOptions = {}) => {
  const venue = new Venue(options)
  return { venue, ada: venue.enrol('ada') }
}

/** The client of an enrolled user, which signs; with all requests it sent. */
function signingClient(
  { clock, simulation }: Pick<Venue, 'clock' | 'simulation'>,
  baseUrl = 'https://simulation.invalid',
) {
  const { directory } = simulation.exchange
  const { name, org, password, hmacSecret } = directory.enrol({ name: 'ada' })
  const requests: Request[] = []
  const client = createIntegralClient({
    baseUrl,
    clock,
    credentials: { user: name, password, org },
    hmac: { userId: name, secret: hmacSecret },
    fetch: (request) => {
      requests.push(request)
      return simulation.fetch(request)
    },
  })
  return { client, requests }
}

const SMALL = { side: 'Buy', symbol: 'EUR/USD', currency: 'EUR', size: 10_000 } as const

describe('A client that signs', () => {
  it('has every operation accepted, without a session and without a token', async () => {
    const venue = new Venue()
    const { client, requests } = signingClient(venue)
    assert.isUndefined(await client.ensureSession())
    assert.isEmpty(requests)
    const rate = await client.spotRate('EUR/USD')
    const limit = { ...SMALL, type: 'Limit', timeInForce: 'GTC', price: 0.5 } as const
    const placed = await client.placeOrder({ ...limit, coId: 'a b/ü&1' })
    const orderId = placed.kind === 'success' ? placed.value.orderId : assert.fail(placed.raw)
    const answers = [
      rate,
      await client.spotRateByType('EUR/USD', 'FULL'),
      await client.spotRateByType('EUR/USD', 'FULL', 'Broker Org/1'),
      await client.marketDataSet({ id: '4HProduct', symbols: 'EUR/USD,USD/JPY' }),
      placed,
      await client.queryOrder(orderId),
      await client.queryOrdersByCoId('a b/ü&1'),
      await client.queryActiveOrders(),
      await client.cancelOrder(orderId),
      await client.downloadTrades({ maxCount: 20 }),
      await client.resendTrades({
        startDate: '2025-06-11 00:00:00,000 +0000',
        endDate: '2025-06-11 23:00:00,000 +0000',
      }),
    ]
    assert.deepEqual(
      answers.map(({ kind, httpStatus }) => [kind, httpStatus]),
      [200, 200, 200, 200, 202, 200, 200, 200, 202, 200, 200].map((code) => ['success', code]),
    )
    assert.lengthOf(requests, answers.length)
    for (const { headers } of requests) {
      assert.isFalse(headers.has('SSO_TOKEN') || headers.has('Cookie'))
      assert.match(headers.get('Authorization') ?? '', /^hmac username="ada", algorithm=/)
    }
    assert.isUndefined(client.session)
  })

  it('signs the path of its base URL too', async () => {
    const baseUrl = 'https://simulation.invalid/a%20rest/v7'
    const clock = new VirtualClock(START)
    const simulation = createSimulation({ clock, seed: 'tests', baseUrl })
    const { client, requests } = signingClient({ clock, simulation }, baseUrl)
    assert.equal((await client.spotRate('EUR/USD')).httpStatus, 200)
    const [request = assert.fail()] = requests
    const elsewhere = createSimulation({
      clock,
      seed: 'tests',
      baseUrl: 'https://simulation.invalid',
    })
    elsewhere.exchange.directory.enrol({ name: 'ada' })
    const moved = new Request(`https://simulation.invalid${RATE_TARGET}`, request)
    assert.equal((await elsewhere.fetch(moved)).status, 401)
  })

  it('is a user like others: permissions and rate limits hold', async () => {
    const venue = new Venue({ settings: { rateLimit: 1 } })
    const { client } = signingClient(venue)
    venue.enrol('ada', { mayTrade: false })
    const order = { ...SMALL, type: 'Limit', timeInForce: 'IOC', price: 1.5, coId: '1' } as const
    assert.equal((await client.placeOrder(order)).httpStatus, 403)
    assert.equal((await client.queryActiveOrders()).httpStatus, 429)
  })

  it('can be told to send a token, or none, in place of a signature', async () => {
    const venue = new Venue()
    const { client } = signingClient(venue)
    const { token } = await venue.trader('ada')
    const codes = [token, 'nobody-has-this', null].map(async (each) => {
      const query = { symbol: 'EUR/USD' }
      return (await client.call('spotRate', { query, token: each })).httpStatus
    })
    assert.deepEqual(await Promise.all(codes), [200, 401, 401])
  })
})

describe('A signed request', () => {
  it('is accepted from whoever follows the grammar, white space or not', async () => {
    const { venue, ada } = open()
    const tight = (all: readonly string[]) => `${all[0]},${all.slice(1).join(', ')}`
    const calls: readonly SignedCall[] = [
      {},
      { written: tight },
      { written: (all) => `  ${all.join(' ,\t')} ` },
      {
        written: (all) =>
          all
            .join(',')
            .replaceAll('=', ' = ')
            .replaceAll(/ = (?=")/g, '='),
      },
      { names: ['digest', 'request-line', 'type', 'date'] },
      { names: ['Date', 'request-line', 'DIGEST'] },
      { names: ['x-date', 'request-line', 'digest'], headers: { 'X-Date': httpDate(START) } },
      {
        names: ['x-date', 'request-line', 'digest'],
        headers: { 'X-Date': httpDate(START), Date: undefined },
      },
      { names: ['date', 'request-line', 'digest', 'x-by'], headers: { 'X-By': 'Zoë' } },
      { method: 'POST', target: '/v2/orders', body: '{"coId":"Ünïcödé"}' },
      { target: '/v2/orders' },
      { target: '/v2/orders?coId=a%20b+%27%e4&x' },
    ]
    const codes: number[] = []
    for (const call of calls) codes.push((await callSigned(venue, ada, call)).status)
    assert.deepEqual(codes, [200, 200, 200, 200, 200, 200, 200, 200, 200, 400, 200, 404])
  })

  const wrong: Readonly<Record<string, SignedCall>> = {
    'with another secret': { secret: 'wrong' },
    'whose signature is another': { signature: `${'A'.repeat(43)}=` },
    'without a signature': { signature: '' },
    'whose body was altered': {
      method: 'POST',
      target: '/v2/orders',
      body: '{"coId":"1"}',
      sent: { body: '{"coId":"2"}' },
    },
    'whose query was altered': { sent: { target: '/v2/rates/spot?symbol=EUR%2FGBP' } },
    'whose query was encoded otherwise': { sent: { target: '/v2/rates/spot?symbol=EUR/USD' } },
    'whose query has one more': { sent: { target: `${RATE_TARGET}&a=b` } },
    'signed for another method': { sent: { method: 'DELETE' }, target: '/v2/orders/1' },
    'whose date was altered': { sent: { date: httpDate(START + 1_000) } },
    'of an unknown user': { username: 'nobody' },
    'of nobody': { username: '' },
    'with another algorithm': { algorithm: 'hmac-sha1' },
    'with no algorithm': { algorithm: '' },
    'with its parameters swapped': { written: ([a, b, c, d]) => [b, a, c, d].join(', ') },
    'with headers and signature swapped': { written: ([a, b, c, d]) => [a, b, d, c].join(', ') },
    'that lacks a parameter': { written: (all) => all.slice(1).join(', ') },
    'with one parameter more': { written: (all) => [...all, 'extra="1"'].join(', ') },
    'with a comma too many': { written: (all) => `${all.join(', ')},` },
    'without commas': { written: (all) => all.join(' ') },
    'without quotation marks': { written: (all) => all.join(', ').replaceAll('"', '') },
    'with credentials twice': { written: (all) => `${all.join(', ')}, hmac ${all.join(', ')}` },
    'of junk': { written: () => 'junk' },
    'of nothing at all': { written: () => '' },
    'of quotation marks': { written: () => '"'.repeat(1_000) },
    'that signs no date': { names: ['request-line', 'digest'] },
    'that signs no request line': { names: ['date', 'digest'] },
    'that signs no digest': { names: ['date', 'request-line'] },
    'that signs nothing': { names: [] },
    'that signs a header it lacks': { names: ['date', 'request-line', 'digest', 'x-other'] },
    'that signs what is no name': { names: ['date', 'request-line', 'digest', '(no name):'] },
    'with two spaces between names': { names: ['date', '', 'request-line', 'digest'] },
    'without a date': { headers: { Date: undefined } },
    'whose date is no date': { headers: { Date: 'yesterday' } },
    'whose date is another format': { headers: { Date: new Date(START).toISOString() } },
    'whose date is the wrong day of the week': {
      headers: { Date: 'Mon, 11 Jun 2025 13:00:00 GMT' },
    },
    'whose date is too old': { headers: { Date: httpDate(START - SKEW_MS - 1_000) } },
    'whose date is too far ahead': { headers: { Date: httpDate(START + SKEW_MS + 1_000) } },
    'whose signed X-Date is too old, beside a fresh Date': {
      names: ['x-date', 'request-line', 'digest'],
      headers: { 'X-Date': httpDate(START - SKEW_MS - 1_000) },
    },
    'without a digest': { headers: { Digest: undefined } },
    'with the digest of something else': { headers: { Digest: 'SHA-256=AAAA' } },
    'with the digest of another algorithm': { headers: { Digest: 'MD5=1B2M2Y8AsgTpgAmY7PhCfg==' } },
    'without a type': { headers: { type: undefined } },
    'with another type': { headers: { type: 'HMAC' } },
  }
  for (const [name, call] of Object.entries(wrong))
    it(`${name} is refused with the code of the setting`, async () => {
      for (const code of [401, 403]) {
        const { venue, ada } = open({ settings: { 'hmac.failureStatus': code } })
        const { status, body, text } = await callSigned(venue, ada, call)
        assert.deepEqual([status, at(body, 'errorCode')], [code, 'BAD_SIGNATURE'])
        assert.notInclude(text, secretOf(venue, ada))
        assert.notMatch(text, /[\w+/]{43}=|nobody|junk|x-other|no name/)
      }
    })

  it('is good up to the skew before and after its date, and no longer', async () => {
    const code = async (dateOffsetMs: number, passedMs: number) => {
      const { venue, ada } = open()
      venue.clock.advance(passedMs)
      return (await callSigned(venue, ada, { headers: { Date: httpDate(START + dateOffsetMs) } }))
        .status
    }
    assert.deepEqual(
      [
        await code(0, SKEW_MS),
        await code(0, SKEW_MS + 1),
        await code(SKEW_MS, 0),
        await code(SKEW_MS + 1_000, 999),
        await code(SKEW_MS + 1_000, 1_000),
      ],
      [200, 401, 200, 401, 200],
    )
  })

  it('is told which of namesakes sent it by the secret', async () => {
    const { venue, ada } = open()
    const namesake = venue.enrol('ada', { org: 'ElsewhereOrg' })
    const order = { ...SMALL, type: 'Limit', timeInForce: 'GTC', price: 0.5, coId: '1' }
    const body = JSON.stringify(order)
    const placed = await callSigned(venue, namesake, { method: 'POST', target: '/v2/orders', body })
    assert.equal(placed.status, 202)
    const target = '/v2/orders?coId=1'
    assert.equal((await callSigned(venue, namesake, { target })).status, 200)
    assert.equal((await callSigned(venue, ada, { target })).status, 404)
    assert.notEqual(secretOf(venue, ada), secretOf(venue, namesake))
  })

  it('is not read as a token, nor another scheme as a signature', async () => {
    const { venue, ada } = open()
    await ada.login()
    const beside = { SSO_TOKEN: ada.token }
    assert.equal((await callSigned(venue, ada, { headers: beside, secret: 'wrong' })).status, 401)
    for (const scheme of ['Basic abc', 'hmac-sha1 abc', 'hmacs'])
      assert.equal(
        (await ada.call('GET', '/v2/orders', { headers: { Authorization: scheme } })).status,
        200,
      )
  })
})

describe('The vectors of the fact sheet', () => {
  const DATE = 'Tue, 15 Nov 1994 08:12:31 GMT'
  const user = { name: 'id', org: 'O', password: 'x', mayTrade: true, hmacSecret: 'secret' }
  const whoSigned = hmacAuthentication({
    directory: { named: (name) => (name === user.name ? [user] : []) },
    settings: defaultSettings,
    clock: new VirtualClock(Date.parse(DATE)),
  })
  const request = (method: string, body: string, digest: string, signature: string) => ({
    method,
    pathname: '/v2/orders',
    query: new URLSearchParams(),
    params: {},
    body,
    headers: new Headers({
      Authorization: `hmac username="id",algorithm="hmac-sha256", headers="date request-line digest", signature="${signature}"`,
      Date: DATE,
      Digest: `SHA-256=${digest}`,
      type: 'hmac',
    }),
  })

  it('are accepted, as sent and as made up from what was read', () => {
    const placing = request(
      'POST',
      '{"coId":"1"}',
      '4gY827k0pOKtVcWfP5Bfm5n2gVURUMf1uP8goo6tt88=',
      'N8yehf+PXoHeOQR5q1NejIC3Jp7a99UqTbp9xMSQy0A=',
    )
    const asking = request(
      'GET',
      '',
      '47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=',
      'n27avKGCnQaFDpURhShYlEhY0Lzl07QMFxbbU5je62k=',
    )
    const wire = { target: '/v2/rates/spot?symbol=EUR/USD', body: new Uint8Array() }
    for (const each of [placing, { ...asking, wire }])
      assert.deepEqual(whoSigned(each), { ok: true, value: user })
    assert.isFalse(whoSigned(asking).ok)
    assert.isFalse(whoSigned({ ...placing, query: new URLSearchParams('a=b') }).ok)
  })
})

describe('The secret of a user', () => {
  it('depends on seed, organisation and name alone', () => {
    const secret = (seed: string, name: string, org: string, before: readonly string[] = []) => {
      const { directory } = new Venue({ seed }).exchange
      for (const other of before) directory.enrol({ name: other })
      return directory.enrol({ name, org }).hmacSecret
    }
    const own = secret('a', 'ada', 'OneOrg')
    assert.equal(secret('a', 'ada', 'OneOrg', ['ben', 'cy']), own)
    const others = [
      secret('b', 'ada', 'OneOrg'),
      secret('a', 'ben', 'OneOrg'),
      secret('a', 'ada', 'TwoOrg'),
    ]
    assert.lengthOf(new Set([own, ...others]), 4)
    assert.match(own, /^[0-9a-f]{64}$/)
  })

  it('moves no name and no password that a seed gave before there was HMAC', () => {
    const { directory } = new Venue({ seed: 'tests' }).exchange
    const passwords = ['ada', 'ben'].map((name) => directory.enrol({ name }).password)
    assert.deepEqual(
      [directory.org, directory.broker.org, ...passwords],
      ['BradtkeWhiteOrg', 'ProhaskaIncOrg', 'zCdkR4MHqtZCgXqI77Tbb7FN', 'fgvGwnOBlxn5FQVVu_vLPlc1'],
    )
  })
})
