import { existsSync } from 'node:fs'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, it } from 'node:test'
import { assert } from 'chai'
import { type Ended, startCommand } from '../e2e/uat/run-command.ts'

/* What a file of providers must not say; nothing is contacted, and nothing is written. */

let folder = ''
before(async () => {
  folder = await mkdtemp(join(tmpdir(), 'harness-mistakes-'))
})
after(() => rm(folder, { recursive: true }))

const VARIABLES = {
  ...{ A_USER: 'ada', A_PASSWORD: 'Pa55-a', A_ORG: 'org-a' },
  ...{ B_USER: 'bob', B_PASSWORD: 'Pa55-b', B_ORG: 'org-b' },
  KEY_OF_NOBODY: '-----BEGIN PRIVATE KEY-----hunter2-----END PRIVATE KEY-----',
}

/** Runs the command with a file of this text; the folder it would write to must stay away. */
async function refused(yaml: string, ...args: readonly string[]): Promise<readonly string[]> {
  const file = join(folder, 'providers.yaml')
  await writeFile(file, yaml)
  const out = join(folder, 'out')
  const { code, stdout, stderr }: Ended = await startCommand(
    ['verify', '--providers', file, '--out', out, ...args],
    VARIABLES,
    folder,
  ).ended
  assert.equal(code, 2, stdout + stderr)
  assert.equal(stdout, '')
  assert.isFalse(existsSync(out))
  assert.notMatch(stderr, /Pa55|hunter2/)
  return stderr
    .trimEnd()
    .split('\n')
    .map((line) => line.replace(`Failed to use ${file}: `, ''))
}

/** An entry in order, at a port that nobody listens on, with some lines of its own. */
function entry(name: string, lines: readonly string[] = [], upper = name.toUpperCase()): string {
  return [
    `  - name: ${name}`,
    ...(lines.some((line) => line.startsWith('baseUrl:'))
      ? []
      : [`    baseUrl: http://127.0.0.1:1`]),
    ...(lines.some((line) => line.startsWith('credentials:'))
      ? []
      : [
          `    credentials: { user: ${upper}_USER, password: ${upper}_PASSWORD, org: ${upper}_ORG }`,
        ]),
    ...lines.map((line) => `    ${line}`),
    '',
  ].join('\n')
}

/** What is said after mistakes of the form. */
const LATER =
  'hosts, variables, sizes, settings and waivers are looked at when the form is right: run it again then.'

