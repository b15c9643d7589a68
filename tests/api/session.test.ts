import { describe, it } from 'node:test'
import { assert } from 'chai'
import type { ClientOptions } from '../../src/api/client/options.ts'
import { Session } from '../../src/api/client/session.ts'
import { ManualClock } from './manual-clock.ts'
import { clientOf, ORDER, PASSWORD, RATE, recording, type Seen, START } from './stub.ts'

const LOGIN = 'POST /v2/sso/login'
const RENEW = 'GET /v2/sso/token/renew'
const QUERY = 'GET /v2/orders/1'
const PLACE = 'POST /v2/orders'
const DOWNLOAD = 'GET /v2/trades/stp/messages'

interface Habits {
  /** The server's clock less the client's, in milliseconds. */
  readonly skewMs?: number
  readonly tokenTtlMs?: number
  readonly login?: () => Response
  readonly renew?: () => Response
  /** Whether logins and renewals tell when the token expires; default true. */
  readonly tellsExpiry?: boolean
}

/** A server that gives out T1, T2, …; the last one given is the only good one, until it expires. */
function tokenServer({ skewMs = 0, tokenTtlMs = 60_000, tellsExpiry = true, ...habits }: Habits) {
  const clock = new ManualClock(START)
  let count = 0
  let expiryTime = 0
  const now = () => clock.now() + skewMs
  const give = (rest: object) => {
    expiryTime = now() + tokenTtlMs
    count += 1
    const body = tellsExpiry ? { ...rest, expiryTime } : {}
    return Response.json(body, { headers: { SSO_TOKEN: `T${count}` } })
  }
  const isGood = ({ headers }: Seen) =>
    headers.get('SSO_TOKEN') === `T${count}` && now() < expiryTime
  const server = recording(async (request) => {
    await new Promise((done) => setImmediate(done))
    if (request.line === LOGIN) return habits.login?.() ?? give({ serverUTCTime: now() })
    if (request.line === RENEW) return habits.renew?.() ?? give({ valid: true, expired: false })
    if (!isGood(request)) return new Response(null, { status: 401 })
    if (request.line === DOWNLOAD) return Response.json([])
    return Response.json(request.line.includes('rates') ? RATE : ORDER)
  })
  return {
    ...server,
    clock,
    /** Makes the last token worthless without telling anybody. */
    revoke: () => {
      count += 1
    },
    tokens: () => server.requests.map(({ line, headers }) => `${headers.get('SSO_TOKEN')} ${line}`),
    client: (options: Partial<ClientOptions> = {}) => clientOf({ ...server, clock, ...options }),
  }
}

const times = <T>(count: number, work: () => Promise<T>) =>
  Promise.all(Array.from({ length: count }, work))

describe('A token', () => {
  const headersOf = (...pairs: [string, string][]) => new Headers(pairs)
  const given = async (headers: Headers) => {
    const { fetch } = recording(() => Response.json({}, { headers }))
    const client = clientOf({ fetch })
    await client.login()
    return client.session?.token.reveal()
  }

  it('is read from the header first, then from any cookie, whatever its domain', async () => {
    const cookie = (value: string) => ['Set-Cookie', value] as [string, string]
    assert.equal(await given(headersOf(['sso_token', 'H'], cookie('SSO_TOKEN=C'))), 'H')
    assert.equal(await given(headersOf(cookie('SSO_TOKEN=C; Domain=.integral.com; Path=/'))), 'C')
    assert.equal(await given(headersOf(cookie('a=b'), cookie('SSO_TOKEN=C2; Path=/'))), 'C2')
    assert.equal(
      await given(headersOf(cookie('SSO_TOKEN=; Path=/'), cookie('SSO_TOKEN=a=b'))),
      'a=b',
    )
    assert.isUndefined(await given(headersOf(cookie('XSSO_TOKEN=C'), cookie('sso=SSO_TOKEN=C'))))
  })

  it('goes along as a header, a cookie, or both', async () => {
    for (const [tokenTransport, header, cookie] of [
      [undefined, 'T1', null],
      ['header', 'T1', null],
      ['cookie', null, 'SSO_TOKEN=T1'],
      ['both', 'T1', 'SSO_TOKEN=T1'],
    ] as const) {
      const server = tokenServer({})
      await server.client(tokenTransport && { tokenTransport }).queryOrder('1')
      const headers = server.requests[1]?.headers
      assert.deepEqual([headers?.get('SSO_TOKEN'), headers?.get('Cookie')], [header, cookie])
    }
  })
})

