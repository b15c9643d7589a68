import { describe, it } from 'node:test'
import { assert } from 'chai'
import fc from 'fast-check'
import { guardBaseUrl } from '../../src/backends/endpoint/base-url-guard.ts'

/** The sentence with which a base URL is refused. */
function refusalOf(text: string | undefined, allowHost?: string): string {
  const verdict = guardBaseUrl(text, allowHost)
  return verdict.ok ? assert.fail(`Accepted: ${verdict.baseUrl}`) : verdict.why
}

function acceptedBy(text: string, allowHost?: string) {
  const verdict = guardBaseUrl(text, allowHost)
  return verdict.ok ? verdict : assert.fail(verdict.why)
}

const ACCEPTED: readonly (readonly [text: string, baseUrl: string, isLoopback: boolean])[] = [
  ['https://uat.fxinside.net', 'https://uat.fxinside.net', false],
  ['https://uat.fxinside.net/', 'https://uat.fxinside.net', false],
  ['HTTPS://UAT.FXInside.NET:8443/rest/', 'https://uat.fxinside.net:8443/rest', false],
  ['https://uat-2.fxinside.net', 'https://uat-2.fxinside.net', false],
  ['https://api.uat.fxinside.net', 'https://api.uat.fxinside.net', false],
  ['https://uat-eu.api.integral.com:443', 'https://uat-eu.api.integral.com', false],
  // As the parser normalises it, this is the UAT host and no other.
  ['https://ｕat.fxinside。net', 'https://uat.fxinside.net', false],
  ['http://127.0.0.1:8080', 'http://127.0.0.1:8080', true],
  ['http://127.8.9.1', 'http://127.8.9.1', true],
  ['http://2130706433:80', 'http://127.0.0.1', true],
  ['http://0x7f.1', 'http://127.0.0.1', true],
  ['https://[::1]:9000', 'https://[::1]:9000', true],
  ['http://[0:0:0:0:0:0:0:1]', 'http://[::1]', true],
  ['http://LOCALHOST:3000/x', 'http://localhost:3000/x', true],
]

const REFUSED: readonly string[] = [
  '',
  ' ',
  'uat.fxinside.net',
  'ftp://uat.fxinside.net',
  'ws://uat.fxinside.net',
  'file:///etc/hosts',
  'https:uat.fxinside.net',
  'https:///uat.fxinside.net',
  'http://uat.fxinside.net',
  'http://uat-2.integral.com:8080',
  'https://uat.fxinside.net?',
  'https://uat.fxinside.net?a=b',
  'https://uat.fxinside.net#',
  'https://uat.fxinside.net/#x',
  'https://ada:pa55word@uat.fxinside.net',
  'https://pa55word@uat.fxinside.net',
  'https://@uat.fxinside.net',
  'https://uat.fxinside.net@evil.example',
  'https://uat.fxinside.net:443@evil.example',
  'https://uat.fxinside.net\\@evil.example',
  'https://evil.example\\.uat.fxinside.net',
  'https:\\\\uat.fxinside.net',
  'https://uat.fx\tinside.net',
  'https://uat.fxinside.net\n',
  ' https://uat.fxinside.net',
  'https://uat.fxinside.net\u0000',
  'https://uat.fxinside.net\u00a0',
  'https://fxinside.net',
  'https://www.fxinside.net',
  'https://docs.fxinside.net/_mock',
  'https://myuat.fxinside.net',
  'https://uat2.fxinside.net',
  'https://uat_2.fxinside.net',
  'https://uat.fxinside.net.',
  'https://uat..fxinside.net',
  'https://uat.fxinside.net.evil.example',
  'https://evil-fxinside.net',
  'https://uatfxinside.net',
  'https://uat.evil-integral.com',
  'https://uat.integral.com.example',
  'https://uat.fхinside.net',
  'https://uat.fxinside.net%2eevil.example',
  'https://uat-prod.fxinside.net',
  'https://uat.prod.fxinside.net',
  'https://uat.live-2.integral.com',
  'https://uat-production.integral.com',
  'https://uat.PROD2.fxinside.net',
  'https://evil.example',
  'https://127.0.0.1.nip.io',
  'https://localhost.example',
  'https://foo.localhost',
  'https://localhost.',
  'https://0.0.0.0',
  'http://0.0.0.0:8080',
  'http://0',
  'https://[::]',
  'https://[::ffff:127.0.0.1]',
  'https://[::ffff:7f00:1]',
  'https://[::7f00:1]',
  'https://128.0.0.1',
  'https://10.0.0.1',
  'https://169.254.169.254',
  'https://127.0.0.256',
  'https://',
  'https://[::1',
  'https://uat.fxinside.net:99999',
]

