import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, it } from 'node:test'
import { assert } from 'chai'
import {
  EndpointConfigError,
  endpointSecrets,
  readEndpointConfig,
} from '../../src/backends/endpoint/endpoint-config.ts'
import {
  defaultEndpointSettings,
  parseEndpointSettings,
} from '../../src/backends/endpoint/endpoint-settings.ts'
import { madeAuthority } from './certificates.ts'
import { configOf, environmentOf, HMAC_SECRET, PASSWORD } from './environment.ts'
import { inFolder } from './temporary-folder.ts'

const UAT = 'https://uat.fxinside.net'

/** What is wrong with an environment, one sentence each. */
function problemsOf(
  env: Readonly<Record<string, string | undefined>>,
  settings = defaultEndpointSettings,
): readonly string[] {
  try {
    readEndpointConfig(env, settings)
  } catch (error) {
    if (!(error instanceof EndpointConfigError)) throw error
    assert.equal(error.message, error.problems.join('\n'))
    for (const problem of error.problems) assert.match(problem, /^\w.+[.?]$/)
    return error.problems
  }
  return assert.fail('Nothing wrong with it.')
}

const problemsWith = (more: Readonly<Record<string, string | undefined>>) =>
  problemsOf(environmentOf(UAT, more))

describe('readEndpointConfig', () => {
  it('reads an endpoint, and caps what it may do by default', () => {
    assert.deepEqual(configOf(`${UAT}/`), {
      baseUrl: UAT,
      host: 'uat.fxinside.net',
      isLoopback: false,
      credentials: { user: 'ada', password: PASSWORD, org: 'ORG1' },
      further: [],
      auth: 'token',
      symbol: 'EUR/USD',
      caps: { maxSize: 100_000, maxOrders: 200, maxOpenOrders: 20, maxRequestsPerSecond: 25 },
      probeLogin: true,
      allowResend: false,
      settings: defaultEndpointSettings,
    })
  })

  it('reads everything else that can be said', () => {
    const config = configOf('https://mock.example', {
      INTEGRAL_ALLOW_HOST: 'mock.example',
      INTEGRAL_SYMBOL: 'USD/JPY',
      INTEGRAL_PROBE_LOGIN: 'off',
      INTEGRAL_ALLOW_RESEND: '1',
      INTEGRAL_MAX_SIZE: '25000.5',
      INTEGRAL_MAX_ORDERS: '7',
      INTEGRAL_MAX_OPEN_ORDERS: '3',
      INTEGRAL_MAX_REQUESTS_PER_SECOND: '0.5',
      INTEGRAL_EVIDENCE_KEY: 'whatever',
      INTEGRAL: 'not ours',
    })
    assert.deepInclude(config, {
      host: 'mock.example',
      symbol: 'USD/JPY',
      probeLogin: false,
      allowResend: true,
      caps: { maxSize: 25_000.5, maxOrders: 7, maxOpenOrders: 3, maxRequestsPerSecond: 0.5 },
    })
  })

  it('takes empty variables for absent ones', () => {
    const empty = { INTEGRAL_AUTH: '', INTEGRAL_SYMBOL: '', INTEGRAL_CA_FILE: '', HTTPS_PROXY: '' }
    assert.deepEqual(configOf(UAT, empty), configOf(UAT))
    assert.deepEqual(problemsOf(environmentOf('', { INTEGRAL_USER: '', INTEGRAL_ORG: '' })), [
      'The base URL is refused, because none is given: set INTEGRAL_BASE_URL, for example to https://uat.fxinside.net.',
      'INTEGRAL_USER is not set: give the API user that Integral issued.',
      'INTEGRAL_ORG is not set: give the organisation of that user.',
    ])
  })

  it('says everything that is wrong at once, and shows no secret', () => {
    const problems = problemsOf({
      INTEGRAL_BASE_URL: `https://ada:${PASSWORD}@uat.fxinside.net`,
      INTEGRAL_PASSWORD: PASSWORD,
      INTEGRAL_AUTH: PASSWORD,
      INTEGRAL_SYMBOL: PASSWORD,
      INTEGRAL_MAX_SIZE: PASSWORD,
      INTEGRAL_CA_FILE: PASSWORD,
      INTEGRAL_PROBE_LOGIN: PASSWORD,
      INTEGRAL_PASWORD: PASSWORD,
    })
    assert.lengthOf(problems, 9)
    assert.match(problems[0] ?? '', /refused/)
    assert.notInclude(problems.join(), PASSWORD)
  })

  it('needs a password for tokens and a secret for HMAC', () => {
    assert.deepEqual(problemsWith({ INTEGRAL_PASSWORD: undefined }), [
      'INTEGRAL_PASSWORD is not set: give the password.',
    ])
    assert.deepEqual(problemsWith({ INTEGRAL_AUTH: 'hmac' }), [
      'INTEGRAL_HMAC_SECRET is not set: give the secret that Integral issued, or INTEGRAL_AUTH=token.',
    ])
    const hmac = configOf(UAT, {
      INTEGRAL_AUTH: 'hmac',
      INTEGRAL_HMAC_SECRET: HMAC_SECRET,
      INTEGRAL_PASSWORD: '',
    })
    assert.deepInclude(hmac, { auth: 'hmac', hmacSecret: HMAC_SECRET })
    assert.deepInclude(hmac.credentials, { password: '' })
    assert.match(
      problemsWith({ INTEGRAL_AUTH: 'hmac', INTEGRAL_HMAC_SECRET: 'x', INTEGRAL_USER: 'a"b' })[0] ??
        '',
      /cannot be signed/,
    )
  })

  it('reads further logins in the order of their numbers, and keeps their secrets as well', () => {
    const login = (number: number, more = {}) => ({
      [`INTEGRAL_USER_${number}`]: `user${number}`,
      [`INTEGRAL_ORG_${number}`]: 'ORG1',
      [`INTEGRAL_PASSWORD_${number}`]: `word-${number}`,
      ...more,
    })
    const many = [10, 9, 8, 7, 6, 5, 4, 3, 2].map((number) => login(number))
    const { further } = configOf(UAT, Object.assign({}, ...many))
    assert.deepEqual(
      further.map(({ credentials }) => credentials.user),
      [2, 3, 4, 5, 6, 7, 8, 9, 10].map((number) => `user${number}`),
    )
    const hmac = { INTEGRAL_AUTH: 'hmac', INTEGRAL_HMAC_SECRET: HMAC_SECRET }
    const second = login(2, { INTEGRAL_HMAC_SECRET_2: 'another-secret' })
    const secrets = endpointSecrets(configOf(UAT, { ...hmac, ...second }))
    assert.includeMembers(secrets, [PASSWORD, HMAC_SECRET, 'word-2', 'another-secret'])
    assert.deepEqual(problemsWith({ ...hmac, ...login(2) }), [
      'INTEGRAL_HMAC_SECRET_2 is not set: give the secret that Integral issued, or INTEGRAL_AUTH=token.',
    ])
    assert.match(problemsWith({ INTEGRAL_USER_02: 'x' })[0] ?? '', /^Unknown variable/)
    assert.match(problemsWith({ INTEGRAL_SYMBOL_2: 'x' })[0] ?? '', /^Unknown variable/)
  })

  for (const [name, values, sentence] of [
    ['INTEGRAL_AUTH', ['HMAC', 'none'], /: use token or hmac, written so\.$/],
    ['INTEGRAL_PROBE_LOGIN', ['yes', '0'], /: use on or off, written so\.$/],
    ['INTEGRAL_ALLOW_RESEND', ['yes', 'true', '2'], /: use 0 or 1, written so\.$/],
    ['INTEGRAL_SYMBOL', ['EURUSD', 'eur/usd', 'EUR/USD ', 'EUR/USDX'], /EUR\/USD/],
    ['INTEGRAL_MAX_SIZE', ['0', '-1', '1e5', '100,000', '1_000', 'Infinity', ' 5'], /above 0/],
    ['INTEGRAL_MAX_ORDERS', ['0', '1.5', '-2', 'NaN'], /whole number from 1/],
    ['INTEGRAL_MAX_OPEN_ORDERS', ['0', '0x5', '2.5'], /whole number from 1/],
    ['INTEGRAL_MAX_REQUESTS_PER_SECOND', ['0', '0.0', '-1', '.5'], /above 0/],
  ] as const) {
    it(`says what ${name} can be`, () => {
      for (const value of values) {
        const problems = problemsWith({ [name]: value })
        assert.include(problems[0], name)
        assert.match(problems.at(-1) ?? '', sentence)
      }
    })
  }

  it('names a misspelt variable and the nearest known one', () => {
    assert.deepEqual(problemsWith({ INTEGRAL_ORGANISATION: 'x', INTEGRAL_PROXY_LOGIN: 'off' }), [
      'Unknown variable INTEGRAL_ORGANISATION: did you mean INTEGRAL_ORG?',
      'Unknown variable INTEGRAL_PROXY_LOGIN: did you mean INTEGRAL_PROBE_LOGIN?',
    ])
  })

  it('lets no order be larger than the largest', () => {
    assert.deepEqual(problemsWith({ INTEGRAL_MAX_SIZE: '9999' }), [
      'Setting "order.size" (10000) is above INTEGRAL_MAX_SIZE (9999): lower the one or raise the other.',
    ])
    const large = parseEndpointSettings({ 'order.size': 300_000, 'order.minSize': 200_000 })
    assert.lengthOf(problemsOf(environmentOf(UAT), large), 2)
  })

  it('reads the certificates of a CA file, and nothing else of it', async () => {
    const ca = await madeAuthority()
    const other = await madeAuthority('Other CA')
    await inFolder((folder) => {
      const path = join(folder, 'ca.pem')
      writeFileSync(path, `Bag attributes\n${ca.key}\n${ca.cert}\n${other.cert}`)
      const pem = configOf(UAT, { INTEGRAL_CA_FILE: path }).ca ?? ''
      assert.include(pem, ca.cert.trim())
      assert.include(pem, other.cert.trim())
      assert.notInclude(pem, 'PRIVATE')
    })
  })

  it('says what is wrong with a CA file', async () => {
    const ca = await madeAuthority()
    await inFolder((folder) => {
      const path = join(folder, 'ca.pem')
      const problemOf = (text: string) => {
        writeFileSync(path, text)
        return problemsWith({ INTEGRAL_CA_FILE: path })[0] ?? ''
      }
      assert.match(problemOf(ca.key), /holds no certificate in PEM: give/)
      assert.match(problemOf(''), /holds no certificate/)
      assert.match(problemOf(ca.cert.replace(/^M/m, 'x')), /damaged/)
      assert.match(problemsWith({ INTEGRAL_CA_FILE: folder })[0] ?? '', /cannot be read \(EISDIR\)/)
      assert.match(
        problemsWith({ INTEGRAL_CA_FILE: join(folder, 'none') })[0] ?? '',
        /cannot be read \(ENOENT\)/,
      )
    })
  })
})