describe('A session', () => {
  it('is opened by the first call that needs one, once for 20 callers', async () => {
    const server = tokenServer({})
    const client = server.client()
    assert.isUndefined(client.session)
    const answers = await times(20, () => client.queryOrder('1'))
    assert.isTrue(answers.every(({ kind }) => kind === 'success'))
    assert.deepEqual(server.lines(), [LOGIN, ...Array(20).fill(QUERY)])
  })

  it('tells when its token expires, on which clock', async () => {
    const server = tokenServer({ skewMs: -5_000 })
    const client = server.client()
    await client.login()
    const { token: _, ...life } = client.session ?? assert.fail('Expected a session')
    assert.deepEqual(life, {
      expiryTime: START - 5_000 + 60_000,
      skewMs: -5_000,
      renewAt: START + 50_000,
    })
  })

  for (const skewMs of [0, 3_600_000, -3_600_000]) {
    it(`is renewed 10 s before it expires, with the server's clock ${skewMs} ms off`, async () => {
      const server = tokenServer({ skewMs })
      const client = server.client()
      await client.queryOrder('1')
      server.clock.pass(49_999)
      await client.queryOrder('1')
      server.clock.pass(1)
      await client.queryOrder('1')
      // The renewal does not tell the server's time, and yet the next one is due as long after it.
      server.clock.pass(49_999)
      await client.queryOrder('1')
      server.clock.pass(1)
      await client.queryOrder('1')
      assert.deepEqual(server.tokens(), [
        `null ${LOGIN}`,
        `T1 ${QUERY}`,
        `T1 ${QUERY}`,
        `T1 ${RENEW}`,
        `T2 ${QUERY}`,
        `T2 ${QUERY}`,
        `T2 ${RENEW}`,
        `T3 ${QUERY}`,
      ])
    })
  }

  it('is renewed no sooner than when a third of a short life is left', async () => {
    const server = tokenServer({ tokenTtlMs: 900 })
    const client = server.client()
    await client.queryOrder('1')
    server.clock.pass(599)
    await client.queryOrder('1')
    assert.notInclude(server.lines(), RENEW)
    server.clock.pass(1)
    await client.queryOrder('1')
    assert.include(server.lines(), RENEW)
  })

  it('is renewed as long ahead as it is told', async () => {
    const server = tokenServer({})
    const client = server.client({ renewAheadMs: 1_000 })
    await client.queryOrder('1')
    server.clock.pass(58_999)
    await client.queryOrder('1')
    assert.notInclude(server.lines(), RENEW)
    server.clock.pass(1)
    await client.queryOrder('1')
    assert.include(server.lines(), RENEW)
  })

  it('is renewed once for 20 callers, also long after it expired', async () => {
    const server = tokenServer({})
    const client = server.client()
    await client.login()
    server.clock.pass(3_600_000)
    const answers = await times(20, () => client.queryOrder('1'))
    assert.isTrue(answers.every(({ kind }) => kind === 'success'))
    assert.deepEqual(server.lines(), [LOGIN, RENEW, ...Array(20).fill(QUERY)])
  })

  it('is not renewed ahead where its expiry is not told', async () => {
    const server = tokenServer({ tellsExpiry: false })
    const client = server.client()
    await client.login()
    server.clock.pass(59_000)
    await client.queryOrder('1')
    assert.deepEqual(server.lines(), [LOGIN, QUERY])
  })

  it('begins anew where the renewal is refused, or renews nothing', async () => {
    for (const renew of [
      () => new Response(null, { status: 401 }),
      () => Response.json({ valid: false, expired: true }),
      () => Response.json({ valid: false }, { headers: { SSO_TOKEN: 'T1' } }),
      () => new Response('<html>'),
    ]) {
      const server = tokenServer({ renew })
      const client = server.client()
      await client.login()
      server.clock.pass(60_000)
      const answers = await times(5, () => client.queryOrder('1'))
      assert.isTrue(answers.every(({ kind }) => kind === 'success'))
      assert.deepEqual(server.lines(), [LOGIN, RENEW, LOGIN, ...Array(5).fill(QUERY)])
    }
  })

  it('begins anew once, also for callers who come while the renewal is being refused', async () => {
    const server = tokenServer({ renew: () => new Response(null, { status: 401 }) })
    const client = server.client()
    await client.login()
    server.clock.pass(60_000)
    const early = client.queryOrder('1')
    while (!server.lines().includes(RENEW)) await new Promise((done) => setImmediate(done))
    await Promise.all([early, client.queryOrder('1'), client.queryOrder('1')])
    assert.deepEqual(server.lines(), [LOGIN, RENEW, LOGIN, QUERY, QUERY, QUERY])
  })

  it('goes on with the new token that an expired one was renewed into', async () => {
    const renew = () =>
      Response.json({ valid: false, expired: true }, { headers: { SSO_TOKEN: 'T9' } })
    const server = tokenServer({ renew })
    const client = server.client()
    await client.login()
    server.clock.pass(60_000)
    await client.downloadTrades()
    assert.deepEqual(server.tokens(), [`null ${LOGIN}`, `T1 ${RENEW}`, `T9 ${DOWNLOAD}`])
  })

  it('lives on with its token where a renewal brings no other', async () => {
    const renew = () => Response.json({ valid: true, expired: false, expiryTime: START + 150_000 })
    const server = tokenServer({ renew, tokenTtlMs: 150_000 })
    const client = server.client({ renewAheadMs: 100_000 })
    await client.login()
    server.clock.pass(100_000)
    await client.queryOrder('1')
    assert.deepEqual(server.tokens(), [`null ${LOGIN}`, `T1 ${RENEW}`, `T1 ${QUERY}`])
  })

  it('cannot be had where the login is refused, which is then the answer', async () => {
    const server = tokenServer({ login: () => Response.json({ errorCode: 'E7' }, { status: 401 }) })
    const client = server.client()
    for (const answer of await times(3, () => client.placeOrder({ ...ORDER, type: 'Limit' }))) {
      assert.deepInclude(answer, {
        kind: 'refusal',
        operation: 'login',
        httpStatus: 401,
        code: 'E7',
      })
    }
    assert.deepInclude(await client.renew(), { kind: 'refusal', operation: 'login' })
    assert.deepEqual(server.lines(), [LOGIN, LOGIN])
  })

  it('can be forgotten', async () => {
    const server = tokenServer({})
    const client = server.client()
    await client.queryOrder('1')
    client.forgetSession()
    assert.isUndefined(client.session)
    await client.queryOrder('1')
    assert.deepEqual(server.lines(), [LOGIN, QUERY, LOGIN, QUERY])
  })

  it('is waited for while it is renewed by hand', async () => {
    const server = tokenServer({})
    const client = server.client()
    await client.login()
    const [, , answer] = await Promise.all([client.renew(), client.renew(), client.queryOrder('1')])
    assert.equal(answer.kind, 'success')
    assert.deepEqual(server.tokens(), [`null ${LOGIN}`, `T1 ${RENEW}`, `T2 ${QUERY}`])
  })

  it('is renewed and logged in to one at a time, the renewal with the newest token', async () => {
    const server = tokenServer({})
    const client = server.client()
    await client.login()
    await Promise.all([client.login(), client.renew(), client.login()])
    assert.deepEqual(server.tokens(), [`null ${LOGIN}`, `null ${LOGIN}`, `T2 ${RENEW}`])
    assert.equal(client.session?.token.reveal(), 'T3')
  })

  it('opens again after no answer', async () => {
    let isDown = true
    const server = tokenServer({})
    const fetch = (request: Request) =>
      isDown ? Promise.reject(new Error('down')) : server.fetch(request)
    const client = server.client({ fetch })
    for (const { status } of await Promise.allSettled([client.queryOrder('1'), client.login()])) {
      assert.equal(status, 'rejected')
    }
    isDown = false
    assert.equal((await client.queryOrder('1')).kind, 'success')
  })
})