describe('guardBaseUrl', () => {
  for (const [text, baseUrl, isLoopback] of ACCEPTED) {
    it(`accepts ${text}`, () => {
      const { host } = new URL(baseUrl)
      assert.deepEqual(guardBaseUrl(text), {
        ok: true,
        baseUrl,
        host: host.replace(/:\d+$/, ''),
        isLoopback,
      })
    })
  }

  for (const text of REFUSED) {
    it(`refuses ${JSON.stringify(text)}`, () => {
      const sentence = refusalOf(text)
      assert.match(sentence, /^The base URL is refused, because .+: .+\.$/)
      assert.notInclude(sentence, 'pa55word')
    })
  }

  it('refuses where none is given', () => {
    assert.equal(
      refusalOf(undefined),
      'The base URL is refused, because none is given: set INTEGRAL_BASE_URL, for example to ' +
        'https://uat.fxinside.net.',
    )
  })

  it('says why a host is refused, and what to do', () => {
    assert.equal(
      refusalOf('https://www.integral.com'),
      'The base URL is refused, because the host "www.integral.com" is under integral.com and has ' +
        'no label that is "uat" or starts with "uat-": use a UAT host; there is no way to allow ' +
        'another one of this domain.',
    )
    assert.include(refusalOf('https://mock.example'), 'name it in INTEGRAL_ALLOW_HOST')
  })
})

describe('INTEGRAL_ALLOW_HOST', () => {
  it('opens exactly one other host, over https', () => {
    assert.equal(acceptedBy('https://Mock.Example:444/a', 'mock.example').host, 'mock.example')
    assert.equal(acceptedBy('https://mock.example', 'MOCK.example').host, 'mock.example')
    assert.isFalse(acceptedBy('https://mock.example', 'mock.example').isLoopback)
    for (const other of [
      'https://a.mock.example',
      'https://mock.example.org',
      'https://ock.example',
    ])
      assert.include(refusalOf(other, 'mock.example'), 'refused')
    assert.include(refusalOf('http://mock.example', 'mock.example'), 'use https')
  })

  it('leaves open what is open without it', () => {
    assert.equal(acceptedBy('https://uat.fxinside.net', 'mock.example').host, 'uat.fxinside.net')
    assert.equal(acceptedBy('http://127.0.0.1:1', '').host, '127.0.0.1')
  })

  for (const host of [
    'www.fxinside.net',
    'fxinside.net',
    'trade.integral.com',
    'prod.example',
    'fx-prod.example',
    'fx.production-2.example',
    'live.example',
    'live7.example',
  ]) {
    it(`never opens ${host}`, () => {
      assert.include(refusalOf(`https://${host}`, host), 'there is no way to allow')
    })
  }

  for (const malformed of [
    '*',
    '*.example',
    'mock.example:443',
    'https://mock.example',
    'mock.example/',
    'mock.example.',
    '.example',
    'mock..example',
    'mock example',
    'a,b',
    'ada@mock.example',
    'möck.example',
    '10.0.0.1',
    '0.0.0.0',
    '0x7f.1',
    '[::]',
    '-mock.example',
    `${'a'.repeat(64)}.example`,
  ]) {
    it(`is refused as ${malformed}`, () => {
      const sentence = refusalOf('https://mock.example', malformed)
      assert.include(sentence, 'INTEGRAL_ALLOW_HOST is not a bare host name')
      assert.include(refusalOf('http://127.0.0.1', malformed), 'refused')
    })
  }
})

