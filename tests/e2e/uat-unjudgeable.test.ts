import { describe, it } from 'node:test'
import { assert } from 'chai'
import { freePort } from '../backends/servers.ts'
import type { Behaviour } from '../stand-in/behaviour.ts'
import type { Ended } from './uat/run-command.ts'
import { atUat, type RunOptions, type Uat } from './uat/uat.ts'

/* Where nothing can be judged: exit code 2, one sentence that says why, and no order placed. */

function assertSentence({ code, stdout, stderr }: Ended, sentence: RegExp): void {
  const lines = stderr.trim().split('\n')
  assert.lengthOf(lines, 1, stderr)
  assert.match(lines[0] ?? '', sentence)
  assert.equal(code, 2, stdout)
}

/** What might have become an order: a placing without any field asks for the permission alone. */
async function placings({ standIn }: Uat) {
  const requests = await standIn.admin.requests()
  return requests.filter(
    ({ method, path, body }) => method === 'POST' && path === '/v2/orders' && body.includes('size'),
  )
}

const NO_ANSWER = /^It could not be judged: the endpoint did not answer: .+INTEGRAL_BASE_URL.+\.$/

interface Trouble {
  readonly title: string
  readonly behaviour?: Partial<Behaviour>
  readonly tls?: boolean
  readonly options?: RunOptions
  readonly sentence: RegExp
}

const troubles: readonly Trouble[] = [
  {
    title: 'a host that hangs',
    behaviour: { hang: 'all' },
    options: { settings: { 'headers.withinMs': 200 } },
    sentence: NO_ANSWER,
  },
  {
    title: 'a login that hangs',
    behaviour: { hang: 'login' },
    options: { settings: { 'headers.withinMs': 200 } },
    sentence: NO_ANSWER,
  },
  {
    title: 'a login that is refused',
    behaviour: { loginRefused: true },
    sentence:
      /^It could not be judged: the login was refused with HTTP 401.+INTEGRAL_PASSWORD.+\.$/,
  },
  {
    title: 'a certificate of an authority that is not known',
    tls: true,
    options: { env: { INTEGRAL_CA_FILE: '' } },
    sentence: NO_ANSWER,
  },
  {
    title: 'a certificate for another name',
    tls: true,
    behaviour: { wrongName: true },
    sentence: NO_ANSWER,
  },
  {
    title: 'a certificate that has expired',
    tls: true,
    behaviour: { expiredCertificate: true },
    sentence: NO_ANSWER,
  },
  {
    title: 'no rate for the pair',
    behaviour: { noRate: true },
    sentence: /^It could not be judged: there is no rate for EUR\/USD: .+INTEGRAL_SYMBOL.+\.$/,
  },
  {
    title: 'a pair that the endpoint does not know',
    options: { env: { INTEGRAL_SYMBOL: 'ABC/XYZ' } },
    sentence: /^It could not be judged: there is no rate for ABC\/XYZ: .+\.$/,
  },
  {
    title: 'a market that is closed',
    behaviour: { staleRate: true },
    sentence: /^It could not be judged: the market seems closed: .+ 180 minutes old\..+\.$/,
  },
  {
    title: 'no permission to trade',
    behaviour: { noPermission: true },
    sentence: /^It could not be judged: the user may not trade: .+HTTP 403.+permission\.$/,
  },
]

