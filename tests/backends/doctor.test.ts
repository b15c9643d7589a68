import { writeFileSync } from 'node:fs'
import { createServer, type RequestListener } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { join } from 'node:path'
import { Writable } from 'node:stream'
import { before, describe, it } from 'node:test'
import { assert } from 'chai'
import { type DoctorEnvironment, doctor } from '../../src/cli/doctor.ts'
import { type Certified, certified, madeAuthority } from './certificates.ts'
import { type Answers, endpoint, RENEWED_TOKEN, rate, TOKEN } from './doctor-endpoint.ts'
import { environmentOf, HMAC_SECRET, PASSWORD } from './environment.ts'
import { freePort, serving, silent, tunnelTo } from './servers.ts'
import { inFolder } from './temporary-folder.ts'

interface Examination {
  readonly code: number
  /** Everything that was printed. */
  readonly text: string
  /** By check: its state and what stands beside it, remedy included. */
  readonly states: Readonly<Record<string, string>>
  readonly says: Readonly<Record<string, string>>
}

async function examine(
  env: DoctorEnvironment['env'],
  settings: object = {},
  cwd = '/nowhere',
): Promise<Examination> {
  let text = ''
  const stdout = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk)
      done()
    },
  })
  const code = await doctor({ cwd, stdout, stderr: stdout, env }, settings)
  const rows = text.split(/\n(?! )/).flatMap((line) => {
    const [, name, state, says = ''] =
      /^(\w[\w ]*?) {2,}(ok|broken|not checked) {2,}(.*)$/s.exec(line) ?? []
    return name === undefined || state === undefined ? [] : [{ name, state, says }]
  })
  return {
    code,
    text,
    states: Object.fromEntries(rows.map(({ name, state }) => [name, state])),
    says: Object.fromEntries(rows.map(({ name, says }) => [name, says])),
  }
}

async function examineHttp(
  answers: Answers = {},
  more: DoctorEnvironment['env'] = {},
): Promise<Examination & { readonly lines: readonly string[] }> {
  const lines: string[] = []
  return serving(createServer(endpoint(lines, answers)), async (port) => ({
    ...(await examine(environmentOf(`http://127.0.0.1:${port}`, more))),
    lines,
  }))
}

const LOGIN = 'POST /v2/sso/login'
const RENEW = 'GET /v2/sso/token/renew'
const RATE = 'GET /v2/rates/spot?symbol=EUR%2FUSD'

/** The usual states over http to loopback, with those of `other` in their place. */
const states = (other: Readonly<Record<string, string>>) => ({
  configuration: 'ok',
  DNS: 'ok',
  TLS: 'not checked',
  login: 'ok',
  'clock skew': 'ok',
  'token transport': 'ok',
  renewal: 'ok',
  rate: 'ok',
  ...other,
})

