import { describe, it } from 'node:test'
import { assert } from 'chai'
import { scenarioEvidence } from '../../src/evidence/scenario-evidence.ts'
import { tokenCarriers } from '../../src/evidence/token-carriers.ts'
import { Transcript } from '../../src/evidence/transcript.ts'
import { BASE_URL, type Fields, Talk } from './talk.ts'
import { assertFindings, assertHeld, assertNotVerified } from './verdicts.ts'

/** The clock of the server is a minute ahead of the talk's. */
const AHEAD_MS = 60_000
const LIFE_MS = 60_000

const refusal = (status = 401) => Response.json({ errorCode: 'X' }, { status })
const rate = () =>
  Response.json({
    ...{ symbol: 'EUR/USD', bid: 1.1, offer: 1.2, bidLimit: 1, offerLimit: 1 },
    ...{ time: 1, rateId: 'r' },
  })
const found = (code: string, rule: string, detail: string, ...exchanges: readonly number[]) => [
  { code, rule, orderId: '', detail, exchanges },
]

/** A talk with a server whose clock is its own, which issues tokens by name. */
class SessionTalk extends Talk {
  #elapsedMs = 0
  #serverStart = Date.UTC(2026, 0, 5, 9) + AHEAD_MS

  override pass(milliseconds: number): void {
    this.#elapsedMs += milliseconds
    super.pass(milliseconds)
  }

  /** By the clock of the server; the talk's few milliseconds per exchange are left out. */
  get serverNow(): number {
    return this.#serverStart + this.#elapsedMs
  }

  issued(token: string, fields: Fields = {}): Response {
    const headers = { SSO_TOKEN: token }
    return Response.json(
      { status: 'OK', expiryTime: this.serverNow + LIFE_MS, ...fields },
      { headers },
    )
  }

  signIn(token: string, fields: Fields = {}) {
    return this.login('u', this.issued(token, { serverUTCTime: this.serverNow, ...fields }))
  }

  askRate(token: string | undefined, answer: Response) {
    const headers: Record<string, string> = token === undefined ? {} : { SSO_TOKEN: token }
    return this.call('GET', '/v2/rates/spot?symbol=EUR%2FUSD', answer, { headers })
  }

  renew(token: string, answer: Response | Error) {
    const headers = { SSO_TOKEN: token }
    return this.call('GET', '/v2/sso/token/renew', answer, { headers })
  }
}

const signedIn = async (fields: Fields = {}) => {
  const talk = new SessionTalk()
  await talk.signIn('token-one', fields)
  return talk
}

/** Signed in, and with a token that was taken once. */
const traded = async () => {
  const talk = await signedIn()
  await talk.askRate('token-one', rate())
  return talk
}

describe('a login brings a token', () => {
  const rule = 'session.token-issued'
  const login = async (headers: Record<string, string>, status = 200) => {
    const talk = new Talk()
    await talk.login('u', Response.json({ status: 'OK' }, { headers, status }))
    return talk
  }

  it('in a header or in a cookie', async () => {
    assertHeld(await login({ SSO_TOKEN: 'the-token' }), rule)
    assertHeld(await login({ 'Set-Cookie': 'SSO_TOKEN=the-token; Path=/' }), rule)
  })

  it('and where there is none it is a finding', async () => {
    const detail = 'expected a token in header SSO_TOKEN or in a cookie, found none'
    for (const headers of [
      {},
      { SSO_TOKEN: ' ' },
      { 'Set-Cookie': 'lb=1; Path=/' },
      { 'Set-Cookie': 'SSO_TOKEN=; Path=/' },
    ]) {
      assertFindings(await login(headers), found('missing-token', rule, detail, 1))
    }
  })

  it('a cookie that is being deleted is none', () => {
    const cookie = (value: string) => [{ name: 'set-cookie', value }]
    const carriers = (value: string) =>
      tokenCarriers({
        ...{ number: 1, at: 0, tookMs: 0, request: { method: 'POST', url: '', headers: [] } },
        response: { status: 200, headers: cookie(value) },
      })
    assert.deepEqual(carriers('SSO_TOKEN=; Path=/; Max-Age=0'), [])
    assert.deepEqual(carriers('SSO_TOKEN=t; Path=/'), ['cookieHost'])
    assert.deepEqual(carriers('SSO_TOKEN=t;domain=.integral.com'), ['cookieDomain'])
  })

  it('but a refused one needs none', async () => {
    assertNotVerified(await login({}, 401), rule)
  })
})