describe('an endpoint that cannot be judged', { concurrency: 2 }, () => {
  for (const { title, behaviour = {}, tls = false, options = {}, sentence } of troubles) {
    it(`${title} is told in one sentence, and no order is placed`, () =>
      atUat(
        behaviour,
        async (uat) => {
          assertSentence(await uat.verify([], options), sentence)
          const { scenarios, findings } = await uat.verdict()
          assert.deepEqual(scenarios, { passed: 0, failed: 0, notVerified: 0 })
          assert.deepEqual(findings, [])
          assert.isFalse(uat.has('.unfinished'))
          assert.isEmpty(await placings(uat))
          assert.isEmpty(await uat.standIn.admin.orders())
        },
        { tls },
      ))
  }

  it('a host that is down is told in one sentence', () =>
    atUat({}, async (uat) => {
      const port = await freePort()
      const ended = await uat.verify([], {
        env: { INTEGRAL_BASE_URL: `http://127.0.0.1:${port}` },
      })
      assertSentence(ended, NO_ANSWER)
      assert.match(ended.stderr, /ECONNREFUSED/)
      assert.isEmpty(await uat.standIn.admin.requests())
    }))

  it('placings that are forbidden end the run', () =>
    atUat({ noPermissionAtPlacing: true }, async (uat) => {
      const name = 'immediate or cancel, to buy far from the market'
      assertSentence(
        await uat.verify(['--name', name]),
        /^It could not be judged: the user may not trade: .* HTTP 403\.$/,
      )
      const { notVerified } = await uat.verdict()
      assert.match(notVerified[0]?.reason ?? '', /HTTP 403/)
      assert.isEmpty(await uat.standIn.admin.orders())
    }))
})

describe('a configuration that is refused', () => {
  const refused: readonly (readonly [string, Readonly<Record<string, string>>, RegExp])[] = [
    ['no base URL', { INTEGRAL_BASE_URL: '' }, /refused, because none is given/],
    [
      'a production host',
      { INTEGRAL_BASE_URL: 'https://live.fxinside.net', INTEGRAL_ALLOW_HOST: 'live.fxinside.net' },
      /refused, because the host "live\.fxinside\.net" has the word/,
    ],
    [
      'another host of the same domain',
      { INTEGRAL_BASE_URL: 'https://api.integral.com' },
      /refused, because the host "api\.integral\.com" is under integral\.com/,
    ],
    [
      'a base URL with user-info',
      { INTEGRAL_BASE_URL: 'https://qa:hunter2@uat.fxinside.net' },
      /refused, because it has user-info/,
    ],
    [
      'http to another machine',
      { INTEGRAL_BASE_URL: 'http://uat.fxinside.net' },
      /refused, because http would send the password in the clear/,
    ],
    [
      'a host that merely looks like UAT',
      { INTEGRAL_BASE_URL: 'https://uat.fxinside.net.example.com' },
      /refused, because the host "uat\.fxinside\.net\.example\.com" is neither/,
    ],
    ['no user', { INTEGRAL_USER: '' }, /^INTEGRAL_USER is not set: .+\.$/],
    [
      'an order above the cap',
      { INTEGRAL_MAX_SIZE: '5000' },
      /"order\.size" \(10000\) is above INTEGRAL_MAX_SIZE \(5000\)/,
    ],
  ]
  it('is told in one sentence before anything is sent or written', (t) =>
    atUat({}, async (uat) => {
      for (const [title, env, sentence] of refused) {
        await t.test(title, async () => {
          const ended = await uat.verify([], { env })
          assertSentence(ended, sentence)
          assert.equal(ended.stdout, '')
          assert.notInclude(ended.stderr, 'hunter2')
          assert.isFalse(uat.has(''))
          assert.isEmpty(await uat.standIn.admin.requests())
        })
      }
    }))

  const settings: readonly (readonly [string, Readonly<Record<string, unknown>>, RegExp])[] = [
    ['an unknown setting', { 'pol.firstMs': 5 }, /Unknown setting "pol\.firstMs".+"poll\.firstMs"/],
    ['a setting that cannot be', { 'run.withinMs': 0 }, /"run\.withinMs" cannot be 0/],
    [
      'a setting of the simulation',
      { 'query.shape': 'array' },
      /Setting "query\.shape" is one of the simulation/,
    ],
  ]
  it('is told in one sentence where it is a setting', (t) =>
    atUat({}, async (uat) => {
      for (const [title, changed, sentence] of settings) {
        await t.test(title, async () => {
          assertSentence(await uat.verify([], { settings: changed }), sentence)
          assert.isEmpty(await uat.standIn.admin.requests())
        })
      }
    }))
})
