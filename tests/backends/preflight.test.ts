import { describe, it } from 'node:test'
import { assert } from 'chai'
import { atEndpoint, type SimulatedEndpoint } from './simulated-endpoint.ts'

const RATE = /^GET \/v2\/rates/
const PLACE = /^POST \/v2\/orders/
const LOGIN = /^POST \/v2\/sso\/login/

async function startedAt(
  options: Parameters<typeof atEndpoint>[0],
  prepare: (endpoint: SimulatedEndpoint) => void = () => {},
): Promise<{ why: string | undefined; lines: string[]; tokens: (string | null)[] }> {
  return atEndpoint(options, async (endpoint) => {
    prepare(endpoint)
    const { run, close } = endpoint.open()
    const why = await endpoint.clock.run(run.start())
    const tokens = endpoint.requests.map(({ token }) => token)
    const lines = endpoint.lines()
    await endpoint.clock.run(run.finish())
    close()
    return { why, lines, tokens }
  })
}

const rate = (more: object) => () =>
  Response.json({
    ...{ symbol: 'EUR/USD', bid: 1.1, offer: 1.1, bidLimit: 1, offerLimit: 1, rateId: 'r' },
    ...more,
  })

describe('Before a run begins', () => {
  it('it asks for a rate and for the permission to trade, places nothing, and takes a second token', async () => {
    const { why, lines } = await startedAt({})
    assert.isUndefined(why)
    assert.deepEqual(lines, [
      'POST /v2/sso/login',
      'GET /v2/rates/spot?symbol=EUR%2FUSD',
      'POST /v2/orders',
      'POST /v2/sso/login',
      // Does the first one live on beside it?
      'GET /v2/rates/spot?symbol=EUR%2FUSD',
    ])
  })

  it('it signs, and logs in nowhere, under HMAC', async () => {
    const { why, lines } = await startedAt({ auth: 'hmac' })
    assert.isUndefined(why)
    assert.deepEqual(lines, ['GET /v2/rates/spot?symbol=EUR%2FUSD', 'POST /v2/orders'])
  })

  const refusals: readonly [string, RegExp, (endpoint: SimulatedEndpoint) => void, RegExp][] = [
    [
      'the login is refused',
      LOGIN,
      (endpoint) =>
        endpoint.answering(LOGIN, () => Response.json({ message: 'no' }, { status: 401 })),
      /^the login was refused with HTTP 401 \(no\)\. Check INTEGRAL_USER, /,
    ],
    [
      'the login brings no token',
      LOGIN,
      (endpoint) => endpoint.answering(LOGIN, () => Response.json({ status: 'OK' })),
      /^the login brought no session: HTTP 200, not as documented \(header SSO_TOKEN: Expected a token/,
    ],
    [
      'nobody answers',
      /./,
      (endpoint) => endpoint.answering(/./, () => Promise.reject(new TypeError('fetch failed'))),
      /^the endpoint did not answer: POST .* got no HTTP answer: TypeError\. Check INTEGRAL_BASE_URL/,
    ],
    [
      'there is no rate',
      RATE,
      (endpoint) => endpoint.simulation.exchange.market.withdraw(),
      /^there is no rate for EUR\/USD: asking for one was answered with HTTP 404 .*Check INTEGRAL_SYMBOL/,
    ],
    [
      'the rate is no rate',
      RATE,
      (endpoint) => endpoint.answering(RATE, () => Response.json({})),
      /^there is no rate for EUR\/USD: asking for one was answered with HTTP 200, not as documented/,
    ],
    [
      'the rate is old',
      RATE,
      (endpoint) => {
        const time = endpoint.clock.now() - 2 * 3_600_000
        endpoint.answering(RATE, rate({ time }))
      },
      /^the market seems closed: the rate for EUR\/USD is 120 minutes old\./,
    ],
    [
      'the user may not trade',
      PLACE,
      (endpoint) => {
        const { user, org } = endpoint.config.credentials
        endpoint.simulation.exchange.directory.enrol({ name: user, org, mayTrade: false })
      },
      /^the user may not trade: placing was answered with HTTP 403/,
    ],
  ]
  for (const [title, last, prepare, sentence] of refusals) {
    it(`it says so, and goes no further, where ${title}`, async () => {
      const { why = '', lines } = await startedAt({}, prepare)
      assert.match(why, sentence)
      assert.notMatch(why, /\.$/, 'the sentence is ended by whoever tells it')
      assert.match(lines.at(-1) ?? '', last)
      if (last !== PLACE) assert.isEmpty(lines.filter((line) => PLACE.test(line)))
    })
  }

  it('it tries a refused login once, although two sessions are wanted', async () => {
    const { lines } = await startedAt({}, (endpoint) =>
      endpoint.answering(LOGIN, () => new Response(null, { status: 401 })),
    )
    assert.deepEqual(lines, ['POST /v2/sso/login'])
  })

  it('it judges the age of a rate by the clock of the server', async () => {
    const aheadMs = 4 * 3_600_000
    const { why } = await startedAt({}, (endpoint) => {
      const serverNow = () => endpoint.clock.now() + aheadMs
      endpoint.answering(LOGIN, async (_, next) => {
        const answer = await next()
        const body = { ...(await answer.json()), serverUTCTime: serverNow() }
        return Response.json(
          { ...body, expiryTime: serverNow() + 60_000 },
          { headers: answer.headers },
        )
      })
      endpoint.answering(RATE, rate({ time: serverNow() - 7_200_000 }))
    })
    assert.match(why ?? '', /120 minutes old/)
  })

  it('it goes on with cookies where the header is refused, and with the header where cookies are', async () => {
    const toCookie = await startedAt({ simulation: { 'auth.accept': 'cookie' } })
    assert.isUndefined(toCookie.why)
    assert.match(toCookie.tokens.at(-1) ?? '', /^SSO_TOKEN=/)
    const toHeader = await startedAt({
      simulation: { 'auth.accept': 'header' },
      settings: { 'token.transport': 'cookie' },
    })
    assert.isUndefined(toHeader.why)
    assert.notMatch(toHeader.tokens.at(-1) ?? '=', /=/)
  })

  it('it shows no secret, also where the endpoint repeats one', async () => {
    let secret = ''
    const { why = '' } = await startedAt({}, (endpoint) => {
      secret = endpoint.config.credentials.password
      endpoint.answering(LOGIN, () =>
        Response.json({ message: `"${secret}" is wrong` }, { status: 401 }),
      )
    })
    assert.isAbove(secret.length, 8)
    assert.notInclude(why, secret)
    assert.include(why, '‹redacted›')
  })

  it('it asks nobody to trade where it is stopped meanwhile', async () => {
    const { why, lines } = await atEndpoint({}, async (endpoint) => {
      const { run } = endpoint.open()
      endpoint.answering(RATE, (_, next) => {
        run.stop('it was stopped')
        return next()
      })
      const why = await endpoint.clock.run(run.start())
      await endpoint.clock.run(run.finish())
      return { why, lines: endpoint.lines() }
    })
    assert.equal(why, 'it was stopped')
    assert.isEmpty(lines.filter((line) => PLACE.test(line)))
  })
})