describe('doctor', () => {
  it('finds a healthy endpoint healthy, logs in once and places nothing', async () => {
    const { code, text, states: seen, says, lines } = await examineHttp()
    assert.deepEqual(seen, states({}))
    assert.equal(code, 0)
    assert.match(text, /\n\nverify --target uat can run\.\n$/)
    assert.deepEqual(lines, [LOGIN, RENEW, RATE])
    assert.match(says.configuration ?? '', /^http:\/\/127.*behind loopback is unknown.*EUR\/USD$/)
    assert.equal(says.TLS, 'because http to loopback has none')
    assert.equal(says.login, 'as ada of ORG1, for 60 s')
    assert.equal(
      says['token transport'],
      'header SSO_TOKEN, cookie SSO_TOKEN (.integral.com), cookie SSO_TOKEN (host only)',
    )
    assert.equal(says.renewal, 'brought another token')
    assert.match(says.rate ?? '', /^EUR\/USD 1\.1863 \(1000000\) \/ 1\.18638 \(2000000\), /)
  })

  it('stands in a table', async () => {
    const { text } = await examineHttp({ [RATE]: () => ({ status: 404, body: {} }) })
    const [table = ''] = text.split('\n\n')
    for (const line of table.split('\n'))
      assert.match(line, /^(?:[\w ]{17}(?:ok|broken|not checked) *(?<=^.{30})\S| {30}→ \S)/)
  })

  it('says who must act where the login is refused', async () => {
    const {
      code,
      text,
      states: seen,
      says,
      lines,
    } = await examineHttp({
      [LOGIN]: () => ({ status: 401, body: { errorCode: 'E7', errorMessage: 'unknown user' } }),
    })
    const blocked = 'not checked'
    assert.deepEqual(
      seen,
      states({
        login: 'broken',
        'clock skew': blocked,
        'token transport': blocked,
        renewal: blocked,
        rate: blocked,
      }),
    )
    assert.match(says.login ?? '', /^HTTP 401, E7: unknown user\n +→ Check INTEGRAL_USER/)
    assert.equal(says.rate, 'because login is broken')
    assert.equal(code, 2)
    assert.match(text, /verify --target uat cannot run yet: 1 check is broken\.\n$/)
    assert.deepEqual(lines, [LOGIN])
  })

  it('does not call a login without a token one', async () => {
    const { states: seen, says } = await examineHttp({ [LOGIN]: () => ({ body: {} }) })
    assert.equal(seen.login, 'broken')
    assert.match(says.login ?? '', /^HTTP 200, not as documented: header SSO_TOKEN: /)
  })

  it('tells a failing server from a wrong password', async () => {
    const { says } = await examineHttp({ [LOGIN]: () => ({ status: 503, body: {} }) })
    assert.match(says.login ?? '', /^HTTP 503\n +→ The endpoint failed by itself/)
  })

  for (const [skewMs, state, seen] of [
    [-40_000, 'broken', /^the server is (39|40) s behind this machine\n +→ Set the clock/],
    [45_000, 'broken', /^the server is (44|45) s ahead of this machine\n/],
    [20_000, 'ok', /^the server is (19|20) s ahead of this machine$/],
  ] as const) {
    it(`calls a clock ${skewMs} ms away ${state}, and checks the rest`, async () => {
      const {
        states: all,
        says,
        code,
      } = await examineHttp({
        [LOGIN]: () => ({
          headers: { SSO_TOKEN: TOKEN },
          body: { serverUTCTime: Date.now() + skewMs },
        }),
        [RATE]: () => ({ body: rate({ time: Date.now() + skewMs }) }),
      })
      assert.deepEqual(all, states({ 'clock skew': state }))
      assert.match(says['clock skew'] ?? '', seen)
      assert.match(says.rate ?? '', / 0\.\d s old$| 0\.\d s in the future$/)
      assert.equal(code, state === 'ok' ? 0 : 2)
    })
  }

  it('does not check the clock of a server that tells no time', async () => {
    const {
      states: seen,
      says,
      code,
    } = await examineHttp({
      [LOGIN]: () => ({ headers: { 'Set-Cookie': `SSO_TOKEN=${TOKEN}` }, body: {} }),
    })
    assert.deepEqual(seen, states({ 'clock skew': 'not checked' }))
    assert.equal(says['token transport'], 'cookie SSO_TOKEN (host only)')
    assert.equal(says.login, 'as ada of ORG1, for an unknown time')
    assert.equal(code, 0)
  })

  for (const [about, answer, state, seen] of [
    ['refused', { status: 401, body: {} }, 'broken', /^HTTP 401\n/],
    ['no renewal', { body: { valid: false } }, 'broken', /^a token that was just issued is called/],
    ['the same token', { body: { valid: true } }, 'ok', /^prolonged the same token$/],
    ['malformed', { body: { valid: 'yes' } }, 'broken', /^HTTP 200, not as documented: valid: /],
  ] as const) {
    it(`reads a renewal that is ${about}, and asks for a rate all the same`, async () => {
      const { states: all, says, lines } = await examineHttp({ [RENEW]: () => answer })
      assert.deepEqual(all, states({ renewal: state }))
      assert.match(says.renewal ?? '', seen)
      assert.deepEqual(lines, [LOGIN, RENEW, RATE])
    })
  }

  for (const [about, answer, seen] of [
    [
      'there is none',
      { status: 404, body: {} },
      /^EUR\/USD: HTTP 404\n +→ Ask Integral that a provider/,
    ],
    [
      'it is old',
      { body: rate({ time: 1_602_536_120_080 }) },
      /^no provider seems to stream: .* d old\n/,
    ],
    [
      'one side is empty',
      { body: rate({ offerLimit: 0 }) },
      /^nothing can be traded on one side: /,
    ],
    ['it is of another pair', { body: rate({ symbol: 'GBP/USD' }) }, /^not the pair EUR\/USD /],
    [
      'it is malformed',
      { body: { ...rate(), bid: '1.18' } },
      /^EUR\/USD: HTTP 200, not as doc.* bid: /,
    ],
    ['the session is refused', { status: 401, body: {} }, /^EUR\/USD: HTTP 401\n/],
  ] as const) {
    it(`says so where no rate can be had, as ${about}`, async () => {
      const { states: all, says, code, lines } = await examineHttp({ [RATE]: () => answer })
      assert.deepEqual(all, states({ rate: 'broken' }))
      assert.match(says.rate ?? '', seen)
      assert.equal(code, 2)
      assert.deepEqual(lines, [LOGIN, RENEW, RATE])
    })
  }

  it('says so where nothing listens', async () => {
    const { says, code } = await examine(environmentOf(`http://localhost:${await freePort()}`))
    assert.match(
      says.login ?? '',
      /^nothing listens there \(ECONNREFUSED\)\n +→ Check host and port/,
    )
    assert.equal(says.DNS, 'not needed: localhost is loopback, whatever resolves it')
    assert.equal(code, 2)
  })

  it('says so where the host hangs', async () => {
    await serving(silent(), async (port) => {
      const { says, code } = await examine(environmentOf(`http://127.0.0.1:${port}`), {
        'headers.withinMs': 100,
      })
      assert.match(says.login ?? '', /^no answer in time \(UND_ERR_HEADERS_TIMEOUT\)\n/)
      assert.equal(code, 2)
    })
  })
})