describe('The proxy of an endpoint', () => {
  const proxyOf = (env: Readonly<Record<string, string>>, baseUrl = UAT) =>
    configOf(baseUrl, env).proxy

  it('is what the environment names, and its password is a secret', () => {
    const config = configOf(UAT, { HTTPS_PROXY: 'http://me:p%40ss-w0rd@proxy.example:3128/' })
    assert.deepEqual(config.proxy, {
      url: 'http://me:p%40ss-w0rd@proxy.example:3128',
      shown: 'http://proxy.example:3128',
      secrets: ['p%40ss-w0rd', 'p@ss-w0rd'],
    })
    assert.deepEqual(endpointSecrets(config), [PASSWORD, 'p%40ss-w0rd', 'p@ss-w0rd'])
  })

  it('is HTTPS_PROXY before HTTP_PROXY, and lower case before upper', () => {
    const all = {
      https_proxy: 'http://a.example:1',
      HTTPS_PROXY: 'http://b.example:1',
      http_proxy: 'https://c.example:1',
      HTTP_PROXY: 'd.example:1',
    }
    assert.equal(proxyOf(all)?.shown, 'http://a.example:1')
    assert.equal(proxyOf({ ...all, https_proxy: '' })?.shown, 'http://b.example:1')
    assert.equal(
      proxyOf({ ...all, https_proxy: '', HTTPS_PROXY: '' })?.shown,
      'https://c.example:1',
    )
    assert.equal(proxyOf({ HTTP_PROXY: all.HTTP_PROXY })?.shown, 'http://d.example:1')
  })

  it('is none for loopback', () => {
    const env = { HTTPS_PROXY: 'http://a.example:1', HTTP_PROXY: 'http://a.example:1' }
    for (const loopback of ['http://127.0.0.1', 'https://localhost', 'http://[::1]:5'])
      assert.isUndefined(proxyOf(env, loopback))
  })

  for (const [noProxy, isProxied] of [
    ['', true],
    ['*', false],
    ['other.example, *', false],
    ['uat.fxinside.net', false],
    ['UAT.FXINSIDE.NET', false],
    ['fxinside.net', false],
    ['.fxinside.net', false],
    ['*.fxinside.net', false],
    ['*.uat.fxinside.net', true],
    ['inside.net', true],
    ['uat.fxinside.net:443', false],
    ['uat.fxinside.net:8443', true],
    ['a.example uat.fxinside.net.', false],
    ['fxinside.net.example', true],
  ] as const) {
    it(`is ${isProxied ? '' : 'not '}used where NO_PROXY is "${noProxy}"`, () => {
      const proxy = proxyOf({ HTTPS_PROXY: 'http://a.example:1', NO_PROXY: noProxy })
      assert.equal(proxy !== undefined, isProxied)
      assert.isTrue(
        proxyOf({ HTTPS_PROXY: 'http://a.example:1', no_proxy: 'x', NO_PROXY: noProxy }) !==
          undefined,
      )
    })
  }

  it('is refused where it is none, and not quoted', () => {
    for (const url of [
      'socks5://a:pa55@b.example',
      'http://',
      'http://me:%zz@a.example',
      '::',
      'http://a b',
    ])
      assert.deepEqual(problemsWith({ https_proxy: url }), [
        'https_proxy is not the URL of a proxy: write it like http://host:port.',
      ])
  })
})

describe('endpointSecrets', () => {
  it('knows the HMAC secret, used or not', () => {
    const config = configOf(UAT, { INTEGRAL_HMAC_SECRET: HMAC_SECRET })
    assert.deepEqual(endpointSecrets(config), [PASSWORD, HMAC_SECRET])
  })
})