describe('a session begins and goes on with status OK', () => {
  const rule = 'session.envelope'

  it('and without an error', async () => {
    for (const fields of [{ errorCode: null }, { errorCode: undefined }, { status: 'Ok' }]) {
      assertHeld(await signedIn(fields), rule)
    }
    assertNotVerified(await signedIn({ status: undefined }), rule)
  })

  it('or it is a finding', async () => {
    for (const [fields, told] of [
      [{ status: 'ERROR' }, 'status "ERROR"'],
      [{ errorCode: 'AUTH-1' }, 'errorCode "AUTH-1"'],
      [{ status: 'ERROR', errorCode: 'X' }, 'status "ERROR" and errorCode "X"'],
    ] as const) {
      const finding = found('success-with-error', rule, `answered ${told}`, 1)
      assertFindings(await signedIn(fields), finding)
      const talk = new SessionTalk()
      await talk.renew('token-one', Response.json({ status: 'OK', ...fields }))
      assertFindings(talk, finding)
    }
  })

  it('a token that is told to be invalid was not renewed, and a refusal is none', async () => {
    const talk = new SessionTalk()
    await talk.renew('token-one', Response.json({ status: 'ERROR', valid: false }))
    await talk.login('u', Response.json({ status: 'ERROR' }, { status: 401 }))
    assertNotVerified(talk, rule)
  })
})

describe('a session ends after it began', () => {
  const rule = 'session.expiry'

  it('later by a moment, or not at all', async () => {
    assertHeld(await signedIn({ expiryTime: 1001, serverUTCTime: 1000 }), rule)
    for (const expiryTime of [1000, 999]) {
      const talk = await signedIn({ expiryTime, serverUTCTime: 1000 })
      const detail = `expiryTime is ${expiryTime}, not after serverUTCTime 1000`
      assertFindings(talk, found('session-without-life', rule, detail, 1))
    }
  })

  it('where both are told', async () => {
    assertNotVerified(await signedIn({ expiryTime: undefined }), rule)
    assertNotVerified(await signedIn({ serverUTCTime: undefined }), rule)
  })
})

describe('of two passwords at most one logs in', () => {
  const rule = 'session.wrong-password'
  const login = (talk: Talk, pass: string, status: number, user = 'u') => {
    const headers = status === 200 ? { SSO_TOKEN: `token ${pass}` } : {}
    const answer = Response.json({}, { status, headers })
    return talk.call('POST', '/v2/sso/login', answer, { body: { user, pass, org: 'o' } })
  }

  for (const status of [400, 401, 404]) {
    it(`the other is refused with ${status}, before or after`, async () => {
      for (const isFirst of [true, false]) {
        const talk = new Talk()
        if (isFirst) await login(talk, 'wrong-one', status)
        await login(talk, 'right-one', 200)
        if (!isFirst) await login(talk, 'wrong-one', status)
        assertHeld(talk, rule)
      }
    })
  }

  it('and where both do it is a finding', async () => {
    const talk = new Talk()
    await login(talk, 'right-one', 200)
    await login(talk, 'wrong-one', 200)
    const detail = 'a user logged in with one password, and then with another'
    assertFindings(talk, found('wrong-password-accepted', rule, detail, 1, 2))
  })

  it('the same twice, another user, or trouble of the host show nothing', async () => {
    const talk = new Talk()
    await login(talk, 'right-one', 200)
    await login(talk, 'right-one', 200)
    await login(talk, 'another-one', 200, 'somebody else')
    await login(talk, 'wrong-one', 503)
    await login(talk, 'wrong-one', 429)
    assertNotVerified(talk, rule)
  })
})

describe('a login has user, pass and org', () => {
  const rule = 'session.incomplete-login'
  const whole = { user: 'u', pass: 'pass-word', org: 'o' }
  const login = async (body: unknown, status: number) => {
    const talk = new Talk()
    const headers = status === 200 ? { SSO_TOKEN: 'the-token' } : {}
    await talk.call('POST', '/v2/sso/login', Response.json({}, { status, headers }), { body })
    return talk
  }

  for (const field of ['user', 'pass', 'org']) {
    for (const value of [undefined, null, '']) {
      it(`${field} as ${JSON.stringify(value)} is refused, or it is a finding`, async () => {
        const body = { ...whole, [field]: value }
        assertHeld(await login(body, 400), rule)
        const detail = `a login without ${field} was answered with 200`
        const finding = found('incomplete-login-accepted', rule, detail, 1)
        assertFindings(await login(body, 200), finding)
      })
    }
  }

  it('numbers may be taken for texts, and what is no object is not judged', async () => {
    assertNotVerified(await login({ ...whole, org: 7, pass: 12345678 }, 200), rule)
    assertNotVerified(await login('user=u', 200), rule)
    assertNotVerified(await login({ ...whole, user: '' }, 503), rule)
  })
})