describe('A 401 on the token of the session', () => {
  it('has queries sent again with a new token, renewed once for all', async () => {
    const server = tokenServer({})
    const client = server.client()
    await client.login()
    server.revoke()
    const answers = await times(20, () => client.queryOrder('1'))
    assert.isTrue(answers.every(({ kind }) => kind === 'success'))
    assert.lengthOf(
      server.lines().filter((line) => line === RENEW),
      1,
    )
    assert.lengthOf(server.lines(), 1 + 20 + 1 + 20)
  })

  it('is the answer where a new token does not help either', async () => {
    const { fetch, lines } = recording(({ line }) =>
      line === LOGIN || line === RENEW
        ? Response.json({}, { headers: { SSO_TOKEN: 'T' } })
        : new Response(null, { status: 401 }),
    )
    const answer = await clientOf({ fetch }).queryOrder('1')
    assert.deepInclude(answer, { kind: 'refusal', operation: 'queryOrder', httpStatus: 401 })
    assert.deepEqual(lines(), [LOGIN, QUERY, RENEW, QUERY])
  })

  for (const line of [PLACE, DOWNLOAD]) {
    it(`is the answer to ${line}, which is never sent twice; the next call renews`, async () => {
      const server = tokenServer({})
      const client = server.client()
      await client.login()
      server.revoke()
      const answer = await (line === PLACE
        ? client.placeOrder({ ...ORDER, type: 'Limit' })
        : client.downloadTrades())
      assert.deepInclude(answer, { kind: 'refusal', httpStatus: 401 })
      await client.queryOrder('1')
      assert.deepEqual(server.lines(), [LOGIN, line, RENEW, QUERY])
    })
  }

  it('changes nothing where the token was given by the caller', async () => {
    const server = tokenServer({})
    const client = server.client()
    await client.login()
    const answer = await client.call('queryOrder', { params: { id: '1' }, token: 'stale' })
    assert.deepInclude(answer, { kind: 'refusal', httpStatus: 401 })
    await client.queryOrder('1')
    assert.deepEqual(server.lines(), [LOGIN, QUERY, QUERY])
  })
})