describe('a file of providers', () => {
  it('is refused with every mistake of its form at once, each by its path', async () => {
    const said = await refused(`
providers:
  - name: Bank A
    baseURL: http://127.0.0.1:1
    password: hunter2
    credentials: { user: A_USER, password: hunter2, org: A_ORG, pin: hunter2 }
    symbols: [EURUSD]
    sizes: { order: -5 }
    capabilities: { cancle: true, fok: maybe }
    waivers: 3
  - hunter2
parallel: 3
`)
    assert.sameMembers(
      [...said],
      [
        'providers[0].name: expected 1 to 40 small letters, digits and hyphens, a letter first: it names a folder.',
        'providers[0].baseUrl: it is missing: expected a text.',
        'providers[0].credentials.password: expected the name of an environment variable in capitals with an underscore, such as BANK_A_PASSWORD; the value itself has no place in this file.',
        'providers[0].credentials.pin: there is no such field; did you mean "org"?',
        'providers[0].symbols[0]: expected a currency pair in capitals, like EUR/USD.',
        'providers[0].sizes.order: expected an amount above 0.',
        'providers[0].capabilities.fok: expected true or false.',
        'providers[0].capabilities.cancle: there is no such field; did you mean "cancel"?',
        'providers[0].waivers: expected the path of a waiver file, or a list of waivers.',
        'providers[0].baseURL: there is no such field; did you mean "baseUrl"?',
        'providers[0].password: a secret has no place in this file: put it into an environment variable, and name that one in "credentials".',
        'providers[1]: expected a provider with name, baseUrl and credentials.',
        'parallel: there is no such field; did you mean "providers"?',
        LATER,
      ],
    )
  })

  it('is refused without the text of a setting, which may be a secret', async () => {
    const [only = '', ...more] = await refused(
      `providers:\n${entry('a', ['settings: { order.size: "hunter2 \\" and more" }'])}`,
    )
    assert.isEmpty(more)
    assert.match(only, /^providers\[0\]\.settings: Setting "order\.size" cannot be this text: /)
  })

  it('is refused with every mistake of its meaning at once: hosts, variables, sizes, settings, waivers', async () => {
    const said = await refused(
      `providers:\n${[
        entry('a', ['baseUrl: https://fxinside.net']),
        entry('b', [
          'baseUrl: https://fx.example.com',
          'sizes: { order: 200000, most: 100000 }',
          'symbols: [EUR/USD, GBP/USD, EUR/USD]',
          'capabilities: { trade-resend: true, hmac: true, fok: true }',
        ]),
        entry('c'),
        entry('d', ['settings: { "poll.firstms": 5 }', 'waivers: missing.yaml'], 'A'),
        entry('e', ['auth: hmac', 'waivers: [{ rule: limit.filled-new }]'], 'B'),
        entry(
          'f',
          [
            'furtherLogins:',
            '  - { user: B_USER, password: F2_PASSWORD, org: B_ORG }',
            '  - { user: A_USER, password: A_PASSWORD, org: A_ORG }',
          ],
          'A',
        ),
        entry('e', ['baseUrl: https://live.fxinside.net'], 'B'),
      ].join('')}`,
    )
    const all = said.join('\n')
    assert.include(
      all,
      'providers[0].baseUrl: The base URL is refused, because the host "fxinside.net" is under fxinside.net and has no label that is "uat"',
    )
    assert.include(
      all,
      'providers[1].baseUrl: The base URL is refused, because the host "fx.example.com" is neither this machine nor one of Integral\'s UAT hosts: if it is a test host, name it in allowHost.',
    )
    assert.include(
      all,
      'providers[1].sizes.order: sizes.order (200000) is above sizes.most (100000)',
    )
    assert.include(all, 'providers[1].symbols: EUR/USD is there twice')
    assert.include(
      all,
      'providers[1].capabilities.trade-resend: it is never asked for, as allowResend is false: set allowResend to true, or leave the capability out.',
    )
    assert.include(all, 'providers[1].capabilities.hmac: it is never asked for, as auth is token')
    for (const name of ['USER', 'PASSWORD', 'ORG'])
      assert.include(
        all,
        `providers[2].credentials.${name.toLowerCase()}: the variable C_${name} is not set`,
      )
    assert.include(all, 'providers[3].settings: Unknown setting "poll.firstms"')
    assert.match(all, /providers\[3\]\.waivers: .*missing\.yaml: there is no such file/)
    assert.include(all, 'providers[4].credentials.hmacSecret: it is missing')
    assert.include(all, 'providers[4].waivers[0].owner: it is missing.')
    assert.include(
      all,
      'providers[6].baseUrl: The base URL is refused, because the host "live.fxinside.net" has the word prod, production or live in its name',
    )
    assert.include(all, 'providers[6].name: it is that of providers[4] too')
    assert.include(
      all,
      'providers[5].furtherLogins[0].password: the variable F2_PASSWORD is not set',
    )
    assert.include(
      all,
      'providers[5].furtherLogins[1].user: Login 3 (furtherLogins[1].user) is login 1 once more',
    )
    assert.include(all, 'providers[5].credentials: they are the login of providers[3]')
    assert.notMatch(all, /providers\[2\]\.(?!credentials)/)
  })

  it('is refused where its evidence would not be signed with the key that it names', async () => {
    const keys: readonly (readonly [string, RegExp])[] = [
      [
        'SIGNING_KEY',
        /^evidenceKey: the variable SIGNING_KEY is not set: set it, or name another\.$/,
      ],
      [
        'A_PASSWORD',
        /^evidenceKey: Failed to read the key of A_PASSWORD: no file can be read there /,
      ],
      [
        'KEY_OF_NOBODY',
        /^evidenceKey: Failed to use the key of KEY_OF_NOBODY: it holds no private key/,
      ],
    ]
    for (const [name, sentence] of keys) {
      const said = await refused(`evidenceKey: ${name}\nproviders:\n${entry('a')}`)
      assert.lengthOf(said, 1)
      assert.match(said[0] ?? '', sentence)
    }
  })

  it('is refused where two providers would share one account, also by another spelling of the host', async () => {
    const said = await refused(
      `providers:\n${entry('a')}${entry('b', ['baseUrl: http://localhost:1/api'], 'A')}${entry('c', [], 'B')}`,
    )
    assert.deepEqual(said, [
      'providers[1].credentials: they are the login of providers[0] at the same host: two runs would share one account; list all symbols of a login in one provider.',
    ])
  })

  it('is refused without a word of it where it is no YAML', async () => {
    const [said = '', ...more] = await refused('providers:\n  - password: *hunter2\n')
    assert.isEmpty(more)
    assert.match(said, /^it is neither JSON nor YAML.*: indent with spaces/)
    const [doubled = ''] = await refused('providers: []\nproviders: [hunter2]\n')
    assert.match(doubled, /^it is neither JSON nor YAML, at line 2, column 1: /)
    assert.deepEqual(await refused('- hunter2'), [
      'the file: expected a list named providers.',
      LATER,
    ])
  })

  it('is refused once where there is nothing to run', async () => {
    assert.deepEqual(await refused(`providers:\n${entry('a')}${entry('b')}`), [
      'Nothing to run: no feature file was found here, in features; name others.',
    ])
  })

  it('excludes what makes no sense of many runs', async () => {
    const yaml = `providers:\n${entry('a')}`
    const [target = ''] = await refused(yaml, '--target', 'simulation')
    assert.match(target, /^--providers and --target simulation exclude each other/)
    const [shard = ''] = await refused(yaml, '--shard', '1/2')
    assert.equal(shard, '--providers and --shard exclude each other: leave one of them out.')
    const [resume = ''] = await refused(yaml, '--resume')
    assert.equal(resume, '--providers and --resume exclude each other: leave one of them out.')
    const [jobs = ''] = await refused(yaml, '--jobs', 'all')
    assert.equal(jobs, 'Malformed --jobs "all": use a whole number from 1 to 99.')
  })
})