/**
 * The rule a second time, from the text of the decision and by other means: one pattern per kind of
 * host, on the address that would be connected to.
 */
function mayBeContacted(address: string, allowHost: string | undefined): boolean {
  const { protocol, hostname, username, password } = new URL(address)
  if (username + password !== '') return false
  if (/^(127\.\d+\.\d+\.\d+|localhost|\[::1\])$/.test(hostname)) return /^https?:$/.test(protocol)
  if (protocol !== 'https:') return false
  if (/(^|[.-])(prod|production|live)\d*([.-]|$)/.test(hostname)) return false
  if (/(^|\.)(fxinside\.net|integral\.com)$/.test(hostname))
    return /(^|\.)uat(-[^.]*)?\.(.+\.)?(fxinside\.net|integral\.com)$/.test(hostname)
  return hostname === allowHost
}

const label = fc.constantFrom(
  ...['uat', 'uat-1', 'uat-', 'UAT', 'xuat', 'prod', 'live', 'uat-prod', 'a-live-b', 'production'],
  ...['fxinside', 'integral', 'net', 'com', 'evil', 'example', 'localhost', 'nip', 'io', ''],
  ...['127', '0', '1', '0x7f', '017700000001', '2130706433', 'xn--uat-', 'uat。', 'fxinside．net'],
)
const tail = fc.constantFrom(
  '.fxinside.net',
  '.integral.com',
  '',
  '.',
  '.example',
  '.fxinside.net.',
)
const host = fc.oneof(
  fc
    .tuple(fc.array(label, { minLength: 1, maxLength: 4 }), tail)
    .map(([labels, end]) => labels.join('.') + end),
  fc.constantFrom(
    'localhost',
    '127.0.0.1',
    '[::1]',
    '[::]',
    '[::ffff:127.0.0.1]',
    '0.0.0.0',
    '127.1',
  ),
  fc.domain(),
  fc.ipV4(),
  fc.ipV4Extended(),
  fc.ipV6().map((address) => `[${address}]`),
  fc.string({ maxLength: 12 }),
)
const scheme = fc.constantFrom(
  'https://',
  'http://',
  'HTTPS://',
  'ftp://',
  'https:',
  '//',
  'https:\\\\',
  '',
)
const userInfo = fc.constantFrom(
  '',
  '',
  '',
  'ada@',
  'ada:pa55@',
  'uat.fxinside.net@',
  'uat.fxinside.net\\@',
  '@',
)
const end = fc.constantFrom(
  '',
  '',
  '/',
  '/rest',
  ':8443',
  ':0',
  '?',
  '?a',
  '#',
  '\\',
  '\t',
  '/..//x',
  '%2e',
  ':443@evil.example',
)
const address = fc.tuple(scheme, userInfo, host, end).map((parts) => parts.join(''))
const allowHost = fc.option(fc.oneof(fc.domain(), host), { nil: undefined })

describe('guardBaseUrl, whatever it is given', () => {
  it('accepts nothing that may not be contacted', () => {
    fc.assert(
      fc.property(fc.oneof(address, fc.webUrl(), fc.string()), allowHost, (text, allowed) => {
        const verdict = guardBaseUrl(text, allowed)
        if (!verdict.ok) return assert.match(verdict.why, /refused.+\.$/s)
        assert.isTrue(mayBeContacted(verdict.baseUrl, allowed?.toLowerCase()), verdict.baseUrl)
        // What was read is what a URL parser reads, and nothing is added or lost behind it.
        assert.equal(new URL(verdict.baseUrl).href.replace(/\/+$/, ''), verdict.baseUrl)
        assert.equal(new URL(text).host, new URL(verdict.baseUrl).host)
        assert.equal(verdict.host, new URL(verdict.baseUrl).hostname)
      }),
      { numRuns: 3_000 },
    )
  })

  it('accepts the one host that is allowed, if it may be', () => {
    fc.assert(
      fc.property(fc.domain(), (name) => {
        const verdict = guardBaseUrl(`https://${name}`, name)
        assert.equal(verdict.ok, mayBeContacted(`https://${name}`, name.toLowerCase()))
      }),
      { numRuns: 300 },
    )
  })
})