describe('doctor, on the configuration', () => {
  it('says everything that is wrong with it, and connects to nothing', async () => {
    const {
      code,
      states: seen,
      says,
      text,
    } = await examine({
      INTEGRAL_BASE_URL: `https://ada:${PASSWORD}@uat.fxinside.net`,
      INTEGRAL_USER: 'ada',
      INTEGRAL_PASSWORD: PASSWORD,
    })
    assert.match(
      says.configuration ?? '',
      /^The base URL is refused, .*\n +INTEGRAL_ORG is not set/,
    )
    assert.deepEqual([...new Set(Object.values(seen))], ['broken', 'not checked'])
    assert.equal(says.login, 'because configuration is broken')
    assert.equal(code, 2)
    assert.notInclude(text, PASSWORD)
  })

  it('says what is wrong with settings and with .env', async () => {
    const { says, code } = await examine(environmentOf('http://127.0.0.1:1'), { 'poll.first': 5 })
    assert.match(says.configuration ?? '', /^Unknown setting "poll.first"/)
    assert.equal(code, 2)
    await inFolder(async (folder) => {
      writeFileSync(join(folder, '.env'), 'INTEGRAL_USER')
      const other = await examine({}, {}, folder)
      assert.match(other.says.configuration ?? '', /^Line 1 of \.env is neither/)
    })
  })
})

describe('doctor, under HMAC', () => {
  it('asks for a signed rate, and for nothing else', async () => {
    const authorizations: unknown[] = []
    const {
      states: seen,
      lines,
      code,
      text,
    } = await examineHttp(
      {
        [RATE]: (headers) => {
          authorizations.push(headers.authorization)
          return { body: rate() }
        },
      },
      { INTEGRAL_AUTH: 'hmac', INTEGRAL_HMAC_SECRET: HMAC_SECRET, INTEGRAL_PASSWORD: '' },
    )
    const none = 'not checked'
    assert.deepEqual(
      seen,
      states({ login: none, 'clock skew': none, 'token transport': none, renewal: none }),
    )
    assert.deepEqual(lines, [RATE])
    assert.match(String(authorizations), /^hmac username="ada", .*signature=".+"$/)
    assert.equal(code, 0)
    assert.notInclude(text, HMAC_SECRET)
  })
})