describe('nothing is told without a token', () => {
  const rule = 'session.token-needed'

  for (const status of [401, 403]) {
    it(`it is refused with ${status}`, async () => {
      const talk = new SessionTalk()
      await talk.askRate(undefined, refusal(status))
      assertHeld(talk, rule)
    })
  }

  for (const status of [400, 404]) {
    it(`${status} may be about what was asked, but for what others are told`, async () => {
      const talk = await signedIn()
      await talk.askRate(undefined, refusal(status))
      assertNotVerified(talk, rule)
      await talk.askRate('token-one', rate())
      assertHeld(talk, rule)
    })
  }

  it('or it is a finding', async () => {
    const talk = new SessionTalk()
    await talk.askRate(undefined, rate())
    const detail = 'GET /v2/rates/spot was answered with 200, without a token'
    assertFindings(talk, found('no-token-accepted', rule, detail, 1))
  })

  it('logins need none, signed requests and cookies have one, renewals are something else', async () => {
    const talk = await signedIn()
    await talk.call('GET', '/v2/orders', Response.json([]))
    const headers = { Cookie: 'a=b; SSO_TOKEN=token-one' }
    await talk.call('GET', '/v2/orders', Response.json([]), { headers })
    await talk.call('GET', '/v2/sso/token/renew', Response.json({ valid: false }), { headers: {} })
    assertNotVerified(talk, rule)
  })

  it('trouble of the host shows nothing', async () => {
    const talk = new SessionTalk()
    await talk.askRate(undefined, refusal(503))
    await talk.askRate(undefined, refusal(429))
    assertNotVerified(talk, rule)
  })
})

describe('a token that nobody issued is refused', () => {
  const rule = 'session.unknown-token'

  it('or it is a finding', async () => {
    const talk = await signedIn()
    await talk.askRate('made-up-token', refusal())
    assertHeld(talk, rule)
    await talk.askRate('made-up-token', rate())
    const detail = 'GET /v2/rates/spot was answered with 200, with a token that nobody issued'
    assertFindings(talk, found('unknown-token-accepted', rule, detail, 3))
  })

  it('a refusal that may be about what was asked shows nothing', async () => {
    const talk = new SessionTalk()
    await talk.askRate('made-up-token', refusal(404))
    assertNotVerified(talk, rule)
  })

  it('tokens of logins and renewals are known', async () => {
    const talk = await signedIn()
    await talk.askRate('token-one', rate())
    await talk.renew('token-one', talk.issued('token-two'))
    await talk.askRate('token-two', rate())
    assertNotVerified(talk, rule)
  })
})