describe('A session that is shared', () => {
  const sharing = (server: ReturnType<typeof tokenServer>, count: number) => {
    const session = new Session({
      clock: server.clock,
      credentials: { user: 'ada', password: PASSWORD, org: 'ORG1' },
    })
    return { session, clients: Array.from({ length: count }, () => server.client({ session })) }
  }

  it('is begun, renewed and replaced once for all clients', async () => {
    const server = tokenServer({})
    const { clients } = sharing(server, 5)
    const all = () => Promise.all(clients.map((client) => client.queryOrder('1')))
    await all()
    server.clock.pass(55_000)
    await all()
    server.revoke()
    const answers = await all()
    assert.isTrue(answers.every(({ kind }) => kind === 'success'))
    const sessions = server.lines().filter((line) => line !== QUERY)
    assert.deepEqual(sessions, [LOGIN, RENEW, RENEW])
    const tokens = clients.map(({ session }) => session?.token.reveal())
    assert.lengthOf([...new Set(tokens)], 1)
  })

  it('is renewed in the way in which the client passes tokens that finds it due', async () => {
    const server = tokenServer({})
    const { session } = sharing(server, 0)
    const header = server.client({ session })
    await header.login()
    server.clock.pass(55_000)
    await server.client({ session, tokenTransport: 'cookie' }).renew()
    const { headers } = server.requests[1] ?? assert.fail('Nothing was renewed.')
    assert.deepEqual([headers.get('SSO_TOKEN'), headers.get('Cookie')], [null, 'SSO_TOKEN=T1'])
  })

  it('is forgotten for all, and says when it is due', async () => {
    const server = tokenServer({})
    const { session, clients } = sharing(server, 2)
    assert.isTrue(session.isDue)
    await clients[0]?.login()
    assert.isFalse(session.isDue)
    server.clock.pass(50_000)
    assert.isTrue(session.isDue)
    await clients[0]?.renew()
    clients[1]?.forgetSession()
    assert.isUndefined(clients[0]?.session)
    assert.isTrue(session.isDue)
  })
})

describe('Whoever makes sure of a session', () => {
  it('logs in where there is none, renews what is due, and sends nothing else', async () => {
    const server = tokenServer({})
    const client = server.client()
    assert.isUndefined(await client.ensureSession())
    assert.isUndefined(await client.ensureSession())
    server.clock.pass(55_000)
    assert.isUndefined(await client.ensureSession())
    assert.deepEqual(server.lines(), [LOGIN, RENEW])
    assert.equal(client.session?.token.reveal(), 'T2')
  })

  it('is given the answer to the login that brought none, which is sent once', async () => {
    const login = () => Response.json({ errorCode: 'E7' }, { status: 401 })
    const server = tokenServer({ login })
    const answer = await server.client().ensureSession()
    assert.deepInclude(answer, { kind: 'refusal', operation: 'login', code: 'E7' })
    assert.deepEqual(server.lines(), [LOGIN])
  })

  it('is given nothing, and sends nothing, where requests are signed', async () => {
    const server = tokenServer({})
    const client = server.client({ hmac: { userId: 'ada', secret: 'secret' } })
    assert.isUndefined(await client.ensureSession())
    assert.isUndefined(client.session)
    assert.isEmpty(server.lines())
  })
})

describe('Without autoRenew', () => {
  it('a token is sent as it is, expired or refused, until told otherwise', async () => {
    const server = tokenServer({})
    const client = server.client({ autoRenew: false })
    await client.queryOrder('1')
    server.clock.pass(60_000)
    assert.deepInclude(await client.queryOrder('1'), { kind: 'refusal', httpStatus: 401 })
    assert.deepInclude(await client.queryOrder('1'), { kind: 'refusal', httpStatus: 401 })
    assert.equal((await client.renew()).kind, 'success')
    assert.equal((await client.queryOrder('1')).kind, 'success')
    assert.deepEqual(server.lines(), [LOGIN, QUERY, QUERY, QUERY, RENEW, QUERY])
  })
})