describe('doctor, over TLS', () => {
  let ca: Certified
  before(async () => {
    ca = await madeAuthority()
  })

  const tls = (own: Certified, listener: RequestListener) => createTlsServer(own, listener)

  /** Examines with the CA file in a folder of its own. */
  const trusting = (env: DoctorEnvironment['env']) =>
    inFolder((folder) => {
      writeFileSync(join(folder, 'ca.pem'), ca.cert)
      return examine({ ...env, INTEGRAL_CA_FILE: 'ca.pem' }, {}, folder)
    })

  it('shows whose certificate it is', async () => {
    await serving(tls(await certified(ca, 'localhost'), endpoint([])), async (port) => {
      const {
        states: seen,
        says,
        code,
      } = await trusting(environmentOf(`https://localhost:${port}`))
      assert.deepEqual(seen, states({ TLS: 'ok' }))
      assert.match(
        says.TLS ?? '',
        /^TLSv1\.3, certificate of "localhost" by "Test CA", good for 36[45] days$/,
      )
      assert.equal(code, 0)
    })
  })

  it('sends no password where the issuer is unknown', async () => {
    const lines: string[] = []
    await serving(tls(await certified(ca, 'localhost'), endpoint(lines)), async (port) => {
      const { states: seen, says, code } = await examine(environmentOf(`https://localhost:${port}`))
      assert.equal(seen.TLS, 'broken')
      assert.match(
        says.TLS ?? '',
        /issuer that is not trusted \(UNABLE_TO_VERIFY_LEAF_SIGNATURE\)\n +→ .*INTEGRAL_CA_FILE/,
      )
      assert.equal(says.login, 'because TLS is broken')
      assert.equal(code, 2)
      assert.deepEqual(lines, [])
    })
  })

  it('says so where the certificate is of another host, or the port speaks no TLS', async () => {
    await serving(tls(await certified(ca, 'other.example'), endpoint([])), async (port) => {
      const { says } = await trusting(environmentOf(`https://127.0.0.1:${port}`))
      assert.match(says.TLS ?? '', /^the certificate is for another host \(ERR_TLS_CERT_ALTNAME/)
    })
    await serving(createServer(endpoint([])), async (port) => {
      const { says } = await examine(environmentOf(`https://127.0.0.1:${port}`))
      assert.match(says.TLS ?? '', /^the port does not speak TLS as it should \(/)
    })
  })

  it('goes through the proxy, which alone knows the name', async () => {
    const asked: string[] = []
    await serving(tls(await certified(ca, 'uat.fxinside.net'), endpoint([])), (port) =>
      serving(tunnelTo(port, asked), async (proxyPort) => {
        const {
          states: seen,
          says,
          text,
        } = await trusting(
          environmentOf('https://uat.fxinside.net', {
            HTTPS_PROXY: `http://me:pr0xy-w0rd@127.0.0.1:${proxyPort}`,
          }),
        )
        assert.deepEqual(seen, states({ TLS: 'ok', DNS: 'not checked' }))
        assert.include(says.TLS, `through http://127.0.0.1:${proxyPort}, certificate of "uat.fx`)
        assert.notInclude(text, 'pr0xy-w0rd')
        const me = Buffer.from('me:pr0xy-w0rd').toString('base64')
        for (const head of asked) assert.include(head, `Basic ${me}`)
        assert.isAtLeast(asked.length, 2)
      }),
    )
  })

  it('says so where the proxy refuses', async () => {
    const refusing = createServer().on('connect', (_, socket) =>
      socket.end('HTTP/1.1 407 Proxy Authentication Required\r\n\r\n'),
    )
    await serving(refusing, async (port) => {
      const { says, code } = await examine(
        environmentOf('https://uat.fxinside.net', { HTTPS_PROXY: `http://127.0.0.1:${port}` }),
      )
      assert.match(says.TLS ?? '', /^the proxy refused the way \(UND_ERR_ABORTED\)\n/)
      assert.equal(code, 2)
    })
  })
})

describe('doctor, whatever is echoed', () => {
  it('shows no secret, and nothing that a terminal obeys', async () => {
    const echo: Answers[string] = (headers, body) => ({
      status: 400,
      body: {
        errorMessage:
          `${body} \u001b[2J\u2028${headers.sso_token} ${headers.authorization} ` +
          `${encodeURIComponent(PASSWORD)} ${Buffer.from(`x${PASSWORD}`).toString('base64')}`,
      },
    })
    for (const answers of [{ [LOGIN]: echo }, { [RENEW]: echo, [RATE]: echo }]) {
      const { text, code } = await examineHttp(answers)
      assert.equal(code, 2)
      assert.include(text, '‹redacted›')
      assertClean(text, [PASSWORD, TOKEN, RENEWED_TOKEN])
    }
    const issued = await examineHttp({
      [RENEW]: () => ({
        status: 400,
        headers: { SSO_TOKEN: RENEWED_TOKEN },
        body: { errorMessage: `not ${RENEWED_TOKEN}` },
      }),
    })
    assert.match(issued.says.renewal ?? '', /^HTTP 400, not ‹redacted›\n/)
    let signature = ''
    const { text } = await examineHttp(
      {
        [RATE]: (headers, body) => {
          signature = /signature="([^"]+)"/.exec(headers.authorization ?? '')?.[1] ?? ''
          return echo(headers, body)
        },
      },
      { INTEGRAL_AUTH: 'hmac', INTEGRAL_HMAC_SECRET: HMAC_SECRET },
    )
    assert.notEqual(signature, '')
    assertClean(text, [PASSWORD, HMAC_SECRET, signature])
  })
})

function assertClean(text: string, secrets: readonly string[]): void {
  for (const secret of secrets) {
    for (const form of [
      secret,
      encodeURIComponent(secret),
      JSON.stringify(secret).slice(1, -1),
      Buffer.from(`x${secret}`).toString('base64').slice(4, -4),
    ])
      assert.notInclude(text, form)
  }
  assert.notMatch(text, /[^\P{Cc}\n]|\u2028/u)
}