describe('a token is refused after its expiry', () => {
  const rule = 'session.expired-token'

  it('by the clock of the server, and with some slack', async () => {
    for (const [passedMs, isOver] of [
      [LIFE_MS + 900, false],
      [LIFE_MS + 1_100, true],
    ] as const) {
      const talk = await signedIn()
      talk.pass(passedMs)
      await talk.askRate('token-one', refusal())
      if (isOver) assertHeld(talk, rule)
      else assertNotVerified(talk, rule)
      assertNotVerified(talk, rule, { tokenSlackMs: 5_000 })
    }
  })

  it('or it is a finding, together with what issued it', async () => {
    const talk = await signedIn()
    talk.pass(LIFE_MS + 5_000)
    await talk.askRate('token-one', rate())
    const [finding, ...others] = talk.evidence().findings
    assert.isEmpty(others)
    assert.deepInclude(finding, { code: 'expired-token-accepted', rule, exchanges: [1, 2] })
    assert.match(
      finding?.detail ?? '',
      /^a token that was over 5(\.\d+)? s before was accepted by GET \/v2\/rates\/spot$/,
    )
  })

  it('use may have given it a life more', async () => {
    const talk = await signedIn()
    talk.pass(LIFE_MS / 2)
    await talk.askRate('token-one', rate())
    talk.pass(LIFE_MS)
    await talk.askRate('token-one', rate())
    assertNotVerified(talk, rule)
    talk.pass(LIFE_MS + 2_000)
    await talk.askRate('token-one', rate())
    assert.lengthOf(talk.evidence().findings, 1)
  })

  it('a use that another scenario made may have arrived late', () => {
    for (const [overMs, count] of [
      [29_000, 0],
      [32_000, 1],
    ] as const) {
      const [issuedAt, usedAt] = [1_000, 2_000]
      const token = { number: 1, issuedAt, expiresAt: issuedAt + LIFE_MS, usedAt }
      const transcript = Transcript.restore({ baseUrl: BASE_URL }, [
        {
          ...{ number: 1, at: usedAt + LIFE_MS + overMs, tookMs: 5, token },
          request: { method: 'GET', url: `${BASE_URL}/v2/orders`, headers: [] },
          response: {
            status: 200,
            headers: [{ name: 'content-type', value: 'application/json' }],
            body: '[]',
          },
        },
      ])
      const scenario = { uri: 'a.feature', name: 'One', line: 3 }
      const { findings } = scenarioEvidence(transcript, { scenario, target: 't', seed: 's' })
      assert.lengthOf(findings, count)
    }
  })

  it('it may be renewed, and its renewal counts', async () => {
    const talk = await signedIn()
    talk.pass(LIFE_MS + 5_000)
    await talk.renew('token-one', talk.issued('token-two'))
    await talk.askRate('token-two', rate())
    assertNotVerified(talk, rule)
  })

  it('where the server tells no time, nobody knows when', async () => {
    for (const fields of [{ serverUTCTime: undefined }, { expiryTime: undefined }]) {
      const talk = await signedIn(fields)
      talk.pass(10 * LIFE_MS)
      await talk.askRate('token-one', rate())
      assertNotVerified(talk, rule)
    }
  })
})

describe('a live token is renewed', () => {
  const rule = 'session.renew-live'

  it('kept or replaced, for a longer life or the same', async () => {
    for (const [token, lifeMs] of [
      ['token-one', 2 * LIFE_MS],
      ['token-two', LIFE_MS],
    ] as const) {
      const talk = await traded()
      await talk.renew(
        'token-one',
        talk.issued(token, { valid: true, expiryTime: talk.serverNow + lifeMs }),
      )
      assertHeld(talk, rule)
    }
  })

  it('and not refused', async () => {
    const talk = await traded()
    await talk.renew('token-one', refusal())
    const [finding, ...others] = talk.evidence().findings
    assert.isEmpty(others)
    assert.deepInclude(finding, { code: 'session-not-renewed', rule, exchanges: [2, 3] })
    assert.match(finding?.detail ?? '', /^refused with 401, 59\.9\d* s before its end$/)
  })

  for (const status of [400, 404, 405]) {
    it(`${status} may be about its path or its input`, async () => {
      const talk = await traded()
      await talk.renew('token-one', refusal(status))
      assertNotVerified(talk, rule)
    })
  }

  it('nor told to be invalid', async () => {
    const talk = await traded()
    await talk.renew('token-one', Response.json({ valid: false }))
    const [finding] = talk.evidence().findings
    assert.deepInclude(finding, { rule, exchanges: [2, 3] })
    assert.match(finding?.detail ?? '', /^answered valid: false, /)
  })

  it('nor told to have expired', async () => {
    const talk = await traded()
    await talk.renew('token-one', talk.issued('token-two', { valid: true, expired: true }))
    const [finding, ...others] = talk.evidence().findings
    assert.isEmpty(others)
    assert.deepInclude(finding, { rule, exchanges: [2, 3] })
    assert.match(finding?.detail ?? '', /^answered expired: true, /)
  })

  it('a token that was refused since may have been ended early', async () => {
    const talk = await traded()
    await talk.askRate('token-one', refusal())
    await talk.renew('token-one', talk.issued('token-two', { valid: true, expired: true }))
    assertNotVerified(talk, rule)
  })

  it('nor shortened', async () => {
    const talk = await traded()
    const before = talk.serverNow + LIFE_MS
    const expiryTime = before - 2_000
    await talk.renew('token-one', talk.issued('token-one', { expiryTime }))
    const detail = `expiryTime was ${before}, and is ${expiryTime} after the renewal`
    assertFindings(talk, found('session-not-renewed', rule, detail, 1, 3))
    assertHeld(talk, rule, { tokenSlackMs: 2_000 })
  })

  it('a token that may have ended meanwhile may be refused', async () => {
    const replaced = await traded()
    await replaced.renew('token-one', replaced.issued('token-two'))
    await replaced.renew('token-one', refusal())
    assert.deepEqual(replaced.evidence().findings, [])
    const lost = await traded()
    await lost.renew('token-one', new Error('no answer'))
    await lost.renew('token-one', refusal())
    assertNotVerified(lost, rule)
    const superseded = await traded()
    await superseded.signIn('token-two')
    await superseded.renew('token-one', refusal())
    assertNotVerified(superseded, rule)
    const troubled = await traded()
    await troubled.renew('token-one', refusal(503))
    assertNotVerified(troubled, rule)
  })

  it('where its token is carried as one was that was taken', async () => {
    const unused = await signedIn()
    await unused.renew('token-one', refusal())
    assertNotVerified(unused, rule)
    const other = await signedIn()
    const headers = { Cookie: 'SSO_TOKEN=token-one' }
    await other.call('GET', '/v2/orders', Response.json([]), { headers })
    await other.renew('token-one', refusal())
    assertNotVerified(other, rule)
  })

  it('close to its end it may be live or not', async () => {
    const talk = await traded()
    talk.pass(LIFE_MS - 500)
    await talk.renew('token-one', refusal())
    assertNotVerified(talk, rule)
  })
})

describe('a token that has just expired is renewed', () => {
  const rule = 'session.renew-expired'
  const expired = async (overMs = 3_000) => {
    const talk = await traded()
    talk.pass(LIFE_MS + overMs)
    return talk
  }

  it('by a new one', async () => {
    const talk = await expired()
    await talk.renew('token-one', talk.issued('token-two', { expired: true }))
    assertHeld(talk, rule)
  })

  for (const [what, answer, detail] of [
    ['refused', () => refusal(), /^refused with 401, 3(\.\d+)? s after its end$/],
    ['kept', (talk: SessionTalk) => talk.issued('token-one'), /^answered without a new token, /],
    ['left alone', () => Response.json({ valid: false }), /^answered without a new token, /],
  ] as const) {
    it(`and not ${what}`, async () => {
      const talk = await expired()
      await talk.renew('token-one', answer(talk))
      const [finding, ...others] = talk.evidence().findings
      assert.isEmpty(others)
      assert.deepInclude(finding, { code: 'expired-not-renewed', rule, exchanges: [2, 3] })
      assert.match(finding?.detail ?? '', detail)
    })
  }

  it('404 may be about the path', async () => {
    const talk = await expired()
    await talk.renew('token-one', refusal(404))
    assertNotVerified(talk, rule)
  })

  it('how late it may be is open', async () => {
    const talk = await expired(11_000)
    await talk.renew('token-one', refusal())
    assertNotVerified(talk, rule)
  })

  it('a token that a login may have ended need not be', async () => {
    const talk = await traded()
    await talk.signIn('token-two')
    talk.pass(LIFE_MS + 3_000)
    await talk.renew('token-one', refusal())
    assertNotVerified(talk, rule)
  })
})

describe('a token that nobody issued is not renewed', () => {
  const rule = 'session.unknown-renew'
  const renewed = async (answer: (talk: SessionTalk) => Response) => {
    const talk = new SessionTalk()
    await talk.renew('made-up-token', answer(talk))
    return talk
  }

  it('but refused, or told to be invalid', async () => {
    assertHeld(await renewed(() => refusal()), rule)
    assertHeld(await renewed(() => refusal(403)), rule)
    assertHeld(await renewed(() => Response.json({ valid: false, expired: true })), rule)
  })

  it('or it is a finding', async () => {
    const code = 'unknown-token-renewed'
    const valid = await renewed(() => Response.json({ valid: true }))
    const said = 'a token that nobody issued was answered with valid: true'
    assertFindings(valid, found(code, rule, said, 1))
    const brought = await renewed((talk) => talk.issued('token-two'))
    assertFindings(brought, found(code, rule, 'a token that nobody issued brought another', 1))
  })

  it('and so it is where what it brought is taken', async () => {
    const talk = await renewed((each) => each.issued('token-two', { valid: false }))
    assertNotVerified(talk, rule)
    await talk.askRate('token-two', rate())
    const detail = 'a token that nobody issued was renewed, and then taken'
    assertFindings(talk, found('unknown-token-renewed', rule, detail, 1, 2))
  })

  it('trouble of the host, and answers that tell nothing, show nothing', async () => {
    for (const status of [400, 404, 405, 503]) {
      assertNotVerified(await renewed(() => refusal(status)), rule)
    }
    assertNotVerified(await renewed(() => Response.json({ apiVersion: '1' })), rule)
  })
})
